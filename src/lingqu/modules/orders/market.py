"""What placing must know without asking the database: prices, sellers, links. Read anew when a seller's epoch moves."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lingqu.modules.network.api import LinkTerms, OrganizationTerms, Status, link_terms, organization_terms
from lingqu.modules.orders.types import NewLine
from lingqu.modules.pricing.api import PriceBook, Quote, refresh
from lingqu.runtime.tx import Tx

Pair = tuple[int, int]
"""Seller and buyer."""


class Market:
    """The price book with the organizations and links around it. One per process."""

    def __init__(self) -> None:
        self.book = PriceBook()
        self.organizations: dict[int, OrganizationTerms] = {}
        self.links: dict[Pair, LinkTerms] = {}
        # One reader at a time: two that overlap could leave the older link beside the newer epoch.
        self._reading = asyncio.Lock()

    def knows(self, pair: Pair) -> bool:
        """Tell whether a pair's terms were read."""
        return pair in self.links

    async def load(self, tx: Tx, pairs: Iterable[Pair]) -> None:
        """Read the sellers of some pairs anew: the prices first, with the epoch that they belong to.

        A change that commits between the reads leaves an old epoch beside newer facts, so the next order reads again.
        Every link of these sellers that is known is read with them, so that none is older than the epoch says, and
        orders of other buyers that are being priced meanwhile still find theirs.
        """
        async with self._reading:
            wanted = set(pairs)
            await self._load(tx, {seller_id for seller_id, _ in wanted}, wanted)

    async def add(self, tx: Tx, pairs: Iterable[Pair]) -> None:
        """Read pairs that are wanted for the first time; of sellers known already only the link.

        The link may be newer than the seller's prices: then the epoch has moved, and placing reads all of it again.
        """
        async with self._reading:
            wanted = {pair for pair in pairs if pair not in self.links}
            strange = {pair for pair in wanted if pair[0] not in self.book.epochs}
            if strange:
                await self._load(tx, {seller_id for seller_id, _ in strange}, strange)
            known = sorted(wanted - strange)
            if known:
                self.organizations |= await organization_terms(tx, organization_ids={buyer_id for _, buyer_id in known})
                self.links |= await link_terms(tx, pairs=known)

    def price(self, *, seller_id: int, buyer_id: int | None, business_on: date, lines: Sequence[NewLine]) -> Quote:
        """Price lines from memory; a line that names no pack counts base units."""
        packs = self.book.base_packs
        asks = [(line.sku_id, line.pack_id or packs.get(line.sku_id, 0), line.packs) for line in lines]
        return self.book.price_lines(seller_id=seller_id, buyer_id=buyer_id, business_on=business_on, lines=asks)

    async def add_seller(self, tx: Tx, seller_id: int) -> None:
        """Read a seller that sells at its counter."""
        async with self._reading:
            await self._load(tx, {seller_id}, set())

    async def _load(self, tx: Tx, sellers: set[int], pairs: set[Pair]) -> None:
        wanted = sorted(pairs | {pair for pair in self.links if pair[0] in sellers})
        await refresh(tx, self.book, seller_ids=sellers)
        self.organizations |= await organization_terms(
            tx, organization_ids=sellers | {i for pair in wanted for i in pair}
        )
        links = await link_terms(tx, pairs=wanted)
        self.links = {pair: link for pair, link in self.links.items() if pair[0] not in sellers} | links


def is_open(link: LinkTerms, *, seller: OrganizationTerms, buyer: OrganizationTerms, on: date) -> bool:
    """Tell whether orders may be placed over a link on a business date."""
    return (
        link.is_active
        and seller.status is Status.ACTIVE
        and buyer.status is Status.ACTIVE
        and link.valid_from <= on
        and (link.valid_until is None or on < link.valid_until)
    )


def today_of(seller: OrganizationTerms, now: datetime) -> date:
    """Tell the business date of an instant in the seller's zone."""
    return now.astimezone(ZoneInfo(seller.time_zone)).date()
