from datetime import date
from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import Invalid, NotFound, Stale
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.pricing.add_price_lists import add_price_list
from lingqu.modules.pricing.api import Audience, NewAssignment, NewPrice, NewPriceList, OutsideLimits, load_book
from lingqu.modules.pricing.assign_price_list import assign_price_list
from lingqu.modules.pricing.code_taken import CodeTaken
from lingqu.modules.pricing.copy_price_list import PriceListCopy, copy_price_list
from lingqu.modules.pricing.edit_price import PriceEdit, edit_price, remove_price
from lingqu.modules.pricing.edit_price_list import (
    PriceListEdit,
    archive_price_list,
    edit_price_list,
    publish_price_list,
)
from lingqu.modules.pricing.events import PricesChanged
from lingqu.modules.pricing.list_breaches import BreachQuery, list_breaches
from lingqu.modules.pricing.read_price_list import (
    PriceListQuery,
    PriceQuery,
    list_price_lists,
    list_prices_of,
    read_price_list,
)
from lingqu.modules.pricing.resale_limits import NewLimit, remove_resale_limit, set_resale_limit
from lingqu.modules.pricing.set_prices import set_prices_of
from lingqu.runtime.tx import Tx

DAY = date(2026, 1, 1)
BASE = 1


def price(minor: int, **given: object) -> NewPrice:
    return NewPrice(**{"sku_id": 5, "pack_id": 7, "price_minor": minor, "valid_from": DAY} | given)


async def asked(tx: Tx, packs: int = 1, *, buyer_id: int | None = 4) -> int:
    book = await load_book(tx, seller_ids=[3])
    ask = {"seller_id": 3, "buyer_id": buyer_id, "business_on": date(2026, 3, 2), "lines": [(5, 7, packs)]}
    return book.price_lines(**ask).lines[0].price_minor


async def test_a_list_is_drafted_filled_assigned_and_published(seeded: Tx, world: SimpleNamespace) -> None:
    made = await add_price_list(
        seeded,
        scope=world.distributor,
        price_list=NewPriceList(
            seller_id=3, code="GOLD", name="金牌价", currency="CNY", is_tax_included=True, valid_from=DAY
        ),
    )
    await set_prices_of(seeded, scope=world.distributor, list_id=made.id, prices=[price(5500)])
    gold = NewAssignment(audience=Audience.LEVEL, level="gold")
    await assign_price_list(seeded, scope=world.distributor, list_id=made.id, if_match=1, assignments=[gold])
    assert await asked(seeded) == 6000
    published = await publish_price_list(seeded, scope=world.distributor, list_id=made.id, if_match=2)
    assert [(a.audience, a.level) for a in published.assignments] == [(Audience.LEVEL, "gold")]
    assert (await asked(seeded), await asked(seeded, buyer_id=5)) == (5500, 6000)
    await archive_price_list(seeded, scope=world.distributor, list_id=made.id, if_match=3)
    assert await asked(seeded) == 6000
    with pytest.raises(WrongState):
        await archive_price_list(seeded, scope=world.distributor, list_id=made.id, if_match=4)


async def test_a_code_stands_once_per_seller(seeded: Tx, world: SimpleNamespace) -> None:
    new = {"code": "BASE", "name": "价", "currency": "CNY", "is_tax_included": True, "valid_from": DAY}
    with pytest.raises(CodeTaken):
        await add_price_list(seeded, scope=world.distributor, price_list=NewPriceList(seller_id=3, **new))
    await add_price_list(seeded, scope=world.supplier, price_list=NewPriceList(seller_id=2, **new))
    with pytest.raises(NotFound):
        await add_price_list(seeded, scope=world.supplier, price_list=NewPriceList(seller_id=3, **new))


async def test_setting_prices_adds_and_replaces_and_records_each(seeded: Tx, world: SimpleNamespace) -> None:
    done = await set_prices_of(
        seeded, scope=world.distributor, list_id=BASE, prices=[price(6100), price(5900, min_packs=20)]
    )
    assert (done.added_count, done.replaced_count, done.ids[0]) == (1, 1, 1)
    assert [change.before and change.before.price_minor for change in seeded.changes] == [6000, None]
    assert [event for _, event in seeded.events] == [PricesChanged(list_id=1, seller_id=3, sku_ids=(5,))]
    assert (await asked(seeded), await asked(seeded, 20)) == (6100, 5000)


async def test_a_price_names_a_pack_of_its_sku_once(seeded: Tx, world: SimpleNamespace) -> None:
    with pytest.raises(Invalid) as refused:
        await set_prices_of(seeded, scope=world.distributor, list_id=BASE, prices=[price(1), price(2)])
    assert [error.path for error in refused.value.errors] == ["/prices/1"]
    with pytest.raises(Invalid) as refused:
        await set_prices_of(seeded, scope=world.distributor, list_id=BASE, prices=[price(1, sku_id=6)])
    assert [error.path for error in refused.value.errors] == ["/prices/0/pack_id"]
    with pytest.raises(Invalid) as refused:
        await set_prices_of(seeded, scope=world.distributor, list_id=BASE, prices=[price(1, valid_until=DAY)])
    assert [error.path for error in refused.value.errors] == ["/prices/0/valid_until"]
    with pytest.raises(NotFound):
        await set_prices_of(seeded, scope=world.distributor, list_id=BASE, prices=[price(1, pack_id=99)])
    assert await asked(seeded) == 6000


async def test_currency_and_tax_change_only_in_a_draft(seeded: Tx, world: SimpleNamespace) -> None:
    with pytest.raises(Invalid) as refused:
        await edit_price_list(
            seeded, scope=world.distributor, list_id=BASE, if_match=1, edit=PriceListEdit(is_tax_included=False)
        )
    assert [error.path for error in refused.value.errors] == ["/is_tax_included"]
    draft = await edit_price_list(
        seeded, scope=world.distributor, list_id=3, if_match=1, edit=PriceListEdit(is_tax_included=False)
    )
    assert not draft.is_tax_included


async def test_two_edits_of_one_version_store_only_the_first(seeded: Tx, world: SimpleNamespace) -> None:
    await edit_price_list(seeded, scope=world.distributor, list_id=BASE, if_match=1, edit=PriceListEdit(name="甲"))
    with pytest.raises(Stale):
        await edit_price_list(seeded, scope=world.distributor, list_id=BASE, if_match=1, edit=PriceListEdit(name="乙"))
    await edit_price(seeded, scope=world.distributor, item_id=1, if_match=1, edit=PriceEdit(price_minor=6100))
    with pytest.raises(Stale):
        await edit_price(seeded, scope=world.distributor, item_id=1, if_match=1, edit=PriceEdit(price_minor=6200))
    with pytest.raises(Stale):
        await remove_price(seeded, scope=world.distributor, item_id=1, if_match=1)
    assert (await read_price_list(seeded, scope=world.distributor, list_id=BASE)).name == "甲"
    assert await asked(seeded) == 6100


async def test_a_price_ends_and_goes(seeded: Tx, world: SimpleNamespace) -> None:
    with pytest.raises(Invalid):
        await edit_price(seeded, scope=world.distributor, item_id=1, if_match=1, edit=PriceEdit(valid_until=DAY))
    until = PriceEdit(valid_until=date(2026, 3, 2))
    await edit_price(seeded, scope=world.distributor, item_id=1, if_match=1, edit=until)
    assert await asked(seeded) == 0
    await remove_price(seeded, scope=world.distributor, item_id=1, if_match=2)
    listed = await list_prices_of(seeded, scope=world.distributor, list_id=BASE, query=PriceQuery())
    assert [one.id for one in listed.items] == [2]


async def test_a_copy_raises_every_price_that_still_holds(seeded: Tx, world: SimpleNamespace) -> None:
    copy = PriceListCopy(code="NEXT", name="下季", valid_from=date(2026, 4, 1), change_ppm=25_000)
    made = await copy_price_list(seeded, scope=world.distributor, list_id=BASE, copy=copy)
    listed = await list_prices_of(seeded, scope=world.distributor, list_id=made.id, query=PriceQuery(sort="price"))
    assert [(one.min_packs, one.price_minor) for one in listed.items] == [(10, 5945), (1, 6150)]
    assert (made.status, made.assignments) == ("draft", ())
    ended = await copy_price_list(
        seeded,
        scope=world.distributor,
        list_id=2,
        copy=PriceListCopy(code="LATE", name="过期", valid_from=date(2026, 4, 1)),
    )
    assert (await list_prices_of(seeded, scope=world.distributor, list_id=ended.id, query=PriceQuery())).items == []


async def test_an_audience_must_buy_from_the_seller(seeded: Tx, world: SimpleNamespace) -> None:
    wrong = [
        NewAssignment(audience=Audience.ORGANIZATION, organization_id=2),
        NewAssignment(audience=Audience.TERRITORY, region_ids=(156430000, 156999999)),
        NewAssignment(audience=Audience.EVERYBODY),
        NewAssignment(audience=Audience.EVERYBODY),
        NewAssignment(audience=Audience.LEVEL, organization_id=4),
    ]
    with pytest.raises(Invalid) as refused:
        await assign_price_list(seeded, scope=world.distributor, list_id=BASE, if_match=1, assignments=wrong)
    assert [error.path for error in refused.value.errors] == [
        "/assignments/0/organization_id",
        "/assignments/1/region_ids",
        "/assignments/4",
        "/assignments/3",
    ]


async def test_who_stands_above_reads_but_does_not_change(seeded: Tx, world: SimpleNamespace) -> None:
    assert (await read_price_list(seeded, scope=world.above, list_id=BASE)).code == "BASE"
    with pytest.raises(NotFound):
        await edit_price_list(seeded, scope=world.above, list_id=BASE, if_match=1, edit=PriceListEdit(name="乙"))
    listed = await list_price_lists(seeded, scope=world.dealer, query=PriceListQuery())
    assert listed.items == []


def floor(minor: int, **given: object) -> NewLimit:
    values = {"pack_id": 7, "seller_kind": "distributor", "channel": "trade", "currency": "CNY", "valid_from": DAY}
    return NewLimit(**values | {"floor_minor": minor} | given)


async def test_a_price_under_the_floor_is_refused_wherever_it_is_written(seeded: Tx, world: SimpleNamespace) -> None:
    await set_resale_limit(seeded, scope=world.brand, limit=floor(5800))
    with pytest.raises(OutsideLimits) as refused:
        await set_prices_of(
            seeded, scope=world.distributor, list_id=BASE, prices=[price(5799), price(5800, min_packs=3)]
        )
    assert [(e.path, e.code) for e in refused.value.errors] == [("/prices/0/price_minor", "pricing.below-floor")]
    assert refused.value.errors[0].facts == {"price_minor": 5799, "floor_minor": 5800}
    with pytest.raises(OutsideLimits):
        await edit_price(seeded, scope=world.distributor, item_id=1, if_match=1, edit=PriceEdit(price_minor=5799))
    with pytest.raises(OutsideLimits) as refused:
        await publish_price_list(seeded, scope=world.distributor, list_id=3, if_match=1)
    assert [e.path for e in refused.value.errors] == ["/prices/4/price_minor"]


async def test_a_limit_binds_by_tax_channel_kind_and_days(seeded: Tx, world: SimpleNamespace) -> None:
    # 5134 × 1.13 = 5801.42, so a floor of 5134 without tax stands over 5800 with tax and under 5802.
    await set_resale_limit(seeded, scope=world.supplier, limit=floor(5134, is_tax_included=False))
    for minor, is_refused in ((5801, True), (5802, False)):
        if is_refused:
            with pytest.raises(OutsideLimits):
                await set_prices_of(seeded, scope=world.distributor, list_id=BASE, prices=[price(minor)])
        else:
            await set_prices_of(seeded, scope=world.distributor, list_id=BASE, prices=[price(minor)])
    free = [
        floor(9000, channel="retail"),
        floor(9000, seller_kind="dealer"),
        floor(9000, currency="USD", valid_from=date(2026, 1, 2)),
        floor(9000, valid_from=date(2025, 1, 1), valid_until=DAY),
    ]
    for limit in free:
        await set_resale_limit(seeded, scope=world.supplier, limit=limit)
    await set_prices_of(seeded, scope=world.distributor, list_id=BASE, prices=[price(6000)])


async def test_a_limit_makes_the_sellers_it_binds_stale_until_it_goes(seeded: Tx, world: SimpleNamespace) -> None:
    limit = await set_resale_limit(seeded, scope=world.brand, limit=floor(6001))
    book = await load_book(seeded)
    assert (book.epochs[3], book.epochs[1]) == (42, 0)
    ask = {"seller_id": 3, "buyer_id": 4, "business_on": date(2026, 3, 2), "lines": [(5, 7, 1)]}
    assert [fault.code for fault in book.price_lines(**ask).lines[0].faults] == ["pricing.below-floor"]
    with pytest.raises(NotFound):
        await remove_resale_limit(seeded, scope=world.distributor, limit_id=limit.id, if_match=1)
    with pytest.raises(Stale):
        await remove_resale_limit(seeded, scope=world.brand, limit_id=limit.id, if_match=9)
    await remove_resale_limit(seeded, scope=world.brand, limit_id=limit.id, if_match=1)
    assert (await load_book(seeded)).price_lines(**ask).lines[0].faults == ()


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"floor_minor": None}, "/floor_minor"),
        ({"ceiling_minor": 99}, "/ceiling_minor"),
        ({"valid_until": DAY}, "/valid_until"),
    ],
)
async def test_a_limit_makes_sense(seeded: Tx, world: SimpleNamespace, given: dict[str, object], path: str) -> None:
    with pytest.raises(Invalid) as refused:
        await set_resale_limit(seeded, scope=world.brand, limit=floor(100, **given))
    assert [error.path for error in refused.value.errors] == [path]


async def test_prices_that_a_new_limit_breaks_are_named_to_both_sides(seeded: Tx, world: SimpleNamespace) -> None:
    await set_resale_limit(seeded, scope=world.brand, limit=floor(5900))
    for scope in (world.brand, world.distributor):
        listed = await list_breaches(seeded, scope=scope, query=BreachQuery(sort="price"))
        assert [(one.id, one.price_minor, one.floor_minor) for one in listed.items] == [
            (3, 5000, 5900),
            (2, 5800, 5900),
        ]
    assert (await list_breaches(seeded, scope=world.dealer, query=BreachQuery())).items == []
    later = await list_breaches(seeded, scope=world.brand, query=BreachQuery(business_on=date(2026, 4, 1)))
    assert [one.id for one in later.items] == [2]


async def test_a_price_that_only_seems_under_the_floor_is_no_breach(seeded: Tx, world: SimpleNamespace) -> None:
    # 5000 without tax is 5650 with it.
    await set_resale_limit(seeded, scope=world.brand, limit=floor(5650))
    assert (await list_breaches(seeded, scope=world.brand, query=BreachQuery())).items == []
    await set_resale_limit(seeded, scope=world.brand, limit=floor(5651))
    assert [one.id for one in (await list_breaches(seeded, scope=world.brand, query=BreachQuery())).items] == [3]
