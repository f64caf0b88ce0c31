"""A brand with two distributors and their dealers, and a neighbour brand."""

from collections.abc import Awaitable, Callable
from types import SimpleNamespace

import pytest

from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.network.api import (
    AddedOrganization,
    Kind,
    NewOrganization,
    NewProductLine,
    add_organizations,
    add_product_lines,
    scope_of_party,
)
from lingqu.runtime.tx import Tx

Build = Callable[[Tx], Awaitable[SimpleNamespace]]


async def _build(tx: Tx) -> SimpleNamespace:
    async def add(*new: NewOrganization) -> list[AddedOrganization]:
        return await add_organizations(tx, organizations=new)

    brand, rival = await add(
        NewOrganization(kind=Kind.BRAND, code="B", name="天润乳业", home_cell=0),
        NewOrganization(kind=Kind.BRAND, code="R", name="对手", home_cell=0),
    )
    east, west = await add(
        NewOrganization(kind=Kind.DISTRIBUTOR, code="E", name="东区经销", parent_id=brand.id, home_cell=1),
        NewOrganization(kind=Kind.DISTRIBUTOR, code="W", name="西区经销", parent_id=brand.id, home_cell=2),
    )
    east1, east2, west1 = await add(
        NewOrganization(kind=Kind.DEALER, code="E1", name="东一店", parent_id=east.id),
        NewOrganization(kind=Kind.DEALER, code="E2", name="东二店", parent_id=east.id),
        NewOrganization(kind=Kind.DEALER, code="W1", name="西一店", parent_id=west.id),
    )
    milk, yogurt, tea = await add_product_lines(
        tx,
        lines=[
            NewProductLine(brand_id=brand.id, code="MILK", name_zh="牛奶", name_en="Milk"),
            NewProductLine(brand_id=brand.id, code="YOG", name_zh="酸奶", name_en="Yogurt"),
            NewProductLine(brand_id=rival.id, code="TEA", name_zh="茶", name_en="Tea"),
        ],
    )

    async def scope(organization: AddedOrganization) -> Scope:
        found = await scope_of_party(tx, actor=Actor(organization.party_id), permissions=frozenset())
        assert found is not None
        return found

    return SimpleNamespace(
        brand=await scope(brand),
        rival=await scope(rival),
        east_scope=await scope(east),
        west_scope=await scope(west),
        east=east.id,
        west=west.id,
        east1=east1.id,
        east2=east2.id,
        west1=west1.id,
        milk=milk,
        yogurt=yogurt,
        tea=tea,
    )


@pytest.fixture(scope="session")
def build() -> Build:
    return _build


@pytest.fixture
async def brand(tx: Tx) -> SimpleNamespace:
    return await _build(tx)
