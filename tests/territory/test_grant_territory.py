from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import OnlyFromAbove, find_epochs
from lingqu.modules.territory.api import (
    Holders,
    NewPlaces,
    NoCounties,
    Overlaps,
    Tier,
    WrongKind,
    find_holders,
    grant_territory,
)
from lingqu.modules.territory.coverage import CoverageQuery, list_coverage
from lingqu.modules.territory.end_territory import EndedBefore, end_territory
from lingqu.modules.territory.places import PlaceQuery, list_places
from lingqu.runtime.tx import Tx

XIHU, GONGSHU = 156_330_106, 156_330_105
HANGZHOU, ZHEJIANG = 156_330_100, 156_330_000
DAY = date(2026, 3, 1)


def places(organization: int, line: int, *regions: int, **period: date) -> NewPlaces:
    return NewPlaces(
        organization_id=organization, product_line_id=line, region_ids=list(regions), **{"valid_from": DAY, **period}
    )


async def stored(tx: Tx) -> int:
    row = await (await tx.connection.execute("select count(*) from territory.territory")).fetchone()
    assert row is not None
    return int(row[0])


async def test_a_county_has_one_distributor_a_line(tx: Tx, brand: SimpleNamespace) -> None:
    await grant_territory(tx, scope=brand.brand, new=places(brand.east, brand.milk, XIHU))
    with pytest.raises(Overlaps) as refusal:
        await grant_territory(tx, scope=brand.brand, new=places(brand.west, brand.milk, GONGSHU, XIHU))
    assert [error.facts["region_zh"] for error in refusal.value.errors] == ["西湖区"]
    await grant_territory(tx, scope=brand.brand, new=places(brand.west, brand.yogurt, XIHU))
    holders = await find_holders(tx, places=[(brand.milk, XIHU), (brand.yogurt, XIHU), (brand.milk, 1)], on=DAY)
    assert holders == {
        (brand.milk, XIHU): Holders(distributor_id=brand.east, dealer_id=None),
        (brand.yogurt, XIHU): Holders(distributor_id=brand.west, dealer_id=None),
        (brand.milk, 1): Holders(distributor_id=None, dealer_id=None),
    }


async def test_a_refusal_names_the_holder_only_to_who_may_see_it(tx: Tx, brand: SimpleNamespace) -> None:
    await grant_territory(tx, scope=brand.brand, new=places(brand.east, brand.milk, XIHU))
    with pytest.raises(Overlaps) as seen:
        await grant_territory(tx, scope=brand.brand, new=places(brand.west, brand.milk, XIHU))
    assert seen.value.errors[0].words.say("zh", seen.value.errors[0].facts) == "西湖区（Xihu）已由 东区经销 负责。"
    narrow = replace(brand.brand, organization_ids=tuple({*brand.brand.organization_ids} - {brand.east}))
    with pytest.raises(Overlaps) as hidden:
        await grant_territory(tx, scope=narrow, new=places(brand.west, brand.milk, XIHU))
    assert "东区经销" not in repr(hidden.value.errors)
    assert str(brand.east) not in repr(hidden.value.errors[0].facts.values())


async def test_a_prefecture_stands_for_its_counties(tx: Tx, brand: SimpleNamespace) -> None:
    ids = await grant_territory(tx, scope=brand.brand, new=places(brand.east, brand.milk, HANGZHOU))
    assert len(ids) == 13
    page = await list_places(
        tx, scope=brand.brand, tier=Tier.DISTRIBUTOR, query=PlaceQuery(region_id=ZHEJIANG, on=DAY, limit=200)
    )
    assert [line.id for line in page.items] == ids
    assert {line.organization_name for line in page.items} == {"东区经销"}
    with pytest.raises(NoCounties):
        await grant_territory(tx, scope=brand.brand, new=places(brand.east, brand.milk, 7))


async def test_what_ends_makes_room_and_stays_as_history(tx: Tx, brand: SimpleNamespace) -> None:
    (held,) = await grant_territory(tx, scope=brand.brand, new=places(brand.east, brand.milk, XIHU))
    end = date(2026, 6, 1)
    await end_territory(tx, scope=brand.brand, territory_id=held, valid_until=end)
    with pytest.raises(EndedBefore):
        await end_territory(tx, scope=brand.brand, territory_id=held, valid_until=end)
    with pytest.raises(Overlaps):
        await grant_territory(tx, scope=brand.brand, new=places(brand.west, brand.milk, XIHU))
    await grant_territory(tx, scope=brand.brand, new=places(brand.west, brand.milk, XIHU, valid_from=end))
    place = (brand.milk, XIHU)
    assert (await find_holders(tx, places=[place], on=date(2026, 5, 31)))[place].distributor_id == brand.east
    assert (await find_holders(tx, places=[place], on=end))[place].distributor_id == brand.west


async def test_ending_before_it_begins_leaves_no_day(tx: Tx, brand: SimpleNamespace) -> None:
    (held,) = await grant_territory(tx, scope=brand.brand, new=places(brand.east, brand.milk, XIHU))
    await end_territory(tx, scope=brand.brand, territory_id=held, valid_until=date(2020, 1, 1))
    await grant_territory(tx, scope=brand.brand, new=places(brand.west, brand.milk, XIHU))


async def test_only_who_owns_the_line_and_stands_above_gives(tx: Tx, brand: SimpleNamespace) -> None:
    with pytest.raises(NotFound):
        await grant_territory(tx, scope=brand.brand, new=places(brand.east, brand.tea, XIHU))
    with pytest.raises(NotFound):
        await grant_territory(tx, scope=brand.rival, new=places(brand.east, brand.tea, XIHU))
    with pytest.raises(OnlyFromAbove):
        await grant_territory(tx, scope=brand.east_scope, new=places(brand.east, brand.milk, XIHU))
    with pytest.raises(WrongKind):
        await grant_territory(tx, scope=brand.brand, new=places(brand.east1, brand.milk, XIHU))
    assert await stored(tx) == 0


async def test_the_receivers_epoch_rises(tx: Tx, brand: SimpleNamespace) -> None:
    before = await find_epochs(tx, cell_id=1, seller_ids=[brand.east])
    await grant_territory(tx, scope=brand.brand, new=places(brand.east, brand.milk, XIHU))
    assert (await find_epochs(tx, cell_id=1, seller_ids=[brand.east]))[brand.east] == before[brand.east] + 1


async def test_places_are_found_by_words_and_told_with_what_is_around_them(tx: Tx, brand: SimpleNamespace) -> None:
    await grant_territory(tx, scope=brand.brand, new=places(brand.east, brand.milk, XIHU))
    await grant_territory(tx, scope=brand.brand, new=places(brand.west, brand.milk, GONGSHU))

    async def found(q: str) -> list[str]:
        page = await list_places(tx, scope=brand.brand, tier=Tier.DISTRIBUTOR, query=PlaceQuery(q=q))
        return [f"{place.within_zh}{place.region_zh} {place.organization_name}" for place in page.items]

    assert await found("西湖") == await found("xihu") == ["杭州市西湖区 东区经销"]
    assert await found("西区") == ["杭州市拱墅区 西区经销"]
    assert await found("...") == []


async def test_coverage_counts_what_is_held_and_names_a_single_holder(tx: Tx, brand: SimpleNamespace) -> None:
    await grant_territory(tx, scope=brand.brand, new=places(brand.east, brand.milk, XIHU))
    await grant_territory(tx, scope=brand.brand, new=places(brand.west, brand.milk, GONGSHU))

    async def covered(scope: Scope, parent_id: int, **asked: Any) -> dict[str, tuple[int, int, int, str | None]]:
        query = CoverageQuery(product_line_id=brand.milk, **{"on": DAY, "parent_id": parent_id, **asked})
        page = await list_coverage(tx, scope=scope, query=query)
        return {
            one.name_zh: (one.county_count, one.held_count, one.holder_count, one.holder_name) for one in page.items
        }

    cities = await covered(brand.brand, ZHEJIANG)
    assert cities["杭州市"] == (13, 2, 2, None)
    assert cities["宁波市"] == (10, 0, 0, None)
    counties = await covered(brand.brand, HANGZHOU)
    assert (counties["西湖区"], counties["上城区"]) == ((1, 1, 1, "东区经销"), (1, 0, 0, None))
    assert (await covered(brand.east_scope, ZHEJIANG))["杭州市"] == (13, 1, 1, "东区经销"), "another's is not told"
    assert (await covered(brand.brand, ZHEJIANG, on=date(2026, 2, 28)))["杭州市"] == (13, 0, 0, None)
    assert (await covered(brand.brand, ZHEJIANG, tier=Tier.DEALER))["杭州市"] == (13, 0, 0, None)
