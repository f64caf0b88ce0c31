"""What placing must know without asking the database: prices, sellers, links. Read anew when a seller's epoch moves."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from lingqu.kernel.clock import business_date, midnight
from lingqu.modules.network.api import (
    LinkTerms,
    OrganizationTerms,
    Status,
    find_epochs,
    link_terms,
    organization_terms,
)
from lingqu.modules.orders.deal import Deal, deal, paying
from lingqu.modules.orders.judge import Watch
from lingqu.modules.orders.policies import find_watches
from lingqu.modules.orders.types import NewLine
from lingqu.modules.pricing.api import PriceBook, Quote, refresh
from lingqu.modules.routing.api import Course, find_courses
from lingqu.runtime.tx import Tx

Pair = tuple[int, int]
"""Seller and buyer."""

_DAY = timedelta(days=1)


class Known(Struct, frozen=True):
    """A trade link with both sides, as it was when its seller stood at ``epoch`` or later."""

    epoch: int
    link: LinkTerms
    seller: OrganizationTerms
    buyer: OrganizationTerms
    course: Course | None = None
    watch: Watch | None = None


class Standing(Struct, frozen=True):
    """How two sides stand today, at the seller's from ``begins`` until before ``ends``.

    ``deal`` is None where no order may be placed.
    """

    known: Known
    on: date
    begins: datetime
    ends: datetime
    deal: Deal | None


class Market:
    """The price book with the links around it. One per process.

    Every part carries the epoch that was read before it. An order is placed at the oldest epoch of the parts it was
    made of, so a part that missed a change is found out by the database, whatever reads ran side by side here.
    """

    def __init__(self) -> None:
        self.book = PriceBook()
        self.sellers: dict[int, OrganizationTerms] = {}
        self.known: dict[Pair, Known] = {}
        self._standing: dict[Pair, Standing] = {}

    def knows(self, pair: Pair) -> bool:
        """Tell whether a pair's terms and its seller's prices were read."""
        return pair in self.known and pair[0] in self.book.epochs

    async def load(self, tx: Tx, pairs: Iterable[Pair]) -> None:
        """Read the sellers of some pairs anew: prices, and every link of theirs that was read before."""
        sellers = sorted({seller_id for seller_id, _ in pairs})
        await refresh(tx, self.book, seller_ids=sellers)
        again = set(sellers)
        await self._read(tx, {*pairs, *(pair for pair in self.known if pair[0] in again)})

    async def add(self, tx: Tx, pairs: Iterable[Pair]) -> None:
        """Read what is not known yet of some pairs."""
        wanted = {pair for pair in pairs if not self.knows(pair)}
        strange = sorted({seller_id for seller_id, _ in wanted if seller_id not in self.book.epochs})
        if strange:
            await refresh(tx, self.book, seller_ids=strange)
        await self._read(tx, wanted)

    async def add_sellers(self, tx: Tx, seller_ids: Sequence[int]) -> None:
        """Read sellers that sell at their counters; prices only where the seller's epoch has moved on."""
        sellers = await organization_terms(tx, organization_ids=seller_ids)
        by_cell: dict[int, set[int]] = defaultdict(set)
        for seller in sellers.values():
            by_cell[seller.home_cell].add(seller.id)
        stale: list[int] = []
        for cell_id, some in sorted(by_cell.items()):
            epochs = await find_epochs(tx, cell_id=cell_id, seller_ids=some)
            stale += [seller_id for seller_id, epoch in epochs.items() if self.book.epochs.get(seller_id) != epoch]
        if stale:
            await refresh(tx, self.book, seller_ids=stale)
        self.sellers |= sellers

    async def _read(self, tx: Tx, pairs: set[Pair]) -> None:
        """Read links with both sides; the book's epochs were read before them, so no link is older than its own."""
        epochs = {seller_id: self.book.epochs[seller_id] for seller_id, _ in pairs if seller_id in self.book.epochs}
        organizations = await organization_terms(tx, organization_ids={i for pair in pairs for i in pair})
        links = await link_terms(tx, pairs=pairs)
        courses = await find_courses(tx, pairs=pairs)
        watches = await find_watches(tx, pairs=pairs)
        behind: set[Pair] = set()
        for pair in pairs:
            seller, buyer, link = organizations.get(pair[0]), organizations.get(pair[1]), links.get(pair)
            if seller is None or buyer is None or link is None or pair[0] not in epochs:
                self.known.pop(pair, None)
            else:
                course = courses.get(pair)
                self.known[pair] = Known(epochs[pair[0]], link, seller, buyer, course, watches.get(pair))
                if course is not None and course.suppliers:
                    behind.update((supplier_id, pair[0]) for supplier_id in course.suppliers if supplier_id)
        if behind:
            # Who may send for a seller is bought from by that seller, at its own price.
            await self.add(tx, behind)

    def today(self, pair: Pair, now: datetime) -> Standing | None:
        """Tell how two sides stand on the seller's business date; None where they do not trade."""
        known = self.known.get(pair)
        if known is None:
            return None
        standing = self._standing.get(pair)
        if standing is None or standing.known is not known or not standing.begins <= now < standing.ends:
            on, zone = business_date(now, known.seller.time_zone), known.seller.time_zone
            standing = Standing(known, on, midnight(on, zone), midnight(on + _DAY, zone), deal_between(known, on))
            self._standing[pair] = standing
        return standing

    def price(self, *, seller_id: int, buyer_id: int | None, business_on: date, lines: Sequence[NewLine]) -> Quote:
        """Price lines from memory; a line that names no pack counts base units."""
        packs = self.book.base_packs
        asks = [(line.sku_id, line.pack_id or packs.get(line.sku_id, 0), line.packs) for line in lines]
        return self.book.price_lines(seller_id=seller_id, buyer_id=buyer_id, business_on=business_on, lines=asks)


def deal_between(known: Known, on: date) -> Deal | None:
    """Find what the orders of two sides have in common on a business date; None where none may be placed."""
    seller, buyer = known.seller, known.buyer
    if seller.node_id is None or seller.sellable_bin_id is None or not is_open(known, on=on):
        return None
    return deal(
        cell_id=seller.home_cell,
        seller=seller.party_id,
        seller_id=seller.id,
        buyer=buyer.party_id,
        buyer_id=buyer.id,
        business_on=on,
        title_passes=known.link.title_passes,
        currency=seller.currency,
        accounts=paying(seller.party_id, buyer.party_id, seller.currency),
    )


def is_open(known: Known, *, on: date) -> bool:
    """Tell whether orders may be placed over a link on a business date."""
    return known.seller.status is Status.ACTIVE and known.buyer.status is Status.ACTIVE and is_live(known.link, on=on)


def is_live(link: LinkTerms, *, on: date) -> bool:
    """Tell whether a link itself is open on a business date."""
    return link.is_active and link.valid_from <= on and (link.valid_until is None or on < link.valid_until)
