"""A seller with one product and a crowd of buyers, each with a session: what a rush for scarce goods needs."""

from msgspec import Struct

from lingqu.modules.network.api import AddedOrganization, BinState, Kind, NewLink, add_links, add_organizations
from lingqu.modules.stock.api import key_of
from lingqu.roles.bench.goods import OPENED_ON, add_goods, give_credit, organization, sign_in
from lingqu.runtime.tx import Tx


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
    (brand,) = await add_organizations(tx, organizations=[organization(Kind.BRAND, "B")])
    (seller,) = await add_organizations(tx, organizations=[organization(Kind.DISTRIBUTOR, "D", parent=brand)])
    sleeper, *buyers = await add_organizations(
        tx, organizations=[organization(Kind.DEALER, f"D-{number}", parent=seller) for number in range(size + 1)]
    )
    await add_links(
        tx,
        links=[
            NewLink(
                seller_id=seller.id,
                buyer_id=sleeper.id,
                valid_from=OPENED_ON,
                approval_above_minor=0,
                approval_hours=1,
            ),
            *(NewLink(seller_id=seller.id, buyer_id=buyer.id, valid_from=OPENED_ON) for buyer in buyers),
        ],
    )
    await give_credit(tx, seller=seller, buyers=[sleeper, *buyers])
    (sku_id,) = await add_goods(tx, brand=brand, sellers=[seller], codes=["S"])
    return Crowd(
        seller=seller,
        sleeper=sleeper,
        buyers=buyers,
        tokens=await sign_in(tx, kind=Kind.DEALER, organizations=buyers),
        sku_id=sku_id,
        key=key_of(bin_id=seller.bins[BinState.SELLABLE], sku_id=sku_id),
    )
