"""A whole market: sellers over every cell, thousands of dealers with credit and a session each, goods, price lists.

Some goods are sold out and some dealers have no money, so that a known share of the orders is refused.
"""

import random
from collections.abc import Sequence

from msgspec import Struct

from lingqu.modules.catalog.api import AddedSKU
from lingqu.modules.ledger.api import NewAccount, open_accounts
from lingqu.modules.network.api import AddedOrganization, Kind, NewLink, add_links, add_organizations
from lingqu.modules.pricing.api import Audience, NewAssignment, NewPrice, NewPriceList, WholePriceList, open_price_lists
from lingqu.roles.bench.goods import CURRENCY, OPENED_ON, add_skus_of, lay_out, organization, sign_in
from lingqu.runtime.cells import cell_count
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

SKUS = 1_000
SOLD_OUT = 4
LEVELS = ("gold", "silver", "bronze")
_STOCK = 2_000_000_000
_LIMIT_MINOR = 10**14
_RUNGS = ((1, 1_000), (10, 950), (100, 900))
_SOME = 1_000


class Customer(Struct, frozen=True):
    """Who buys from whom, with the token of a session."""

    seller_id: int
    token: str


class Market(Struct, frozen=True):
    """What the load needs to know. The last goods of ``sold_out`` are nowhere in stock; ``poor`` cannot pay."""

    skus: list[int]
    sold_out: list[int]
    customers: list[Customer]
    poor: list[Customer]


async def open_market(database: Database, *, dealers: int, poor: int, sellers: int, goods: int) -> Market:
    """Fill an installation."""
    shops, skus = await database.run(lambda tx: _open_shops(tx, sellers, goods))
    await database.run(lambda tx: _price(tx, shops, skus))
    amounts = {sku.id: _STOCK for sku in skus[:-SOLD_OUT]}
    for shop in shops:
        await database.run(lambda tx, shop=shop: lay_out(tx, seller=shop, amounts=amounts))  # type: ignore[misc]
    customers: list[Customer] = []
    total = dealers + poor
    for start in range(0, total, _SOME):
        numbers = range(start, min(start + _SOME, total))
        customers += await database.run(lambda tx, numbers=numbers: _settle(tx, shops, numbers, rich=dealers))  # type: ignore[misc]
    ids = [sku.id for sku in skus]
    return Market(ids[:-SOLD_OUT], ids[-SOLD_OUT:], customers[:dealers], customers[dealers:])


async def _open_shops(tx: Tx, sellers: int, goods: int) -> tuple[list[AddedOrganization], list[AddedSKU]]:
    cells = await cell_count(tx)
    (brand,) = await add_organizations(tx, organizations=[organization(Kind.BRAND, "B")])
    shops = await add_organizations(
        tx,
        organizations=[
            organization(Kind.DISTRIBUTOR, f"S{n}", parent=brand, home_cell=n % cells) for n in range(sellers)
        ],
    )
    skus = await add_skus_of(tx, brand=brand, codes=[f"G{n}" for n in range(goods + SOLD_OUT)])
    return shops, skus


async def _price(tx: Tx, shops: Sequence[AddedOrganization], skus: Sequence[AddedSKU]) -> None:
    """Give every seller a list for everybody, and one for each level that names a third of the goods."""
    lists: list[WholePriceList] = []
    for shop in shops:
        lists.append(_list(shop, "ALL", NewAssignment(audience=Audience.EVERYBODY), skus, 0))
        for number, level in enumerate(LEVELS):
            some = skus[number :: len(LEVELS)]
            lists.append(
                _list(shop, level, NewAssignment(audience=Audience.LEVEL, level=level), some, 10 * number + 10)
            )
    await open_price_lists(tx, lists=lists)


def _list(
    shop: AddedOrganization, code: str, whom: NewAssignment, skus: Sequence[AddedSKU], less_minor: int
) -> WholePriceList:
    head = NewPriceList(
        seller_id=shop.id, code=code, name=code, currency=CURRENCY, is_tax_included=True, valid_from=OPENED_ON
    )
    prices = [
        NewPrice(
            sku_id=sku.id,
            pack_id=next(iter(sku.packs.values())),
            min_packs=packs,
            price_minor=price - less_minor,
            valid_from=OPENED_ON,
        )
        for sku in skus
        for packs, price in _RUNGS
    ]
    return WholePriceList(price_list=head, assignments=(whom,), prices=prices)


async def _settle(tx: Tx, shops: Sequence[AddedOrganization], numbers: range, *, rich: int) -> list[Customer]:
    """Make dealers with a link, an account and a session each."""
    of = [shops[number % len(shops)] for number in numbers]
    dealers = await add_organizations(
        tx,
        organizations=[
            organization(
                Kind.DEALER, f"D{number}", parent=shop, home_cell=shop.home_cell, level=LEVELS[number % len(LEVELS)]
            )
            for number, shop in zip(numbers, of, strict=True)
        ],
    )
    await add_links(
        tx,
        links=[
            NewLink(seller_id=shop.id, buyer_id=one.id, valid_from=OPENED_ON)
            for shop, one in zip(of, dealers, strict=True)
        ],
    )
    for cell_id in sorted({shop.home_cell for shop in of}):
        accounts = [
            NewAccount(
                kind="credit",
                owner=shop.party_id,
                counterparty=one.party_id,
                currency=CURRENCY,
                floor=-_LIMIT_MINOR if number < rich else 0,
            )
            for number, shop, one in zip(numbers, of, dealers, strict=True)
            if shop.home_cell == cell_id
        ]
        await open_accounts(tx, cell_id=cell_id, accounts=accounts)
    tokens = await sign_in(tx, kind=Kind.DEALER, organizations=dealers)
    return [Customer(shop.id, token) for shop, token in zip(of, tokens, strict=True)]


def zipf(count: int, *, seed: int) -> list[float]:
    """Give the cumulative weights of goods whose popularity falls as 1/rank."""
    order = list(range(1, count + 1))
    random.Random(seed).shuffle(order)  # noqa: S311 - a fixed seed makes figures comparable
    total, weights = 0.0, []
    for rank in order:
        total += 1.0 / rank
        weights.append(total)
    return weights
