"""A small market for the browser: a dairy brand, its factory, a distributor, a dealer; goods, stock and money."""

from collections.abc import Sequence
from datetime import timedelta

from msgspec import Struct

from lingqu.kernel.ids import uuid7
from lingqu.modules.catalog.api import AddedSKU, NewPack, NewSKU, NewTaxClass, add_skus, add_tax_class
from lingqu.modules.identity.api import NewUser, add_users, find_built_in_roles, hash_password
from lingqu.modules.ledger.api import NewAccount, NewEntry, Posting, open_accounts, post
from lingqu.modules.membership.api import NewMember, add_members
from lingqu.modules.network.api import (
    AddedOrganization,
    Kind,
    NewLink,
    NewNode,
    NewOrganization,
    NewProductLine,
    add_links,
    add_nodes,
    add_organizations,
    add_product_lines,
)
from lingqu.modules.pricing.api import (
    Audience,
    NewAssignment,
    NewPrice,
    NewPriceList,
    WholePriceList,
    open_price_lists,
)
from lingqu.modules.stock.api import Receipt, key_of, receive
from lingqu.roles.built_in_roles import MANAGER
from lingqu.runtime.tx import Tx

PASSWORD = "a calm canal"
_UNITS = 12
CASE_GTIN = "6901234567892"
"""Under the bar code of a case of whole milk."""
MEMBER_PHONE = "+8613900000001"


class Goods(Struct, frozen=True):
    """One SKU of the market; stock is what the distributor has, in base units."""

    code: str
    name_zh: str
    name_en: str
    shelf_life_days: int
    price_minor: int
    stock: int


GOODS = (
    Goods("TR-1001", "纯牛奶 250 毫升", "Whole milk 250 ml", 180, 3_600, 2_400),
    Goods("TR-1002", "低脂牛奶 250 毫升", "Low-fat milk 250 ml", 180, 3_800, 1_200),
    Goods("TR-2001", "原味酸奶 200 克", "Plain yoghurt 200 g", 21, 4_500, 30),
    Goods("TR-2002", "黄桃酸奶 200 克", "Peach yoghurt 200 g", 21, 4_800, 600),
    Goods("TR-3001", "儿童奶酪棒 500 克", "Cheese sticks 500 g", 270, 29_900, 240),
    Goods("TR-4001", "全脂奶粉 700 克", "Milk powder 700 g", 540, 98_800, 360),
)
"""Prices of a case of 12, tax included, as the dealer pays them."""


class Market(Struct, frozen=True, kw_only=True):
    """Who trades."""

    brand: AddedOrganization
    factory: AddedOrganization
    distributor: AddedOrganization
    dealer: AddedOrganization


async def open_market(tx: Tx) -> Market:
    """Make everything; the logins are factory, distributor and dealer, each its organization's manager."""
    market = await _organizations(tx)
    await _people(tx, market)
    skus = await _goods(tx, market.brand)
    await _prices(tx, market, [(sku.id, sku.packs["CASE"]) for sku in skus])
    for owner, share in ((market.factory, 10), (market.distributor, 1)):
        await _stock(tx, owner, [sku.id for sku in skus], share=share)
    await _counter(tx, market.dealer, skus)
    west = NewNode(
        organization_id=market.distributor.id,
        home_cell=market.distributor.home_cell,
        kind="warehouse",
        code="WEST",
        name="城西仓",
    )
    await add_nodes(tx, nodes=[west])
    await _money(tx, owner=market.factory, buyer=market.distributor, prepaid_minor=20_000_000, credit_minor=0)
    await _money(tx, owner=market.distributor, buyer=market.dealer, prepaid_minor=500_000, credit_minor=1_000_000)
    return market


async def _organizations(tx: Tx) -> Market:
    (brand,) = await add_organizations(
        tx,
        organizations=[
            NewOrganization(kind=Kind.BRAND, code="TR", name="天润乳业", name_en="Tianrun Dairy", home_cell=0)
        ],
    )
    factory, distributor = await add_organizations(
        tx,
        organizations=[
            NewOrganization(
                kind=Kind.SUPPLIER,
                code="TR-F1",
                name="天润杭州工厂",
                name_en="Tianrun Hangzhou factory",
                parent_id=brand.id,
                home_cell=1,
            ),
            NewOrganization(
                kind=Kind.DISTRIBUTOR,
                code="HZ",
                name="杭州润丰商贸有限公司",
                name_en="Hangzhou Runfeng Trading",
                parent_id=brand.id,
                home_cell=2,
                contact_name="陈立",
                contact_phone="13800000001",
            ),
        ],
    )
    (dealer,) = await add_organizations(
        tx,
        organizations=[
            NewOrganization(
                kind=Kind.DEALER,
                code="HZ-001",
                name="西湖便利店",
                name_en="Xihu Corner Shop",
                parent_id=distributor.id,
                contact_name="李店长",
                contact_phone="13800000002",
            )
        ],
    )
    opened_on = (tx.now - timedelta(days=400)).date()
    await add_links(
        tx,
        links=[
            NewLink(seller_id=factory.id, buyer_id=distributor.id, valid_from=opened_on),
            NewLink(seller_id=brand.id, buyer_id=factory.id, valid_from=opened_on),
            NewLink(seller_id=distributor.id, buyer_id=dealer.id, valid_from=opened_on),
        ],
    )
    return Market(brand=brand, factory=factory, distributor=distributor, dealer=dealer)


async def _people(tx: Tx, market: Market) -> None:
    roles = await find_built_in_roles(tx)
    password_hash = await hash_password(PASSWORD)
    people = (
        ("brand", "林总", market.brand, Kind.BRAND),
        ("factory", "郑厂长", market.factory, Kind.SUPPLIER),
        ("distributor", "陈立", market.distributor, Kind.DISTRIBUTOR),
        ("dealer", "李店长", market.dealer, Kind.DEALER),
    )
    await add_users(
        tx,
        users=[
            NewUser(
                login=login,
                name=name,
                party_id=organization.party_id,
                role_ids=(roles[kind, MANAGER],),
                password_hash=password_hash,
            )
            for login, name, organization, kind in people
        ],
    )


async def _goods(tx: Tx, brand: AddedOrganization) -> list[AddedSKU]:
    """Make the SKUs, each by the box and by the case; the cases of whole milk bear a GTIN."""
    (line_id,) = await add_product_lines(
        tx, lines=[NewProductLine(brand_id=brand.id, code="DAIRY", name_zh="乳制品", name_en="Dairy")]
    )
    tax = await add_tax_class(tx, tax_class=NewTaxClass(code="V13", name_zh="13%", name_en="13 %", rate_ppm=130_000))
    return await add_skus(
        tx,
        skus=[
            NewSKU(
                brand_id=brand.id,
                product_line_id=line_id,
                tax_class_id=tax.id,
                code=goods.code,
                name_zh=goods.name_zh,
                name_en=goods.name_en,
                base_unit="盒",
                is_lot_tracked=True,
                shelf_life_days=goods.shelf_life_days,
                packs=(
                    NewPack(
                        code="CASE",
                        name_zh="箱",
                        name_en="case",
                        units=_UNITS,
                        gtin=CASE_GTIN if goods is GOODS[0] else None,
                    ),
                ),
            )
            for goods in GOODS
        ],
    )


async def _prices(tx: Tx, market: Market, skus: Sequence[tuple[int, int]]) -> None:
    since = (tx.now - timedelta(days=60)).date()

    def price_list(seller: AddedOrganization, code: str, name: str, per_cent: int) -> WholePriceList:
        prices = [
            NewPrice(
                sku_id=sku_id,
                pack_id=pack_id,
                price_minor=goods.price_minor * per_cent * (95 if tier > 1 else 100) // 10_000,
                min_packs=tier,
                valid_from=since,
            )
            for (sku_id, pack_id), goods in zip(skus, GOODS, strict=True)
            for tier in (1, 20)
        ]
        return WholePriceList(
            price_list=NewPriceList(
                seller_id=seller.id, code=code, name=name, currency="CNY", is_tax_included=True, valid_from=since
            ),
            assignments=(NewAssignment(audience=Audience.EVERYBODY),),
            prices=prices,
        )

    await open_price_lists(
        tx,
        lists=[
            price_list(market.factory, "OUT", "出厂价", 80),
            price_list(market.distributor, "SHOP", "门店供货价", 100),
        ],
    )


async def _counter(tx: Tx, shop: AddedOrganization, skus: Sequence[AddedSKU]) -> None:
    """Let the shop sell whole milk at its counter, by the box and by the case, and know a member."""
    milk, base_id, case_id = skus[0].id, skus[0].packs["unit"], skus[0].packs["CASE"]
    since = (tx.now - timedelta(days=60)).date()
    retail = WholePriceList(
        price_list=NewPriceList(
            seller_id=shop.id, code="RETAIL", name="零售价", currency="CNY", is_tax_included=True, valid_from=since
        ),
        assignments=(NewAssignment(audience=Audience.CONSUMER),),
        prices=[
            NewPrice(sku_id=milk, pack_id=base_id, price_minor=450, valid_from=since),
            NewPrice(sku_id=milk, pack_id=case_id, price_minor=5_000, valid_from=since),
        ],
    )
    await open_price_lists(tx, lists=[retail])
    receipt = Receipt(uuid7(at=tx.now), 1, key_of(bin_id=shop.bins["sellable"], sku_id=milk), 40, f"{tx.now:%y%m%d}")
    await receive(
        tx,
        cell_id=shop.home_cell,
        document_kind="opening",
        receipts=[receipt],
        kind="opening",
        business_on=tx.now.date(),
        user_id=None,
    )
    await add_members(tx, members=[NewMember(phone=MEMBER_PHONE, name="王芳", organization_id=shop.id)])


async def _stock(tx: Tx, owner: AddedOrganization, sku_ids: Sequence[int], *, share: int) -> None:
    today = tx.now.date()
    document_id = uuid7(at=tx.now)
    receipts = [
        Receipt(
            document_id,
            line_no,
            key_of(bin_id=owner.bins["sellable"], sku_id=sku_id),
            goods.stock * share,
            f"{today:%y%m%d}",
            today,
            today + timedelta(days=goods.shelf_life_days),
            goods.stock * share * goods.price_minor // (_UNITS * 2),
        )
        for line_no, (sku_id, goods) in enumerate(zip(sku_ids, GOODS, strict=True), start=1)
    ]
    await receive(
        tx,
        cell_id=owner.home_cell,
        document_kind="opening",
        receipts=receipts,
        kind="opening",
        business_on=today,
        user_id=None,
    )


async def _money(
    tx: Tx, *, owner: AddedOrganization, buyer: AddedOrganization, prepaid_minor: int, credit_minor: int
) -> None:
    """Let a buyer have money with its seller: put down, and on credit."""
    pair = {"owner": owner.party_id, "counterparty": buyer.party_id, "currency": "CNY"}
    opening, prepaid, _ = await open_accounts(
        tx,
        cell_id=owner.home_cell,
        accounts=[
            NewAccount(kind="opening", owner=owner.party_id, currency="CNY"),
            NewAccount(kind="prepaid", floor=0, **pair),
            NewAccount(kind="credit", floor=-credit_minor, **pair),
        ],
    )
    entry = NewEntry(
        id=uuid7(at=tx.now),
        kind="opening",
        document_kind="opening",
        document_id=uuid7(at=tx.now),
        postings=(Posting(opening, prepaid, prepaid_minor),),
        business_on=tx.now.date(),
    )
    await post(tx, cell_id=owner.home_cell, entries=[entry])


DATA_WORDS = (
    *(goods.name_zh for goods in GOODS),
    *("零售价", "王芳", "城西仓"),
    *("天润乳业", "天润杭州工厂", "杭州润丰商贸有限公司", "西湖便利店", "出厂价", "门店供货价"),
    *("林总", "郑厂长", "陈立", "李店长"),
    *("仓库", "门店", "盒", "箱"),
    "\u4e2d\u6587",
)
"""What stays Chinese on an English page: names and units of this market, and the name of the other language."""
