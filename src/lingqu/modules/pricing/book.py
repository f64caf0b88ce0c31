"""The price book: what every seller asks, in memory, and the one function that prices an order.

Pure: no input or output. `load` fills it; `trace` explains it.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from lingqu.modules.pricing.faults import fault
from lingqu.modules.pricing.line import Ask, Offer, Trade, breaches_of, offer_of, price_line, rule_faults
from lingqu.modules.pricing.seller import Seller
from lingqu.modules.pricing.trace import Case, explain
from lingqu.modules.pricing.types import Fault, Limit, Link, Pack, PricedLine, PriceList, Quote, Terms, Tier

_MOST_TRADES = 100_000
_MOST_OFFERS = 500_000  # some 400 bytes each
_RETAIL = Terms(0, None)  # a counter asks for no least amount and sends nothing


class PriceBook:
    """Prices of many sellers. Packs, limits and regions stand once for all of them.

    ``epochs`` tells the state at which each seller's part was loaded; a seller that is not in it is not known.
    ``base_packs`` names the pack of one base unit of each SKU that has one.
    """

    def __init__(self) -> None:
        self.sellers: dict[int, Seller] = {}
        self.epochs: dict[int, int] = {}
        self.packs: dict[int, Pack] = {}
        self.base_packs: dict[int, int] = {}
        self.limits: dict[int, Mapping[int, tuple[Limit, ...]]] = {}
        self.parents: dict[int, int | None] = {}
        self.loading = asyncio.Lock()
        self.read_at: dict[int, int] = {}
        self._ticks = 0
        self._trades: dict[tuple[int, int | None, date, str], Trade] = {}
        self._offers: dict[object, dict[int, Offer]] = {}
        self._offers_found = 0

    def tick(self) -> int:
        """Count one step of this book's own time, by which loads are ordered; ``read_at`` tells when each began."""
        self._ticks += 1
        return self._ticks

    def put(
        self,
        *,
        sellers: Iterable[Seller],
        packs: Iterable[Pack],
        limits: Mapping[int, Mapping[int, tuple[Limit, ...]]],
        parents: Mapping[int, int | None],
    ) -> None:
        """Replace the parts of some sellers at once, so that nobody prices by half of them."""
        for pack in packs:
            self.packs[pack.id] = pack
            if pack.units == 1:
                self.base_packs[pack.sku_id] = pack.id
        for setter_id, by_pack in limits.items():
            self.limits.pop(setter_id, None)
            if by_pack:
                self.limits[setter_id] = by_pack
        self.parents.update(parents)
        self._forget()
        for seller in sellers:
            self.sellers[seller.seller_id] = seller
            self.epochs[seller.seller_id] = seller.epoch

    def quote(
        self,
        *,
        seller_id: int,
        buyer_id: int | None,
        business_on: date,
        lines: Sequence[Ask],
        currency: str | None = None,
    ) -> Quote:
        """Price an order and say for each line which price won and why the others lost.

        The figures are those of `price_lines`: what a page shows is what an order pays.

        Raises: KeyError if the book does not know the seller.
        """
        quote = self.price_lines(
            seller_id=seller_id, buyer_id=buyer_id, business_on=business_on, lines=lines, currency=currency
        )
        seller = self.sellers[seller_id]
        link, path = self._buyer(seller, buyer_id)
        traced = tuple(
            replace(
                line,
                trace=explain(
                    seller, Case(buyer_id, link, path, business_on, quote.currency, line.pack_id, line.packs)
                ),
            )
            for line in quote.lines
        )
        return replace(quote, lines=traced)

    def price_lines(
        self,
        *,
        seller_id: int,
        buyer_id: int | None,
        business_on: date,
        lines: Sequence[Ask],
        currency: str | None = None,
    ) -> Quote:
        """Price an order without telling why: the form for placing.

        Shapes: lines of the answer in the order of ``lines``. ``buyer_id`` None: a consumer, by the consumers' lists.
        Units:  minor units of ``currency``, by default the seller's; ``business_on`` the seller's trading day.
        Raises: KeyError if the book does not know the seller.
        """
        seller = self.sellers[seller_id]
        trade = self._trade(seller, buyer_id, business_on, currency or seller.currency)
        offers = trade.offers
        priced = [price_line(trade, ask, offers.get(ask[1]) or self._offer(trade, ask[1])) for ask in lines]
        if buyer_id is not None and seller.order_rules:
            self._judge(seller, offers, priced)
        return _total(trade, buyer_id, tuple(priced))

    def tiers(
        self, *, seller_id: int, buyer_id: int | None, business_on: date, sku_id: int, pack_id: int
    ) -> tuple[Tier, ...]:
        """Tell what a pack costs at every quantity, each step priced as an order would be.

        Shapes: by rising ``min_packs``, one for each change of price.
        Raises: KeyError if the book does not know the seller.
        """
        lists = self.sellers[seller_id].lists.values()
        steps = sorted({1} | {rung.min_packs for one in lists for rung in one.ladders.get(pack_id, ())})
        found: list[Tier] = []
        for min_packs in steps:
            quote = self.price_lines(
                seller_id=seller_id, buyer_id=buyer_id, business_on=business_on, lines=[(sku_id, pack_id, min_packs)]
            )
            line = quote.lines[0]
            if line.item_id is None or line.list_id is None or (found and found[-1].item_id == line.item_id):
                continue
            found.append(Tier(min_packs, line.price_minor, line.is_tax_included, line.item_id, line.list_id))
        return tuple(found)

    def freight(self, *, seller_id: int, buyer_id: int | None, amount_minor: int) -> tuple[int, tuple[Fault, ...]]:
        """Tell what freight an order of ``amount_minor``, tax within, costs, and whether it is below the least amount.

        Raises: KeyError if the book does not know the seller.
        """
        return _freight(_terms_for(self.sellers[seller_id], buyer_id), amount_minor)

    def faults_of_price(
        self,
        *,
        seller_id: int,
        buyer_id: int | None,
        business_on: date,
        currency: str,
        pack_id: int,
        price_minor: int,
        is_tax_included: bool,
    ) -> tuple[Fault, ...]:
        """Name each limit that a price agreed for a single line breaks; a pack that is not known breaks none.

        Raises: KeyError if the book does not know the seller.
        """
        seller, pack = self.sellers[seller_id], self.packs.get(pack_id)
        if pack is None:
            return ()
        link, _ = self._buyer(seller, buyer_id)
        trade = Trade(seller, buyer_id is None, link, _RETAIL, (), self.limits, business_on, currency, {})
        return breaches_of(trade, pack, price_minor, is_tax_included=is_tax_included)

    def _trade(self, seller: Seller, buyer_id: int | None, business_on: date, money: str) -> Trade:
        """Find what all orders of a buyer have in common on a day; found once, forgotten with the next change."""
        asked = (seller.seller_id, buyer_id, business_on, money)
        trade = self._trades.get(asked)
        if trade is None:
            link, path = self._buyer(seller, buyer_id)
            lists: list[PriceList] = []
            if buyer_id is None or link is not None:
                for _, price_list in seller.precedence(link, path):
                    if price_list.currency == money and price_list.valid_from <= business_on < price_list.valid_until:
                        lists.append(price_list)
            if len(self._trades) >= _MOST_TRADES:
                self._forget()
            terms = _terms_for(seller, buyer_id)
            alone = Trade(seller, buyer_id is None, link, terms, lists, self.limits, business_on, money, {})
            trade = replace(alone, offers=self._offers.setdefault(alone.likeness, {}))
            self._trades[asked] = trade
        return trade

    def _offer(self, trade: Trade, pack_id: int) -> Offer | None:
        """Find what a pack costs in a trade, and remember it for all who trade alike; None: there is no such pack."""
        pack = self.packs.get(pack_id)
        if pack is None:
            return None
        self._offers_found += 1
        if self._offers_found > _MOST_OFFERS:
            self._forget()
        offer = trade.offers[pack_id] = offer_of(trade, pack)
        return offer

    def _forget(self) -> None:
        self._trades.clear()
        self._offers.clear()
        self._offers_found = 0

    def _buyer(self, seller: Seller, buyer_id: int | None) -> tuple[Link | None, tuple[int, ...]]:
        """Find the buyer's link and its region with all around it, the smallest first."""
        link = None if buyer_id is None else seller.links.get(buyer_id)
        path: list[int] = []
        region_id = None if link is None else link.region_id
        while region_id is not None:
            path.append(region_id)
            region_id = self.parents.get(region_id)
        return link, tuple(path)

    def _judge(self, seller: Seller, offers: Mapping[int, Offer], priced: list[PricedLine]) -> None:
        """Name what the seller's order rules have against a SKU's base units, summed over all its packs."""
        rules = seller.order_rules
        wanted: dict[int, int] = {}
        for line in priced:
            offer = offers.get(line.pack_id)
            if line.sku_id in rules and offer is not None and offer.pack.sku_id == line.sku_id:
                wanted[line.sku_id] = wanted.get(line.sku_id, 0) + line.quantity
        for at, line in enumerate(priced):
            if line.item_id is not None and line.sku_id in wanted:
                faults = rule_faults(rules[line.sku_id], wanted[line.sku_id])
                if faults:
                    priced[at] = replace(line, faults=line.faults + faults)


def _total(trade: Trade, buyer_id: int | None, lines: tuple[PricedLine, ...]) -> Quote:
    """Sum up the lines, add freight by the link's terms and check the least amount; both look at goods with tax."""
    goods = tax = on_top = 0
    for line in lines:
        goods += line.total_minor
        tax += line.tax_minor
        if not line.is_tax_included:
            on_top += line.tax_minor
    amount = goods + on_top
    freight, faults = _freight(trade.terms, amount) if lines else (0, ())
    return Quote(
        trade.seller.seller_id,
        buyer_id,
        trade.business_on,
        trade.currency,
        trade.seller.epoch,
        lines,
        goods,
        tax,
        freight,
        amount + freight,
        faults,
    )


def _terms_for(seller: Seller, buyer_id: int | None) -> Terms:
    return _RETAIL if buyer_id is None else seller.terms_for(buyer_id)


def _freight(terms: Terms, amount: int) -> tuple[int, tuple[Fault, ...]]:
    is_free = terms.free_freight_from_minor is not None and amount >= terms.free_freight_from_minor
    freight = 0 if is_free else terms.freight_minor
    if amount < terms.minimum_minor:
        return freight, (fault("below-minimum-amount", minimum_minor=terms.minimum_minor, amount_minor=amount),)
    return freight, ()
