"""A seller with one product and a crowd of buyers, each with a session: what a rush for scarce goods needs."""

from datetime import date

from msgspec import Struct

from lingqu.modules.catalog.api import NewSKU, NewTaxClass, add_skus, add_tax_class
from lingqu.modules.identity.api import NewUser, add_users, find_built_in_roles, open_session
from lingqu.modules.ledger.api import NewAccount, open_accounts
from lingqu.modules.network.api import (
    AddedOrganization,
    BinState,
    Kind,
    NewLink,
    NewOrganization,
    NewProductLine,
    add_links,
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
from lingqu.modules.stock.api import key_of
from lingqu.roles.built_in_roles import MANAGER
from lingqu.runtime.tx import Tx

_OPENED_ON = date(2020, 1, 1)
_LIMIT_MINOR = 1_000_000_000
_PRICE_MINOR = 1_000
_CURRENCY = "CNY"


class Crowd(Struct, frozen=True, kw_only=True):
    """Who buys what from whom. ``sleeper`` is a buyer whose orders wait an hour for approval, then expire."""

    seller: AddedOrganization
    sleeper: AddedOrganization
    buyers: list[AddedOrganization]
    tokens: list[str]
    sku_id: int
    key: int


async def gather_crowd(tx: Tx, *, size: int) -> Crowd:
    """Make the seller, its product and the buyers, all with money enough."""
    (brand,) = await add_organizations(tx, organizations=[_organization(Kind.BRAND, "B")])
    (seller,) = await add_organizations(tx, organizations=[_organization(Kind.DISTRIBUTOR, "D", brand)])
    sleeper, *buyers = await add_organizations(
        tx, organizations=[_organization(Kind.DEALER, f"D-{number}", seller) for number in range(size + 1)]
    )
    await add_links(
        tx,
        links=[
            NewLink(
                seller_id=seller.id,
                buyer_id=sleeper.id,
                valid_from=_OPENED_ON,
                approval_above_minor=0,
                approval_hours=1,
            ),
            *(NewLink(seller_id=seller.id, buyer_id=buyer.id, valid_from=_OPENED_ON) for buyer in buyers),
        ],
    )
    await open_accounts(
        tx,
        cell_id=seller.home_cell,
        accounts=[
            NewAccount(
                kind="credit",
                owner=seller.party_id,
                counterparty=buyer.party_id,
                currency=_CURRENCY,
                floor=-_LIMIT_MINOR,
            )
            for buyer in (sleeper, *buyers)
        ],
    )
    sku_id = await _add_product(tx, brand, seller)
    return Crowd(
        seller=seller,
        sleeper=sleeper,
        buyers=buyers,
        tokens=await _sign_in(tx, buyers),
        sku_id=sku_id,
        key=key_of(bin_id=seller.bins[BinState.SELLABLE], sku_id=sku_id),
    )


def _organization(kind: Kind, code: str, parent: AddedOrganization | None = None) -> NewOrganization:
    return NewOrganization(kind=kind, code=code, name=code, parent_id=None if parent is None else parent.id)


async def _add_product(tx: Tx, brand: AddedOrganization, seller: AddedOrganization) -> int:
    (line_id,) = await add_product_lines(
        tx, lines=[NewProductLine(brand_id=brand.id, code="L", name_zh="产品线", name_en="Line")]
    )
    tax = await add_tax_class(tx, tax_class=NewTaxClass(code="T", name_zh="免税", name_en="No tax", rate_ppm=0))
    (sku,) = await add_skus(
        tx,
        skus=[
            NewSKU(
                brand_id=brand.id,
                product_line_id=line_id,
                tax_class_id=tax.id,
                code="S",
                name_zh="紧俏品",
                name_en="Scarce",
                base_unit="件",
            )
        ],
    )
    price_list = NewPriceList(
        seller_id=seller.id, code="P", name="P", currency=_CURRENCY, is_tax_included=True, valid_from=_OPENED_ON
    )
    (pack_id,) = sku.packs.values()
    price = NewPrice(sku_id=sku.id, pack_id=pack_id, price_minor=_PRICE_MINOR, valid_from=_OPENED_ON)
    everybody = NewAssignment(audience=Audience.EVERYBODY)
    await open_price_lists(tx, lists=[WholePriceList(price_list=price_list, assignments=(everybody,), prices=[price])])
    return sku.id


async def _sign_in(tx: Tx, buyers: list[AddedOrganization]) -> list[str]:
    role_id = (await find_built_in_roles(tx))[Kind.DEALER, MANAGER]
    users = [
        NewUser(login=f"buyer-{number}", name="Buyer", party_id=buyer.party_id, role_ids=(role_id,))
        for number, buyer in enumerate(buyers)
    ]
    user_ids = await add_users(tx, users=users)
    opened = [
        await open_session(tx, user_id=user_id, party_id=buyer.party_id)
        for user_id, buyer in zip(user_ids, buyers, strict=True)
    ]
    return [session.token for session in opened]
