"""Open the demo's price lists: the plants' for distributors, theirs for dealers by level, the shops' for consumers."""

from collections.abc import Iterator
from datetime import date, timedelta

from lingqu.modules.pricing.api import (
    Audience,
    NewAssignment,
    NewLimit,
    NewPrice,
    NewPriceList,
    WholePriceList,
    open_price_lists,
    put_resale_limit,
)
from lingqu.roles.demo.load.known import CURRENCY, Known
from lingqu.roles.demo.plan.goods import price_of
from lingqu.roles.demo.plan.tariff import (
    BREACH_PERCENT,
    FLOOR_PERCENT,
    PLANT_PERCENT,
    PROMOTED_PERCENT,
    RESERVE_PERCENT,
    TRADE_PERCENT,
    Rung,
    retail_price,
    trade_rungs,
)
from lingqu.runtime.tx import Tx

_BEFORE = timedelta(days=30)


async def add_prices(tx: Tx, known: Known) -> None:
    """Open every list."""
    channel = known.plan.channel
    lists = [_plant(known, place) for place in channel.suppliers]
    lists += [_trade(known, place, level) for place in channel.distributors for level in TRADE_PERCENT]
    lists += [_retail(known, place) for place in channel.dealers]
    lists.append(_cheap(known))
    lists.append(_reserve(known))
    await open_price_lists(tx, lists=lists)


async def set_floors(tx: Tx, known: Known) -> None:
    """Let the brand forbid shops to sell single units below a price: after one of them has begun to."""
    for place, one in enumerate(known.plan.goods):
        limit = NewLimit(
            pack_id=known.pack_id(place, 0),
            seller_kind="dealer",
            channel="retail",
            currency=CURRENCY,
            floor_minor=price_of(one.retail_minor, FLOOR_PERCENT),
            valid_from=known.plan.stories.floor_from,
        )
        await put_resale_limit(tx, setter_id=known.organizations[0].id, sku_id=known.skus[place].id, limit=limit)


def _plant(known: Known, place: int) -> WholePriceList:
    family = known.plan.channel.suppliers.index(place)
    rungs = [
        rung
        for goods, one in enumerate(known.plan.goods)
        if one.family.supplier == family
        for rung in trade_rungs(goods, one, PLANT_PERCENT)
    ]
    prices = _prices(known, rungs, known.plan.first - _BEFORE)
    return _whole(_list(known, place, "FACTORY", "出厂价"), NewAssignment(audience=Audience.EVERYBODY), prices)


def _reserve(known: Known) -> WholePriceList:
    """Open the brand's own list: what it keeps for feasts, a little dearer than the plants."""
    rungs = [
        rung
        for goods in known.plan.brand_goods
        for rung in trade_rungs(goods, known.plan.goods[goods], RESERVE_PERCENT)
    ]
    prices = _prices(known, rungs, known.plan.first - _BEFORE)
    return _whole(_list(known, 0, "RESERVE", "节庆储备价"), NewAssignment(audience=Audience.EVERYBODY), prices)


def _trade(known: Known, place: int, level: str) -> WholePriceList:
    rungs = [
        rung
        for goods in known.plan.rates[place]
        for rung in trade_rungs(goods, known.plan.goods[goods], TRADE_PERCENT[level])
    ]
    to = NewAssignment(audience=Audience.LEVEL, level=level) if level else NewAssignment(audience=Audience.EVERYBODY)
    name = f"{level} 级经销商价" if level else "标准供货价"
    prices = _prices(known, rungs, known.plan.first - _BEFORE)
    return _whole(_list(known, place, f"TRADE{level}", name), to, prices)


def _retail(known: Known, place: int) -> WholePriceList:
    prices = [price for goods in known.plan.rates[place] for price in _shop_prices(known, goods)]
    return _whole(_list(known, place, "RETAIL", "零售价"), NewAssignment(audience=Audience.CONSUMER), prices)


def _cheap(known: Known) -> WholePriceList:
    """Open the list of the shop that sells below the floor: begun a week before the floor came."""
    stories = known.plan.stories
    begins = stories.floor_from - timedelta(days=7)
    rungs = [
        Rung(goods, 0, 1, retail_price(known.plan.goods[goods], 0, percent=BREACH_PERCENT))
        for goods in known.plan.breach_goods
    ]
    return _whole(
        _list(known, stories.breaker, "CLEARANCE", "店庆特价", valid_from=begins),
        NewAssignment(audience=Audience.CONSUMER),
        _prices(known, rungs, begins),
    )


def _shop_prices(known: Known, goods: int) -> Iterator[NewPrice]:
    """List a SKU's prices in a shop: the usual one, and another while a promotion lasts."""
    one = known.plan.goods[goods]
    for pack in sorted({0, len(one.packs) - 1}):
        sku_id, pack_id = known.skus[goods].id, known.pack_id(goods, pack)
        yield NewPrice(
            sku_id=sku_id,
            pack_id=pack_id,
            price_minor=retail_price(one, pack),
            valid_from=known.plan.first - _BEFORE,
        )
        for promotion in known.plan.promotions:
            if one.family.temper in promotion.tempers:
                yield NewPrice(
                    sku_id=sku_id,
                    pack_id=pack_id,
                    price_minor=retail_price(one, pack, percent=PROMOTED_PERCENT),
                    valid_from=promotion.starts_on,
                    valid_until=promotion.ends_on,
                )


def _prices(known: Known, rungs: list[Rung], valid_from: date) -> list[NewPrice]:
    return [
        NewPrice(
            sku_id=known.skus[rung.goods].id,
            pack_id=known.pack_id(rung.goods, rung.pack),
            price_minor=rung.price_minor,
            valid_from=valid_from,
            min_packs=rung.min_packs,
        )
        for rung in rungs
    ]


def _list(known: Known, place: int, code: str, name: str, *, valid_from: date | None = None) -> NewPriceList:
    return NewPriceList(
        seller_id=known.organizations[place].id,
        code=code,
        name=name,
        currency=CURRENCY,
        is_tax_included=True,
        valid_from=valid_from or known.plan.first - _BEFORE,
    )


def _whole(price_list: NewPriceList, assignment: NewAssignment, prices: list[NewPrice]) -> WholePriceList:
    return WholePriceList(price_list=price_list, assignments=(assignment,), prices=prices)
