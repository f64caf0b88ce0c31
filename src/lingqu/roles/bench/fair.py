"""A fair: sellers in several cells, each with a second node in another cell and dealers in their own and in others."""

from msgspec import Struct

from lingqu.modules.network.api import (
    AddedOrganization,
    Kind,
    NewLink,
    NewNode,
    add_links,
    add_nodes,
    add_organizations,
)
from lingqu.roles.bench.goods import OPENED_ON, add_goods, give_credit, lay_out, organization, sign_in
from lingqu.runtime.cells import cell_count
from lingqu.runtime.tx import Tx

SELLERS = 2
DEALERS = 4
PLENTY = 10_000_000
SCARCE = 30


class Dealer(Struct, frozen=True, kw_only=True):
    """Who buys, with a session."""

    organization: AddedOrganization
    token: str


class Stall(Struct, frozen=True, kw_only=True):
    """A seller with a session, its second node in another cell, and who buys here."""

    seller: AddedOrganization
    token: str
    branch_id: int
    dealers: list[Dealer]


class Fair(Struct, frozen=True, kw_only=True):
    """All stalls sell the same goods: two kinds that never run out and one of which there is little."""

    stalls: list[Stall]
    plenty: list[int]
    scarce: int


async def open_fair(tx: Tx) -> Fair:
    """Make the sellers, their goods and their dealers, all with money enough."""
    cells = await cell_count(tx)
    (brand,) = await add_organizations(tx, organizations=[organization(Kind.BRAND, "B")])
    sellers = await add_organizations(
        tx,
        organizations=[
            organization(Kind.DISTRIBUTOR, f"S{n}", parent=brand, home_cell=n % cells) for n in range(SELLERS)
        ],
    )
    *plenty, scarce = await add_goods(tx, brand=brand, sellers=sellers, codes=["A", "B", "C"])
    tokens = await sign_in(tx, kind=Kind.DISTRIBUTOR, organizations=sellers)
    stalls = [
        await _open_stall(tx, seller, token, cells=cells, plenty=plenty, scarce=scarce)
        for seller, token in zip(sellers, tokens, strict=True)
    ]
    return Fair(stalls=stalls, plenty=plenty, scarce=scarce)


async def _open_stall(
    tx: Tx, seller: AddedOrganization, token: str, *, cells: int, plenty: list[int], scarce: int
) -> Stall:
    elsewhere = (seller.home_cell + 1) % cells
    (branch,) = await add_nodes(
        tx, nodes=[NewNode(organization_id=seller.id, home_cell=elsewhere, kind="shop", code="N2", name="N2")]
    )
    dealers = await add_organizations(
        tx,
        organizations=[
            organization(Kind.DEALER, f"D{seller.id}-{n}", parent=seller, home_cell=(seller.home_cell + n) % cells)
            for n in range(DEALERS)
        ],
    )
    links = [
        NewLink(seller_id=seller.id, buyer_id=one.id, valid_from=OPENED_ON, title_passes=title)
        for one, title in zip(dealers, ["shipment", "receipt"] * (DEALERS // 2), strict=True)
    ]
    await add_links(tx, links=links)
    await give_credit(tx, seller=seller, buyers=dealers)
    amounts = {**dict.fromkeys(plenty, PLENTY), scarce: SCARCE}
    await lay_out(tx, seller=seller, amounts=amounts)
    opened = await sign_in(tx, kind=Kind.DEALER, organizations=dealers)
    return Stall(
        seller=seller,
        token=token,
        branch_id=branch.id,
        dealers=[Dealer(organization=one, token=dealer) for one, dealer in zip(dealers, opened, strict=True)],
    )
