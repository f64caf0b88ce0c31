"""A brand with goods, the chain below it and a stranger, made by the modules' own functions."""

from collections.abc import Awaitable, Callable
from datetime import date
from types import SimpleNamespace

import pytest

from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.catalog.api import NewPack, NewSKU, NewTaxClass, add_skus, add_tax_class
from lingqu.modules.network.api import (
    AddedOrganization,
    Capability,
    Kind,
    NewGrant,
    NewLink,
    NewOrganization,
    NewProductLine,
    add_links,
    add_organizations,
    add_product_lines,
    scope_of_party,
)
from lingqu.runtime.tx import Tx

MILK_GTIN, CASE_GTIN = "6901234567892", "16901234567899"


@pytest.fixture
async def shelf(tx: Tx) -> SimpleNamespace:
    """Brand → distributor (every line) → dealer (milk only); SKUs milk and yogurt; another brand with cola."""
    brand, other, distributor, dealer, stranger = await add_organizations(
        tx,
        organizations=[
            NewOrganization(kind=Kind.BRAND, code="B", name="天润乳业", home_cell=1),
            NewOrganization(kind=Kind.BRAND, code="O", name="可乐公司", home_cell=1),
            NewOrganization(kind=Kind.DISTRIBUTOR, code="D", name="杭州经销", home_cell=2),
            NewOrganization(kind=Kind.DEALER, code="S", name="西湖便利", home_cell=2),
            NewOrganization(kind=Kind.DEALER, code="X", name="外人商店", home_cell=3),
        ],
    )
    milk_line, yogurt_line, cola_line = await add_product_lines(
        tx,
        lines=[
            NewProductLine(brand_id=brand.id, code="MILK", name_zh="纯牛奶", name_en="Milk"),
            NewProductLine(brand_id=brand.id, code="YOG", name_zh="酸奶", name_en="Yogurt"),
            NewProductLine(brand_id=other.id, code="COLA", name_zh="可乐", name_en="Cola"),
        ],
    )
    day = date(2026, 1, 1)
    only_milk = (NewGrant(Capability.ORDER, milk_line),)
    links = await add_links(
        tx,
        links=[
            NewLink(seller_id=brand.id, buyer_id=distributor.id, valid_from=day),
            NewLink(seller_id=distributor.id, buyer_id=dealer.id, valid_from=day, grants=only_milk),
        ],
    )
    vat = await add_tax_class(
        tx, tax_class=NewTaxClass(code="VAT13", name_zh="增值税 13%", name_en="VAT 13%", rate_ppm=130_000)
    )
    case = NewPack(code="CS", name_zh="箱", name_en="Case", units=12, gtin=CASE_GTIN)
    each = NewPack(code="EA", name_zh="盒", name_en="Each", units=1, gtin=MILK_GTIN)
    plain = {"tax_class_id": vat.id, "base_unit": "盒"}
    milk, yogurt, cola = await add_skus(
        tx,
        skus=[
            NewSKU(
                brand_id=brand.id,
                product_line_id=milk_line,
                code="M250",
                product_code="M",
                attributes={"size": "250ml"},
                name_zh="天润纯牛奶 250 毫升",
                name_en="Tianrun milk 250 ml",
                packs=(each, case),
                **plain,
            ),
            NewSKU(
                brand_id=brand.id, product_line_id=yogurt_line, code="Y", name_zh="原味酸奶", name_en="Yogurt", **plain
            ),
            NewSKU(brand_id=other.id, product_line_id=cola_line, code="C", name_zh="可乐", name_en="Cola", **plain),
        ],
    )
    tx.changes.clear()
    tx.events.clear()
    return SimpleNamespace(**{name: value for name, value in locals().items() if name not in {"tx", "plain"}})


@pytest.fixture
def scope_for(tx: Tx) -> Callable[[AddedOrganization], Awaitable[Scope]]:
    """Give a function that computes what an organization's user sees."""

    async def find(organization: AddedOrganization) -> Scope:
        scope = await scope_of_party(tx, actor=Actor(organization.party_id), permissions=frozenset())
        assert scope is not None
        return scope

    return find


@pytest.fixture
def epoch_of(tx: Tx) -> Callable[[AddedOrganization], Awaitable[int]]:
    """Give a function that reads a seller's epoch."""

    async def find(organization: AddedOrganization) -> int:
        cursor = await tx.connection.execute(
            "select coalesce(sum(value), 0) from network.epoch where seller_id = %s", [organization.id]
        )
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0])

    return find
