from datetime import date
from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import NotFound
from lingqu.modules.network.api import OnlyFromAbove
from lingqu.modules.territory.api import (
    NewPlaces,
    Outside,
    Overlaps,
    WrongKind,
    divide_territory,
    find_holders,
    grant_territory,
)
from lingqu.modules.territory.end_territory import end_area, end_territory
from lingqu.runtime.tx import Tx

XIHU, GONGSHU = 156_330_106, 156_330_105
DAY, END = date(2026, 3, 1), date(2026, 9, 1)


@pytest.fixture
async def held(tx: Tx, brand: SimpleNamespace) -> int:
    new = NewPlaces(
        organization_id=brand.east, product_line_id=brand.milk, region_ids=[XIHU], valid_from=DAY, valid_until=END
    )
    (territory_id,) = await grant_territory(tx, scope=brand.brand, new=new)
    return territory_id


def area(brand: SimpleNamespace, dealer: int, *regions: int, end: date | None = END) -> NewPlaces:
    return NewPlaces(
        organization_id=dealer,
        product_line_id=brand.milk,
        region_ids=list(regions),
        valid_from=DAY,
        valid_until=end,
    )


@pytest.mark.usefixtures("held")
async def test_a_county_has_one_dealer(tx: Tx, brand: SimpleNamespace) -> None:
    await divide_territory(tx, scope=brand.east_scope, new=area(brand, brand.east1, XIHU))
    place = (brand.milk, XIHU)
    assert (await find_holders(tx, places=[place], on=DAY))[place].dealer_id == brand.east1
    with pytest.raises(Overlaps) as refusal:
        await divide_territory(tx, scope=brand.east_scope, new=area(brand, brand.east2, XIHU))
    assert refusal.value.errors[0].facts["holder"] == "东一店"


@pytest.mark.usefixtures("held")
async def test_an_area_lies_inside_the_territory_all_its_time(tx: Tx, brand: SimpleNamespace) -> None:
    with pytest.raises(Outside) as refusal:
        await divide_territory(tx, scope=brand.east_scope, new=area(brand, brand.east1, GONGSHU, XIHU))
    assert [error.facts for error in refusal.value.errors] == [{"region_id": GONGSHU}]
    with pytest.raises(Outside):
        await divide_territory(tx, scope=brand.east_scope, new=area(brand, brand.east1, XIHU, end=None))
    with pytest.raises(Outside):
        await divide_territory(tx, scope=brand.west_scope, new=area(brand, brand.west1, XIHU))


@pytest.mark.usefixtures("held")
async def test_only_ones_own_dealers_receive(tx: Tx, brand: SimpleNamespace) -> None:
    with pytest.raises(NotFound):
        await divide_territory(tx, scope=brand.east_scope, new=area(brand, brand.west1, XIHU))
    with pytest.raises(OnlyFromAbove):
        await divide_territory(tx, scope=brand.east_scope, new=area(brand, brand.east, XIHU))
    with pytest.raises(WrongKind):
        await divide_territory(tx, scope=brand.brand, new=area(brand, brand.east, XIHU))


async def test_areas_end_with_their_territory(tx: Tx, brand: SimpleNamespace, held: int) -> None:
    await divide_territory(tx, scope=brand.east_scope, new=area(brand, brand.east1, XIHU))
    await end_territory(tx, scope=brand.brand, territory_id=held, valid_until=date(2026, 5, 1))
    place = (brand.milk, XIHU)
    before = (await find_holders(tx, places=[place], on=date(2026, 4, 30)))[place]
    after = (await find_holders(tx, places=[place], on=date(2026, 5, 1)))[place]
    assert (before.dealer_id, after.dealer_id) == (brand.east1, None)


@pytest.mark.usefixtures("held")
async def test_an_area_that_ended_is_given_to_another(tx: Tx, brand: SimpleNamespace) -> None:
    (area_id,) = await divide_territory(tx, scope=brand.east_scope, new=area(brand, brand.east1, XIHU))
    with pytest.raises(NotFound):
        await end_area(tx, scope=brand.west_scope, area_id=area_id, valid_until=DAY)
    await end_area(tx, scope=brand.east_scope, area_id=area_id, valid_until=DAY)
    await divide_territory(tx, scope=brand.east_scope, new=area(brand, brand.east2, XIHU))
