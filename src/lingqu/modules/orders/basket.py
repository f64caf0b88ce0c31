"""Baskets: what somebody wants again, looked at against today's offer. Nothing is written; placing decides anew."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import Words
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.api import NamedPack, SKUStatus, describe_skus, find_successors
from lingqu.modules.network.api import OrganizationTerms, link_terms, organization_terms
from lingqu.modules.orders.market import Known, is_open
from lingqu.modules.orders.prepare import NoLink
from lingqu.modules.pricing.api import Fault, Part, PriceBook, load_book
from lingqu.runtime.tx import Tx

MAX_PACKS = 1_000_000
_ADJUSTABLE = frozenset({"pricing.below-minimum", "pricing.not-a-multiple"})
"""What the buyer mends in the cart by another quantity; the line is for sale all the same."""
_UNKNOWN = Fault("orders.unknown-goods", Words("These goods exist no longer.", "该商品已不存在。"), {})
_TOO_MANY = Words("Together more than 1,000,000 packs.", "合计超过 1,000,000 件。")


class Wish(Struct, frozen=True, kw_only=True):
    """Packs that somebody wants. ``row`` is the line or row it stands in, ``text`` how it is called there."""

    row: int
    text: str
    sku_id: int
    pack_id: int
    packs: int


class BasketLine(Struct, frozen=True, kw_only=True):
    """Packs that can be ordered today, with what a cart needs to show them."""

    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    pack_id: int
    pack_name_zh: str
    pack_name_en: str
    units: int
    packs: int


class LeftOut(Struct, frozen=True, kw_only=True):
    """A row that cannot be ordered: which one, why, and what could be taken instead."""

    row: int
    text: str
    code: str
    words: Words
    packs: int | None = None
    name_zh: str = ""
    name_en: str = ""
    instead: BasketLine | None = None


class Basket(Struct, frozen=True, kw_only=True):
    """What can be ordered and what cannot: each row is in exactly one of both.

    ``lines`` have each pack once; ``row_count`` rows became them.
    """

    seller_id: int
    row_count: int
    lines: list[BasketLine]
    left_out: list[LeftOut]


class _Offer:
    """Today's offer of one seller to one buyer, for the packs in question."""

    def __init__(self, book: PriceBook, seller: OrganizationTerms, buyer_id: int, tx: Tx) -> None:
        self._book = book
        self._seller_id, self._buyer_id = seller.id, buyer_id
        self._on = business_date(tx.now, seller.time_zone)

    def faults(self, asks: Sequence[tuple[int, int, int]]) -> list[tuple[Fault, ...]]:
        """Tell for each (SKU, pack, packs) what stands against it and no other quantity would mend."""
        if not asks:
            return []
        quote = self._book.price_lines(
            seller_id=self._seller_id, buyer_id=self._buyer_id, business_on=self._on, lines=asks
        )
        return [tuple(fault for fault in line.faults if fault.code not in _ADJUSTABLE) for line in quote.lines]


async def fill_basket(
    tx: Tx, *, scope: Scope, seller_id: int, wishes: Sequence[Wish], left_out: Iterable[LeftOut] = ()
) -> Basket:
    """Look which wishes the seller meets today; for what it does not, name the reason and what it sells instead.

    Raises: NoLink.
    """
    seller = await require_link(tx, scope=scope, seller_id=seller_id)
    packs = await describe_skus(tx, sku_ids={wish.sku_id for wish in wishes})
    gone = [sku_id for sku_id, some in packs.items() if some[0].status is not SKUStatus.ACTIVE]
    successors = await find_successors(tx, sku_ids=gone) if gone else {}
    packs |= await describe_skus(tx, sku_ids=successors.values()) if successors else {}
    part = Part(pack_ids=[pack.pack_id for some in packs.values() for pack in some], buyer_ids=[scope.organization_id])
    book = await load_book(tx, seller_ids=[seller_id], part=part)
    offer = _Offer(book, seller, scope.organization_id, tx)
    known = {pack.pack_id: pack for some in packs.values() for pack in some}
    faults = offer.faults([(wish.sku_id, wish.pack_id, wish.packs) for wish in wishes])
    lines: dict[int, BasketLine] = {}
    out = list(left_out)
    taken = 0
    for wish, against in zip(wishes, faults, strict=True):
        pack = known.get(wish.pack_id)
        if pack is None or against:
            others = packs.get(successors.get(wish.sku_id, wish.sku_id), [])
            out.append(_refused(wish, pack, (against or (_UNKNOWN,))[0], offer, others))
            continue
        before = lines.get(wish.pack_id)
        total = wish.packs + (before.packs if before else 0)
        if total > MAX_PACKS:
            out.append(_left(wish, pack, "orders.too-many-packs", _TOO_MANY))
            continue
        lines[wish.pack_id] = line_of(pack, total)
        taken += 1
    return Basket(
        seller_id=seller_id,
        row_count=taken,
        lines=list(lines.values()),
        left_out=sorted(out, key=lambda one: one.row),
    )


async def require_link(tx: Tx, *, scope: Scope, seller_id: int) -> OrganizationTerms:
    """Find the seller where the caller's organization may buy from it today.

    Raises: NoLink.
    """
    pair = (seller_id, scope.organization_id)
    found = await organization_terms(tx, organization_ids=pair)
    link = (await link_terms(tx, pairs=[pair])).get(pair)
    seller, buyer = found.get(seller_id), found.get(scope.organization_id)
    if link is None or seller is None or buyer is None:
        raise NoLink(seller_id=seller_id)
    if not is_open(Known(0, link, seller, buyer), on=business_date(tx.now, seller.time_zone)):
        raise NoLink(seller_id=seller_id)
    return seller


def line_of(pack: NamedPack, packs: int) -> BasketLine:
    """Describe packs of one kind."""
    return BasketLine(
        sku_id=pack.sku_id,
        sku_code=pack.sku_code,
        name_zh=pack.name_zh,
        name_en=pack.name_en,
        pack_id=pack.pack_id,
        pack_name_zh=pack.pack_name_zh,
        pack_name_en=pack.pack_name_en,
        units=pack.units,
        packs=packs,
    )


def same_quantity(packs: int, units: int, others: Iterable[NamedPack]) -> list[tuple[NamedPack, int]]:
    """Say the same base units in other packs, exactly: in a pack of the same size first, then in the fewest packs."""
    quantity = packs * units
    fits = [(pack, quantity // pack.units) for pack in others if pack.is_orderable and not quantity % pack.units]
    return sorted(fits, key=lambda fit: (fit[0].units != units, fit[1], fit[0].pack_id))


def _refused(wish: Wish, pack: NamedPack | None, against: Fault, offer: _Offer, others: Sequence[NamedPack]) -> LeftOut:
    left = _left(wish, pack, against.code, against.words)
    if pack is None:
        return left
    fits = [fit for fit in same_quantity(wish.packs, pack.units, others) if fit[0].pack_id != wish.pack_id]
    for (other, packs), faults in zip(fits, offer.faults([(o.sku_id, o.pack_id, n) for o, n in fits]), strict=True):
        if not faults:
            return replace(left, instead=line_of(other, packs))
    return left


def _left(wish: Wish, pack: NamedPack | None, code: str, words: Words) -> LeftOut:
    return LeftOut(
        row=wish.row,
        text=wish.text,
        code=code,
        words=words,
        packs=wish.packs,
        name_zh="" if pack is None else pack.name_zh,
        name_en="" if pack is None else pack.name_en,
    )
