"""What a buyer finds at a seller: its own prices and what is free, from memory that is at most half a second old.

Prices, links and names come from the market in memory, free stock from a memory of its own. Whatever has not been
looked at for `FRESH` is read first, together with what others ask for at that moment; with it the sellers' epochs,
so that a change of prices or grants shows as fast as one of stock.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.api import NamedPack, describe_skus
from lingqu.modules.network.api import Capability, find_epochs
from lingqu.modules.orders.market import Known, Market, is_open
from lingqu.modules.orders.prepare import NoLink
from lingqu.modules.orders.types import NewLine
from lingqu.modules.pricing.api import PricedLine
from lingqu.modules.stock.api import find_free, key_of
from lingqu.runtime.batch import Batcher
from lingqu.runtime.transactions import Transactions
from lingqu.runtime.tx import Tx

FRESH = timedelta(milliseconds=350)
_NAMES_FRESH = timedelta(seconds=30)
_ZERO = timedelta(0)
_MOST = 500_000
_Id = Annotated[int, Meta(ge=1, le=2**31 - 1)]


class ShelfQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``sku_ids``: up to 100 ids with commas between; ``buyer_id``: for whom a seller looks, otherwise the caller."""

    seller_id: _Id
    sku_ids: Annotated[str, Meta(pattern=r"^[1-9]\d{0,8}(,[1-9]\d{0,8}){0,99}$")]
    buyer_id: _Id | None = None


class ShelfItem(Struct, frozen=True, kw_only=True):
    """A SKU in its smallest pack.

    ``price_minor`` is for one pack, null where there is none; ``faults`` tell why it cannot be ordered so.
    ``free``: base units that one order line can have, null where the seller does not show its stock.
    """

    sku_id: int
    code: str
    name_zh: str
    name_en: str
    pack_id: int
    units: int
    price_minor: int | None
    is_tax_included: bool
    free: int | None
    faults: tuple[str, ...] = ()


class ShelfPage(Struct, frozen=True, kw_only=True):
    """``as_of``: everything here was true then or later."""

    seller_id: int
    buyer_id: int
    currency: str
    as_of: datetime
    items: list[ShelfItem]


class _Wanted(Struct, frozen=True):
    """What one request needs looked at."""

    seller_id: int
    cell_id: int
    business_on: date
    keys: tuple[int, ...]
    sku_ids: tuple[int, ...]


class _Seen(Struct, frozen=True):
    at: datetime
    free: int


class _Named(Struct, frozen=True):
    at: datetime
    pack: NamedPack


class Shelf:
    """Reads shelves for the routes of one process."""

    def __init__(self, database: Transactions, market: Market) -> None:
        self._database = database
        self._market = market
        self._free: dict[int, _Seen] = {}
        self._names: dict[int, _Named] = {}
        self._epochs_at: dict[int, datetime] = {}
        self._looking: Batcher[_Wanted, None] = Batcher(
            "orders.shelf", self._look, wait_s=0.01, weigh=lambda wanted: len(wanted.keys), max_weight=5_000
        )
        self._meeting: Batcher[tuple[int, int], None] = Batcher("orders.shelf-links", self._meet)

    async def read(self, *, scope: Scope, query: ShelfQuery) -> ShelfPage:
        """Read some SKUs of a seller as one buyer finds them, in the order asked; what the catalogue lacks is left out.

        Raises: NotFound for a buyer out of scope, NoLink where no goods are sold over the link today.
        """
        pair = _pair(scope, query)
        if not self._market.knows(pair):
            await self._meeting.submit(pair)
        sku_ids = _sku_ids(query)
        wanted = self._wanted(pair, sku_ids)
        if wanted is not None:
            await self._looking.submit(wanted)
        return self._page(pair, sku_ids, is_own=scope.organization_id == query.seller_id)

    def find(self, *, scope: Scope, query: ShelfQuery) -> ShelfPage | None:
        """Read the same where memory is fresh enough for all of it; None where `read` must look first.

        Raises: as `read`.
        """
        pair, sku_ids = _pair(scope, query), _sku_ids(query)
        if not self._market.knows(pair) or self._wanted(pair, sku_ids) is not None:
            return None
        return self._page(pair, sku_ids, is_own=scope.organization_id == query.seller_id)

    async def drain(self) -> None:
        """Return when everything asked is answered."""
        await self._meeting.drain()
        await self._looking.drain()

    def _known(self, pair: tuple[int, int]) -> Known:
        known = self._market.known.get(pair)
        if known is None or known.seller.sellable_bin_id is None:
            raise NoLink(seller_id=pair[0])
        return known

    def _wanted(self, pair: tuple[int, int], sku_ids: tuple[int, ...]) -> _Wanted | None:
        """Name what must be looked at before this can be answered; None where everything was just seen."""
        known = self._known(pair)
        now = self._database.clock()
        keys = tuple(
            [
                key
                for bin_id in _bins_of(known)
                for sku_id in sku_ids
                if not _is_fresh(self._free.get(key := key_of(bin_id=bin_id, sku_id=sku_id)), now, FRESH)
            ]
        )
        nameless = tuple([one for one in sku_ids if not _is_fresh(self._names.get(one), now, _NAMES_FRESH)])
        looked = self._epochs_at.get(pair[0])
        if not keys and not nameless and looked is not None and _ZERO <= now - looked <= FRESH:
            return None
        on = business_date(now, known.seller.time_zone)
        return _Wanted(pair[0], known.seller.home_cell, on, keys, nameless)

    async def _look(self, batch: Sequence[_Wanted]) -> list[None]:
        await self._database.run(lambda tx: self._look_all(tx, batch))
        return [None] * len(batch)

    async def _look_all(self, tx: Tx, batch: Sequence[_Wanted]) -> None:
        at = self._database.clock()  # before anything is read: what is told is never younger than it says
        if len(self._free) > _MOST:  # what is fresh stays: somebody is about to answer by it
            self._free = {key: one for key, one in self._free.items() if _is_fresh(one, at, FRESH)}
        cells: dict[tuple[int, date], list[_Wanted]] = defaultdict(list)
        for wanted in batch:
            cells[wanted.cell_id, wanted.business_on].append(wanted)
        moved: set[int] = set()
        for (cell_id, business_on), some in sorted(cells.items()):
            sellers = {wanted.seller_id for wanted in some}
            epochs = await find_epochs(tx, cell_id=cell_id, seller_ids=sellers)
            moved |= {
                seller_id for seller_id in sellers if self._market.book.epochs.get(seller_id) != epochs[seller_id]
            }
            keys = {key for wanted in some for key in wanted.keys}
            if keys:
                found = await find_free(tx, cell_id=cell_id, keys=keys, business_on=business_on)
                self._free |= {key: _Seen(at, 0) for key in keys}
                self._free |= {key: _Seen(at, free) for key, free, _ in found}
        if moved:
            await self._market.load(tx, [pair for pair in self._market.known if pair[0] in moved])
        self._epochs_at |= {wanted.seller_id: at for wanted in batch}
        nameless = {sku_id for wanted in batch for sku_id in wanted.sku_ids}
        if nameless:
            described = await describe_skus(tx, sku_ids=nameless)
            self._names |= {sku_id: _Named(at, packs[0]) for sku_id, packs in described.items()}

    async def _meet(self, pairs: Sequence[tuple[int, int]]) -> list[None]:
        await self._database.run(lambda tx: self._market.add(tx, set(pairs)))
        return [None] * len(pairs)

    def _page(self, pair: tuple[int, int], sku_ids: Sequence[int], *, is_own: bool) -> ShelfPage:
        known = self._known(pair)
        on = business_date(self._database.clock(), known.seller.time_zone)
        if not is_open(known, on=on):
            raise NoLink(seller_id=pair[0])
        named = [(sku_id, self._names[sku_id].pack) for sku_id in sku_ids if sku_id in self._names]
        quote = self._market.price(
            seller_id=pair[0],
            buyer_id=pair[1],
            business_on=on,
            lines=[NewLine(sku_id=sku_id, pack_id=pack.pack_id, packs=1) for sku_id, pack in named],
        )
        bins = _bins_of(known)
        as_of = self._epochs_at[pair[0]]
        items: list[ShelfItem] = []
        for (_, pack), line in zip(named, quote.lines, strict=True):
            if any(fault.code == "pricing.not-offered" for fault in line.faults):
                continue
            seen = [one for b in bins if (one := self._free.get(key_of(bin_id=b, sku_id=pack.sku_id))) is not None]
            as_of = min([as_of, *(one.at for one in seen)])
            is_shown = is_own or _shows_stock(known, self._market, pack.pack_id, on)
            items.append(_item(pack, line, max((one.free for one in seen), default=0) if is_shown else None))
        return ShelfPage(seller_id=pair[0], buyer_id=pair[1], currency=quote.currency, as_of=as_of, items=items)


def _is_fresh(one: _Seen | _Named | None, now: datetime, age: timedelta) -> bool:
    """Tell whether something was looked at so lately; a clock that was set back makes nothing fresh."""
    return one is not None and _ZERO <= now - one.at <= age


def _pair(scope: Scope, query: ShelfQuery) -> tuple[int, int]:
    """Name seller and buyer.

    Raises: NotFound where the caller is neither.
    """
    buyer_id = query.buyer_id or scope.organization_id
    if scope.organization_id not in {buyer_id, query.seller_id}:
        raise NotFound(kind="organization", id=buyer_id)
    return query.seller_id, buyer_id


def _sku_ids(query: ShelfQuery) -> tuple[int, ...]:
    return tuple(dict.fromkeys(map(int, query.sku_ids.split(","))))


def _item(pack: NamedPack, line: PricedLine, free: int | None) -> ShelfItem:
    return ShelfItem(
        sku_id=pack.sku_id,
        code=pack.sku_code,
        name_zh=pack.name_zh,
        name_en=pack.name_en,
        pack_id=pack.pack_id,
        units=pack.units,
        price_minor=None if line.item_id is None else line.price_minor,
        is_tax_included=line.is_tax_included,
        free=free,
        faults=tuple([fault.code for fault in line.faults]),
    )


def _shows_stock(known: Known, market: Market, pack_id: int, on: date) -> bool:
    pack = market.book.packs.get(pack_id)
    return pack is not None and known.link.allows(Capability.SEE_STOCK, product_line_id=pack.product_line_id, on=on)


def _bins_of(known: Known) -> tuple[int, ...]:
    """Name the seller's own bins that an order line may come from; what suppliers have is theirs to tell."""
    course = known.course
    if course is not None:
        if course.suppliers:
            return tuple([bin_id for bin_id, whose in zip(course.bin_ids, course.suppliers, strict=True) if not whose])
        return course.bin_ids
    return () if known.seller.sellable_bin_id is None else (known.seller.sellable_bin_id,)
