"""Three warehouses of one seller: at home, near its first buyer, and far away."""

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import BinState, NewNode, add_nodes
from lingqu.modules.orders.types import Placed
from lingqu.modules.routing.permissions import PERMISSIONS
from lingqu.modules.routing.setting import set_setting
from lingqu.modules.routing.types import NewSetting, SettingView
from lingqu.modules.stock.api import Receipt, key_of, receive
from lingqu.runtime.tx import Tx
from tests.orders.trade import Trade

BUYER_AT = (30.25, 120.17)
"""Hangzhou; the near warehouse is in Shaoxing, home in Nanjing, the far one in Wuhan."""


class Places(Struct):
    """A trade and its seller's nodes and sellable bins, by name."""

    trade: Trade
    nodes: dict[str, int]
    bins: dict[str, int]

    def scope(self) -> Scope:
        scope = self.trade.scope(self.trade.seller)
        return replace(scope, permissions=scope.permissions | {p.code for p in PERMISSIONS})

    def key(self, place: str, sku: int = 0) -> int:
        return key_of(bin_id=self.bins[place], sku_id=self.trade.skus[sku])

    async def switch_on(self, *, if_match: int = 0, **given: Any) -> SettingView:
        async def work(tx: Tx) -> SettingView:
            setting = NewSetting(is_active=True, **given)
            return await set_setting(tx, scope=self.scope(), if_match=if_match, setting=setting)

        return await self.trade.run(work, who=self.trade.seller)

    async def stock(self, place: str, quantity: int, *, sku: int = 0) -> None:
        trade = self.trade
        receipt = Receipt(uuid7(), 1, self.key(place, sku), quantity, "L1", None, None, quantity * 500)
        await trade.run(
            lambda tx: receive(
                tx,
                cell_id=trade.cell,
                document_kind="opening",
                receipts=[receipt],
                business_on=trade.today,
                user_id=None,
            )
        )

    async def place(self, *lines: tuple[int, int], **given: Any) -> Placed:
        trade = self.trade
        return await trade.intake.place(
            scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order(*lines, **given)
        )

    async def reserved(self, sku: int = 0) -> dict[str, int]:
        return {name: (await self.trade.on_hand(self.key(name, sku)))[1] for name in self.bins}


async def build_places(tx: Tx, trade: Trade) -> Places:
    seller = trade.seller
    await tx.connection.execute(
        "update network.organization set latitude = %s, longitude = %s where id = %s", (*BUYER_AT, trade.buyers[0].id)
    )
    home = seller.node_id
    assert home is not None
    await tx.connection.execute("update network.node set latitude = 32.06, longitude = 118.79 where id = %s", (home,))
    near, far = await add_nodes(
        tx,
        nodes=[
            NewNode(
                organization_id=seller.id,
                kind="warehouse",
                code=code,
                name=code,
                latitude=latitude,
                longitude=longitude,
                home_cell=seller.home_cell,
            )
            for code, latitude, longitude in (("near", 30.0, 120.58), ("far", 30.59, 114.3))
        ],
    )
    bins = {"home": seller.bins[BinState.SELLABLE]}
    bins |= {"near": near.bins[BinState.SELLABLE], "far": far.bins[BinState.SELLABLE]}
    return Places(trade=trade, nodes={"home": home, "near": near.id, "far": far.id}, bins=bins)
