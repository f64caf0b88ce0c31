"""A small network for the tests of this module, made by the module's own functions."""

from collections.abc import Awaitable, Callable
from datetime import date
from types import SimpleNamespace

import pytest

from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.identity.api import NewUser, add_users
from lingqu.modules.network.api import (
    AddedOrganization,
    Kind,
    NewLink,
    NewOrganization,
    NewProductLine,
    add_links,
    add_organizations,
    add_product_lines,
    scope_of_party,
)
from lingqu.runtime.tx import Tx


@pytest.fixture
async def chain(tx: Tx) -> SimpleNamespace:
    """Brand → distributor → two dealers, each linked to the one above; a stranger beside them."""

    async def add(*new: NewOrganization) -> list[AddedOrganization]:
        return await add_organizations(tx, organizations=new)

    brand, stranger = await add(
        NewOrganization(kind=Kind.BRAND, code="B", name="天润乳业", home_cell=1),
        NewOrganization(kind=Kind.DISTRIBUTOR, code="X", name="外人商贸", home_cell=3),
    )
    (distributor,) = await add(
        NewOrganization(kind=Kind.DISTRIBUTOR, code="D", name="杭州经销", parent_id=brand.id, home_cell=2)
    )
    near, far = await add(
        NewOrganization(kind=Kind.DEALER, code="S1", name="西湖便利", parent_id=distributor.id),
        NewOrganization(kind=Kind.DEALER, code="S2", name="余杭超市", parent_id=distributor.id),
    )
    milk, yogurt = await add_product_lines(
        tx,
        lines=[
            NewProductLine(brand_id=brand.id, code="MILK", name_zh="纯牛奶", name_en="Milk"),
            NewProductLine(brand_id=brand.id, code="YOG", name_zh="酸奶", name_en="Yogurt"),
        ],
    )
    day = date(2026, 1, 1)
    links = await add_links(
        tx,
        links=[
            NewLink(seller_id=brand.id, buyer_id=distributor.id, valid_from=day),
            NewLink(seller_id=distributor.id, buyer_id=near.id, valid_from=day),
            NewLink(seller_id=distributor.id, buyer_id=far.id, valid_from=day),
        ],
    )
    return SimpleNamespace(
        brand=brand,
        distributor=distributor,
        near=near,
        far=far,
        stranger=stranger,
        milk=milk,
        yogurt=yogurt,
        links=links,
    )


@pytest.fixture
def person(tx: Tx) -> Callable[..., Awaitable[Scope]]:
    """Give a function that makes a user of an organization and gives its scope, computed anew."""
    made: dict[tuple[str, object], int] = {}

    async def person(organization: AddedOrganization, name: str = "manager") -> Scope:
        party = organization.party_id
        if (name, party) not in made:
            new = NewUser(login=f"{name}-{organization.id}", name=name, party_id=party, role_ids=())
            made[name, party] = (await add_users(tx, users=[new]))[0]
        scope = await scope_of_party(
            tx, actor=Actor(party, made[name, party], name), permissions=frozenset({"network.approve"})
        )
        assert scope is not None
        return scope

    return person
