"""Fill the price book from the database.

A seller's epoch is read before its data, so the data is never older than the epoch says: what changes in between only
makes the book look stale, and it is read again.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, TypeVar

from msgspec import Struct

from lingqu.modules.pricing.book import PriceBook
from lingqu.modules.pricing.rows import ListRow, SellerRow
from lingqu.modules.pricing.seller import Seller
from lingqu.modules.pricing.types import Assignment, Limit, Link, OrderRule, Pack, PriceList, Rung, Terms
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
Row = TypeVar("Row", ListRow, Assignment, Link, Terms, OrderRule)
Ladders = dict[int, dict[int, tuple[Rung, ...]]]


class Part(Struct, frozen=True, kw_only=True):
    """Which part of a book one question needs; None: all of it."""

    pack_ids: Sequence[int] | None = None
    buyer_ids: Sequence[int] | None = None


_WHOLE = Part()


async def load_book(tx: Tx, *, seller_ids: Sequence[int] | None = None, part: Part = _WHOLE) -> PriceBook:
    """Load the prices of all sellers, or of some, whole or in part.

    A book in part serves one question and is thrown away; never refresh it.
    """
    book = PriceBook()
    await _load(tx, book, None if seller_ids is None else sorted(set(seller_ids)), part)
    return book


async def refresh(tx: Tx, book: PriceBook, *, seller_ids: Iterable[int]) -> None:
    """Load some sellers' parts anew, with the packs and limits that concern them. Unknown ones are added.

    Loads of one book follow each other, so that older packs never replace newer ones; whoever waited while another
    read the same seller afresh uses that, so a thousand orders of a stale seller cause one load, not a thousand.
    """
    asked = book.tick()
    async with book.loading:
        wanted = sorted(seller_id for seller_id in set(seller_ids) if book.read_at.get(seller_id, 0) < asked)
        if wanted:
            started = book.tick()
            await _load(tx, book, wanted, _WHOLE)
            book.read_at.update(dict.fromkeys(wanted, started))


async def refresh_stale(tx: Tx, book: PriceBook) -> list[int]:
    """Load anew whatever was changed since it was loaded and name those sellers."""
    rows = await tx.tuples(SQL["epochs"])
    stale = sorted(seller_id for seller_id, value in rows if book.epochs.get(seller_id) != value)
    if stale:
        await refresh(tx, book, seller_ids=stale)
    return stale


async def _load(tx: Tx, book: PriceBook, wanted: list[int] | None, part: Part) -> None:
    sellers = await tx.all(SQL["book_sellers"], SellerRow, seller_ids=wanted)
    ids = [seller.id for seller in sellers]
    of_buyers: dict[str, Any] = {"seller_ids": ids, "buyer_ids": part.buyer_ids}
    lists = _by_seller(await tx.all(SQL["book_lists"], ListRow, seller_ids=ids))
    assignments = _by_seller(await tx.all(SQL["book_assignments"], Assignment, **of_buyers))
    ladders = _ladders(await tx.tuples(SQL["book_items"], seller_ids=ids, pack_ids=part.pack_ids))
    links = _by_seller(await tx.all(SQL["book_links"], Link, **of_buyers))
    terms = _by_seller(await tx.all(SQL["book_terms"], Terms, **of_buyers))
    rules = _by_seller(await tx.all(SQL["book_order_rules"], OrderRule, seller_ids=ids))
    upstream: dict[int, list[int]] = defaultdict(list)
    for buyer_id, setter_id in await tx.tuples(SQL["book_upstream"], seller_ids=ids):
        upstream[buyer_id].append(setter_id)
    priced = {pack_id for ladder in ladders.values() for pack_id in ladder} | set(part.pack_ids or ())
    packs = await tx.all(SQL["book_packs"], Pack, pack_ids=sorted(priced))
    setters = {pack.brand_id for pack in packs}.union(*upstream.values())
    region_ids = {link.region_id for some in links.values() for link in some if link.region_id is not None}
    book.put(
        sellers=[
            Seller(
                seller_id=seller.id,
                kind=seller.kind,
                currency=seller.currency,
                epoch=seller.epoch,
                lists=[_list(row, ladders.get(row.id, {})) for row in lists[seller.id]],
                assignments=assignments[seller.id],
                links=links[seller.id],
                terms={row.buyer_id: row for row in terms[seller.id]},
                order_rules={row.sku_id: row for row in rules[seller.id]},
                upstream=upstream[seller.id],
            )
            for seller in sellers
        ],
        packs=packs,
        limits=await _limits(tx, setters, part.pack_ids),
        parents=dict(await tx.tuples(SQL["book_regions"], region_ids=sorted(region_ids))),
    )


async def _limits(
    tx: Tx, setter_ids: set[int], pack_ids: Sequence[int] | None
) -> dict[int, dict[int, tuple[Limit, ...]]]:
    """Load what each setter allows; a setter without a limit stands there with none, so that an old one goes."""
    found: dict[int, dict[int, tuple[Limit, ...]]] = {setter_id: {} for setter_id in setter_ids}
    for row in await tx.all(SQL["book_limits"], Limit, setter_ids=sorted(setter_ids), pack_ids=pack_ids):
        by_pack = found[row.setter_id]
        by_pack[row.pack_id] = (*by_pack.get(row.pack_id, ()), row)
    return found


def _by_seller(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.seller_id].append(row)
    return found


def _ladders(rows: Iterable[tuple[Any, ...]]) -> Ladders:
    """Fold items, sorted as `book_items` does, into ladders by list and pack."""
    found: Ladders = {}
    for (list_id, pack_id), some in groupby(rows, key=lambda row: (row[0], row[1])):
        found.setdefault(list_id, {})[pack_id] = tuple(Rung(*row[2:]) for row in some)
    return found


def _list(row: ListRow, ladders: dict[int, tuple[Rung, ...]]) -> PriceList:
    return PriceList(
        row.id, row.code, row.name, row.currency, row.is_tax_included, row.valid_from, row.valid_until, ladders
    )
