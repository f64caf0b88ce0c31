"""Price one line: may it be bought, which price holds, what is the tax, what stands against it. Hot: no trace here."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from lingqu.kernel.money import rate_of, tax_within
from lingqu.modules.pricing.faults import fault
from lingqu.modules.pricing.limits import breaches
from lingqu.modules.pricing.seller import Seller
from lingqu.modules.pricing.types import Fault, Limit, Link, OrderRule, Pack, PricedLine, PriceList, Rung, Terms

Ask = tuple[int, int, int]
"""What is asked for: SKU, pack, number of packs."""


class Offer(Struct, frozen=True, gc=False):
    """What a pack costs whoever buys by the same lists with the same rights on a day.

    ``refused`` says why they may not buy it, empty where they may; ``steps`` are the prices that hold on the day in
    their order of precedence; ``limits`` on its resale are looked at each time.
    """

    pack: Pack
    refused: str
    steps: tuple[tuple[PriceList, Rung], ...] = ()
    limits: tuple[Limit, ...] = ()


class Trade(Struct, frozen=True, gc=False):
    """All that the lines of one order have in common.

    ``link`` is None for a consumer and for a buyer that is none; ``lists`` hold on the day and in the currency and
    stand in their order of precedence; ``offers`` by pack are those found so far, shared by all alike.
    """

    seller: Seller
    is_retail: bool
    link: Link | None
    terms: Terms
    lists: Sequence[PriceList]
    limits: Mapping[int, Mapping[int, tuple[Limit, ...]]]
    business_on: date
    currency: str
    offers: dict[int, Offer]

    @property
    def likeness(self) -> object:
        """What trades must have in common to share their offers."""
        link, on = self.link, self.business_on
        rights = link and (link.valid_from <= on < link.valid_until, link.is_whole, link.lines, link.dated)
        lists = tuple([price_list.id for price_list in self.lists])
        return self.seller.seller_id, self.is_retail, on, self.currency, rights, lists


def offer_of(trade: Trade, pack: Pack) -> Offer:
    """Find what a pack costs in a trade."""
    refused = _refused(trade, pack)
    if refused:
        return Offer(pack, refused)
    steps = _valid_rungs(trade.lists, pack.id, trade.business_on)
    return Offer(pack, "", tuple(steps), _limits_on(trade, pack) if trade.limits else ())


def price_line(trade: Trade, ask: Ask, offer: Offer | None) -> PricedLine:
    """Price one line of ``trade`` by what its pack costs there; None: there is no such pack.

    Units: ``total_minor`` = packs × price, exact; tax rounded half up once per line.
    """
    sku_id, pack_id, packs = ask
    if offer is None or offer.pack.sku_id != sku_id:
        return _unpriced(ask, "unknown-pack", units=1, tax_ppm=0)
    pack = offer.pack
    for price_list, rung in offer.steps:  # noqa: B007 - used after the loop
        if rung.min_packs <= packs:
            break
    else:
        return _unpriced(ask, offer.refused or "no-price", units=pack.units, tax_ppm=pack.tax_ppm)
    price, is_included = rung.price_minor, price_list.is_tax_included
    total = packs * price
    return PricedLine(
        sku_id,
        pack_id,
        packs,
        pack.units,
        packs * pack.units,
        price,
        is_included,
        pack.tax_ppm,
        total,
        tax_within(total, pack.tax_ppm) if is_included else rate_of(total, pack.tax_ppm),
        rung.item_id,
        price_list.id,
        _breaches(trade, offer.limits, pack, price, is_included) if offer.limits else (),
    )


def find_price(
    lists: Sequence[PriceList], pack_id: int, packs: int, business_on: date
) -> tuple[PriceList, Rung] | None:
    """Find the first list with a price for this pack at this quantity on this day, and its highest rung.

    A list whose smallest rung is not reached is passed over: the next one may have a price at this quantity.
    """
    steps = _valid_rungs(lists, pack_id, business_on)
    return next(((price_list, rung) for price_list, rung in steps if rung.min_packs <= packs), None)


def _valid_rungs(lists: Sequence[PriceList], pack_id: int, on: date) -> list[tuple[PriceList, Rung]]:
    return [
        (price_list, rung)
        for price_list in lists
        for rung in price_list.ladders.get(pack_id, ())
        if rung.valid_from <= on < rung.valid_until
    ]


def _refused(trade: Trade, pack: Pack) -> str:
    """Say why a pack is not for this buyer; empty where it is. A counter also sells what is discontinued."""
    if trade.is_retail:
        return "not-active" if pack.status == "archived" else ""
    link = trade.link
    if (
        link is None
        or not link.valid_from <= trade.business_on < link.valid_until
        or not link.may_order(pack.product_line_id, trade.business_on)
    ):
        return "not-offered"
    if pack.status != "active":
        return "not-active"
    return "" if pack.is_orderable else "not-orderable"


def breaches_of(trade: Trade, pack: Pack, price_minor: int, *, is_tax_included: bool) -> tuple[Fault, ...]:
    """Name each limit on resale that a price of a pack breaks in a trade."""
    return _breaches(trade, _limits_on(trade, pack), pack, price_minor, is_tax_included)


def _limits_on(trade: Trade, pack: Pack) -> tuple[Limit, ...]:
    setters = dict.fromkeys((pack.brand_id, *trade.seller.upstream))
    return tuple([limit for setter_id in setters for limit in trade.limits.get(setter_id, {}).get(pack.id, ())])


def _breaches(
    trade: Trade,
    limits: Sequence[Limit],
    pack: Pack,
    price_minor: int,
    is_tax_included: bool,  # noqa: FBT001 - beside its price
) -> tuple[Fault, ...]:
    return breaches(
        limits,
        seller_kind=trade.seller.kind,
        channel="retail" if trade.is_retail else "trade",
        currency=trade.currency,
        business_on=trade.business_on,
        price_minor=price_minor,
        is_tax_included=is_tax_included,
        tax_ppm=pack.tax_ppm,
    )


def rule_faults(rule: OrderRule, quantity: int) -> tuple[Fault, ...]:
    """Name what stands against ordering so many base units of a SKU in all."""
    faults: tuple[Fault, ...] = ()
    if quantity < rule.min_quantity:
        faults += (fault("below-minimum", min_quantity=rule.min_quantity, quantity=quantity),)
    if quantity % rule.multiple_of:
        faults += (fault("not-a-multiple", multiple_of=rule.multiple_of, quantity=quantity),)
    return faults


def _unpriced(ask: Ask, code: str, *, units: int, tax_ppm: int) -> PricedLine:
    sku_id, pack_id, packs = ask
    return PricedLine(
        sku_id,
        pack_id,
        packs,
        units,
        packs * units,
        0,
        True,
        tax_ppm,
        0,
        0,
        None,
        None,
        (fault(code),),
    )
