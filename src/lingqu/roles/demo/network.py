"""The demo's organizations: a dairy brand, its factory, two distributors in different cells, their dealers."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from lingqu.modules.network.api import (
    AddedOrganization,
    Kind,
    NewLink,
    NewOrganization,
    NewProductLine,
    add_links,
    add_organizations,
    add_product_lines,
)
from lingqu.runtime.tx import Tx

_OPENED_ON = date(2025, 1, 1)


class Network(Struct, frozen=True, kw_only=True):
    """What was made, for the steps that fill it."""

    brand: AddedOrganization
    factory: AddedOrganization
    distributors: list[AddedOrganization]
    dealers: list[AddedOrganization]
    lines: list[int]


class _Branch(Struct, frozen=True, kw_only=True):
    """A distributor with its dealers."""

    code: str
    name: str
    name_en: str
    home_cell: int
    level: str
    contact: str
    latitude: float
    longitude: float
    dealers: tuple[tuple[str, str], ...]


_BRANCHES = (
    _Branch(
        code="HZ",
        name="杭州润丰商贸有限公司",
        name_en="Hangzhou Runfeng Trading",
        home_cell=1,
        level="A",
        contact="陈立",
        latitude=30.2741,
        longitude=120.1551,
        dealers=(
            ("西湖便利店", "Xihu Corner Shop"),
            ("余杭家家超市", "Yuhang Family Market"),
            ("滨江鲜奶站", "Binjiang Milk"),
        ),
    ),
    _Branch(
        code="NB",
        name="宁波海源食品有限公司",
        name_en="Ningbo Haiyuan Foods",
        home_cell=2,
        level="B",
        contact="周敏",
        latitude=29.8683,
        longitude=121.5440,
        dealers=(("海曙惠民超市", "Haishu Huimin Market"), ("鄞州晨光便利", "Yinzhou Morning Shop")),
    ),
)


async def add_network(tx: Tx) -> Network:
    """Make the organizations, product lines and links, tier by tier."""
    (brand,) = await add_organizations(
        tx, organizations=[_organization(Kind.BRAND, "TR", "天润乳业", "Tianrun Dairy", 0)]
    )
    factory, *distributors = await add_organizations(tx, organizations=_second_tier(brand))
    dealers = await add_organizations(tx, organizations=_third_tier(distributors))
    lines = await add_product_lines(tx, lines=_lines(brand))
    await add_links(tx, links=_links(factory, distributors, dealers))
    return Network(brand=brand, factory=factory, distributors=distributors, dealers=dealers, lines=lines)


def _organization(kind: Kind, code: str, name: str, name_en: str, home_cell: int) -> NewOrganization:
    return NewOrganization(
        kind=kind, code=code, name=name, name_en=name_en, home_cell=home_cell, contract_from=_OPENED_ON
    )


def _second_tier(brand: AddedOrganization) -> list[NewOrganization]:
    factory = NewOrganization(
        kind=Kind.SUPPLIER,
        code="TR-F1",
        name="天润乳业华东工厂",
        name_en="Tianrun East China Plant",
        parent_id=brand.id,
        home_cell=3,
        contract_from=_OPENED_ON,
    )
    return [
        factory,
        *(
            NewOrganization(
                kind=Kind.DISTRIBUTOR,
                code=branch.code,
                name=branch.name,
                name_en=branch.name_en,
                parent_id=brand.id,
                home_cell=branch.home_cell,
                level=branch.level,
                contact_name=branch.contact,
                latitude=branch.latitude,
                longitude=branch.longitude,
                contract_from=_OPENED_ON,
            )
            for branch in _BRANCHES
        ),
    ]


def _third_tier(distributors: Sequence[AddedOrganization]) -> list[NewOrganization]:
    return [
        NewOrganization(
            kind=Kind.DEALER,
            code=f"{branch.code}-{number:03}",
            name=name,
            name_en=name_en,
            parent_id=distributor.id,
            contract_from=_OPENED_ON,
        )
        for branch, distributor in zip(_BRANCHES, distributors, strict=True)
        for number, (name, name_en) in enumerate(branch.dealers, start=1)
    ]


def _lines(brand: AddedOrganization) -> list[NewProductLine]:
    named = (("MILK", "常温纯牛奶", "UHT milk"), ("FRESH", "低温鲜奶", "Fresh milk"), ("YOG", "酸奶", "Yogurt"))
    return [NewProductLine(brand_id=brand.id, code=code, name_zh=zh, name_en=en) for code, zh, en in named]


def _links(
    factory: AddedOrganization, distributors: Sequence[AddedOrganization], dealers: Sequence[AddedOrganization]
) -> list[NewLink]:
    owners = [distributor for branch, distributor in zip(_BRANCHES, distributors, strict=True) for _ in branch.dealers]
    pairs = [(factory, distributor, 30) for distributor in distributors]
    pairs += [(owner, dealer, 15) for owner, dealer in zip(owners, dealers, strict=True)]
    return [
        NewLink(seller_id=seller.id, buyer_id=buyer.id, valid_from=_OPENED_ON, payment_days=days)
        for seller, buyer, days in pairs
    ]
