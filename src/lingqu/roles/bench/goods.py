"""What every measurement needs before it begins: goods with a price at each seller, and people signed in."""

from collections.abc import Mapping, Sequence
from datetime import date

from lingqu.kernel.ids import uuid7
from lingqu.modules.catalog.api import AddedSKU, NewSKU, NewTaxClass, add_skus, add_tax_class
from lingqu.modules.identity.api import NewUser, add_users, find_built_in_roles, open_session
from lingqu.modules.ledger.api import NewAccount, open_accounts
from lingqu.modules.network.api import (
    AddedOrganization,
    BinState,
    Kind,
    NewOrganization,
    NewProductLine,
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
from lingqu.modules.stock.api import MoveKind, Receipt, key_of, receive
from lingqu.roles.built_in_roles import MANAGER
from lingqu.runtime.tx import Tx

OPENED_ON = date(2020, 1, 1)
PRICE_MINOR = 1_000
CURRENCY = "CNY"
_LIMIT_MINOR = 1_000_000_000_000


def organization(
    kind: Kind,
    code: str,
    *,
    parent: AddedOrganization | None = None,
    home_cell: int | None = None,
    level: str = "",
) -> NewOrganization:
    """Describe an organization that bears its code as its name."""
    parent_id = None if parent is None else parent.id
    return NewOrganization(kind=kind, code=code, name=code, parent_id=parent_id, home_cell=home_cell, level=level)


async def add_skus_of(tx: Tx, *, brand: AddedOrganization, codes: Sequence[str]) -> list[AddedSKU]:
    """Make a brand's SKUs, tax-free and without lots."""
    (line_id,) = await add_product_lines(
        tx, lines=[NewProductLine(brand_id=brand.id, code="L", name_zh="产品线", name_en="Line")]
    )
    tax = await add_tax_class(tx, tax_class=NewTaxClass(code="T", name_zh="免税", name_en="No tax", rate_ppm=0))
    return await add_skus(
        tx,
        skus=[
            NewSKU(
                brand_id=brand.id,
                product_line_id=line_id,
                tax_class_id=tax.id,
                code=code,
                name_zh=f"商品 {code}",
                name_en=f"Goods {code}",
                base_unit="件",
            )
            for code in codes
        ],
    )


async def add_goods(
    tx: Tx, *, brand: AddedOrganization, sellers: Sequence[AddedOrganization], codes: Sequence[str]
) -> list[int]:
    """Make a brand's SKUs, tax-free and without lots, and give everybody one price for each at every seller."""
    skus = await add_skus_of(tx, brand=brand, codes=codes)
    prices = [
        NewPrice(sku_id=sku.id, pack_id=next(iter(sku.packs.values())), price_minor=PRICE_MINOR, valid_from=OPENED_ON)
        for sku in skus
    ]
    lists = [
        WholePriceList(
            price_list=NewPriceList(
                seller_id=seller.id, code="P", name="P", currency=CURRENCY, is_tax_included=True, valid_from=OPENED_ON
            ),
            assignments=(NewAssignment(audience=Audience.EVERYBODY),),
            prices=prices,
        )
        for seller in sellers
    ]
    await open_price_lists(tx, lists=lists)
    return [sku.id for sku in skus]


async def lay_out(tx: Tx, *, seller: AddedOrganization, amounts: Mapping[int, int]) -> None:
    """Put opening stock on a seller's shelf: base units by SKU, at one minor unit of cost each."""
    bin_id = seller.bins[BinState.SELLABLE]
    await receive(
        tx,
        cell_id=seller.home_cell,
        document_kind="opening",
        receipts=[
            Receipt(uuid7(at=tx.now), 1, key_of(bin_id=bin_id, sku_id=sku_id), amount, cost_minor=amount)
            for sku_id, amount in amounts.items()
        ],
        kind=MoveKind.OPENING,
        business_on=tx.now.date(),
        user_id=None,
    )


async def give_credit(tx: Tx, *, seller: AddedOrganization, buyers: Sequence[AddedOrganization]) -> None:
    """Let buyers owe a seller more than any measurement can spend."""
    accounts = [
        NewAccount(
            kind="credit",
            owner=seller.party_id,
            counterparty=buyer.party_id,
            currency=CURRENCY,
            floor=-_LIMIT_MINOR,
        )
        for buyer in buyers
    ]
    await open_accounts(tx, cell_id=seller.home_cell, accounts=accounts)


async def sign_in(tx: Tx, *, kind: Kind, organizations: Sequence[AddedOrganization]) -> list[str]:
    """Make a manager of each organization and open a session; give the tokens."""
    role_id = (await find_built_in_roles(tx))[kind, MANAGER]
    users = [
        NewUser(login=f"manager-{one.id}", name="Manager", party_id=one.party_id, role_ids=(role_id,))
        for one in organizations
    ]
    user_ids = await add_users(tx, users=users)
    return [
        (await open_session(tx, user_id=user_id, party_id=one.party_id)).token
        for user_id, one in zip(user_ids, organizations, strict=True)
    ]
