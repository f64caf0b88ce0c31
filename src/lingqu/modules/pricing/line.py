"""Price one line: may it be bought, which price holds, what is the tax, what stands against it. Hot: no trace here."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from lingqu.kernel.money import rate_of, tax_within
from lingqu.modules.pricing.faults import fault
from lingqu.modules.pricing.limits import breaches
from lingqu.modules.pricing.seller import Seller
from lingqu.modules.pricing.types import Fault, Limit, Link, OrderRule, Pack, PricedLine, PriceList, Rung

Ask = tuple[int, int, int]
"""What is asked for: SKU, pack, number of packs."""


class Trade(Struct, frozen=True, gc=False):
    """All that the lines of one order have in common.

    ``link`` is None for a consumer and for a buyer that is none; ``lists`` hold on the day and in the currency and
    stand in their order of precedence; ``wanted`` sums the base units of each SKU that has an order rule.
    """

    seller: Seller
    is_retail: bool
    link: Link | None
    lists: Sequence[PriceList]
    limits: Mapping[int, Mapping[int, tuple[Limit, ...]]]
    business_on: date
    currency: str
    wanted: Mapping[int, int]


def price_line(trade: Trade, ask: Ask, pack: Pack | None) -> PricedLine:
    """Price one line of ``trade``.

    Units: ``total_minor`` = packs × price, exact; tax rounded half up once per line.
    """
    sku_id, pack_id, packs = ask
    if pack is None or pack.sku_id != sku_id:
        return _unpriced(ask, "unknown-pack", units=1, tax_ppm=0)
    refused = _refused(trade, pack)
    if refused:
        return _unpriced(ask, refused, units=pack.units, tax_ppm=pack.tax_ppm)
    found = find_price(trade.lists, pack_id, packs, trade.business_on)
    if found is None:
        return _unpriced(ask, "no-price", units=pack.units, tax_ppm=pack.tax_ppm)
    price_list, rung = found
    total = packs * rung.price_minor
    is_included = price_list.is_tax_included
    tax = tax_within(total, pack.tax_ppm) if is_included else rate_of(total, pack.tax_ppm)
    faults: tuple[Fault, ...] = ()
    if trade.limits:
        faults = breaches_of(trade, pack, rung.price_minor, is_tax_included=is_included)
    if sku_id in trade.wanted:
        faults += _rule_faults(trade.seller.order_rules[sku_id], trade.wanted[sku_id])
    return PricedLine(
        sku_id,
        pack_id,
        packs,
        pack.units,
        packs * pack.units,
        rung.price_minor,
        is_included,
        pack.tax_ppm,
        total,
        tax,
        rung.item_id,
        price_list.id,
        faults,
    )


def find_price(
    lists: Sequence[PriceList], pack_id: int, packs: int, business_on: date
) -> tuple[PriceList, Rung] | None:
    """Find the first list with a price for this pack at this quantity on this day, and its highest rung.

    A list whose smallest rung is not reached is passed over: the next one may have a price at this quantity.
    """
    for price_list in lists:
        for rung in price_list.ladders.get(pack_id, ()):
            if rung.min_packs <= packs and rung.valid_from <= business_on < rung.valid_until:
                return price_list, rung
    return None


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
    setters = dict.fromkeys((pack.brand_id, *trade.seller.upstream))
    limits = [limit for setter_id in setters for limit in trade.limits.get(setter_id, {}).get(pack.id, ())]
    if not limits:
        return ()
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


def _rule_faults(rule: OrderRule, quantity: int) -> tuple[Fault, ...]:
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
