"""Cases of stock: each distributor has goods at two nodes, an open count sheet and a transfer on its way."""

from collections.abc import Callable
from typing import Any

from lingqu.kernel.scope import Actor
from lingqu.modules.network.api import BinState, NewNode, add_nodes, scope_of_party
from lingqu.modules.stock.block import Blocking, block
from lingqu.modules.stock.open_count import NewCount, open_count
from lingqu.modules.stock.open_stock import OpeningLine, open_stock
from lingqu.modules.stock.request_transfer import NewTransfer, NewTransferLine, request_transfer
from lingqu.modules.stock.ship_transfer import ship_transfer
from lingqu.modules.stock.transfers import Part
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

OWNERS = {"east": "factory", "west": "mill"}
"""Who has stock, and whose goods they are."""
_DEALERS = {"east": frozenset({"east1", "east2"}), "west": frozenset({"west1", "west2"})}


async def build(tx: Tx, world: World) -> None:
    """Open stock, a count and two transfers: one on its way, one only asked for."""
    for key, maker in OWNERS.items():
        place = world[key]
        scope = await scope_of_party(tx, actor=Actor(place.added.party_id), permissions=frozenset())
        assert scope is not None
        sku_id, shop_id = world.made["sku", maker], place.added.node_id
        # A node of its own: what orders find at the first one is theirs.
        (store,) = await add_nodes(
            tx,
            nodes=[
                NewNode(
                    organization_id=place.id, home_cell=place.added.home_cell, kind="warehouse", code="2", name="二库"
                )
            ],
        )
        opening = [OpeningLine(sku_id=sku_id, quantity=100, cost_minor=1000)]
        await open_stock(tx, scope=scope, node_id=store.id, lines=opening)
        await block(tx, scope=scope, blocking=Blocking(node_id=store.id, sku_id=sku_id, quantity=10, reason="x"))
        sheet = await open_count(tx, scope=scope, new=NewCount(node_id=store.id, title="Count"))
        new = NewTransfer(
            from_node_id=store.id, to_node_id=shop_id, lines=[NewTransferLine(sku_id=sku_id, quantity=10)]
        )
        asked = await request_transfer(tx, scope=scope, new=new)
        sent = await request_transfer(tx, scope=scope, new=new)
        sent = await ship_transfer(
            tx, scope=scope, transfer_id=sent.id, parts=[Part(line_no=1, quantity=5)], if_match=sent.version
        )
        cursor = await tx.connection.execute("select id from stock.move where document_id = %s", (sent.id,))
        move = await cursor.fetchone()
        assert move is not None
        lot = f"{store.bins[BinState.SELLABLE]}-{sku_id}-"
        made = {"node": store.id, "shop": shop_id, "count": sheet.id, "asked": asked.id, "sent": sent.id}
        for kind, value in (made | {"move": move[0], "lot": lot}).items():
            world.made[f"stock-{kind}", key] = value


def own(by: str, describe: Callable[[World, str], dict[str, Any]]) -> Callable[[World], list[Target]]:
    """Make targets that only their owner's tree may reach."""

    def targets(world: World) -> list[Target]:
        return [Target(owners=frozenset({key}), by=f"{key}/{by}", **describe(world, key)) for key in OWNERS]

    return targets


def _shown(world: World) -> list[Target]:
    """Stock is shown to the dealers whose link lets them see it."""
    return [
        Target(
            owners=frozenset({key}) | _DEALERS[key],
            by=f"{key}1/viewer",
            path={"node_id": world.made["stock-node", key], "sku_id": world.made["sku", OWNERS[key]]},
            id=f"{world.made['stock-node', key]}-{world.made['sku', OWNERS[key]]}",
        )
        for key in OWNERS
    ]


def _listed(kind: str) -> Callable[[World, str], dict[str, Any]]:
    return lambda world, key: {"id": world.made[f"stock-{kind}", key]}


def _one(kind: str, path: str, **given: Any) -> Callable[[World, str], dict[str, Any]]:
    return lambda world, key: {"path": {path: world.made[f"stock-{kind}", key]}} | given


def _at_node(**given: Any) -> Callable[[World, str], dict[str, Any]]:
    return lambda world, key: {"body": {"node_id": world.made["stock-node", key]} | given}


def _goods(**given: Any) -> Callable[[World, str], dict[str, Any]]:
    return lambda world, key: {
        "body": {"node_id": world.made["stock-node", key], "sku_id": world.made["sku", OWNERS[key]]} | given
    }


def _adjustment(world: World, key: str) -> dict[str, Any]:
    lines = [{"sku_id": world.made["sku", OWNERS[key]], "quantity": -1}]
    return {"body": {"node_id": world.made["stock-node", key], "reason": "dropped", "lines": lines}}


def _opening(world: World, key: str) -> dict[str, Any]:
    lines = [{"sku_id": world.made["away", OWNERS[key]], "quantity": 1}]
    return {"body": {"node_id": world.made["stock-node", key], "lines": lines}}


def _transfer(world: World, key: str) -> dict[str, Any]:
    lines = [{"sku_id": world.made["sku", OWNERS[key]], "quantity": 1}]
    nodes = {"from_node_id": world.made["stock-node", key], "to_node_id": world.made["stock-shop", key]}
    return {"body": nodes | {"lines": lines}}


def _counted(world: World, key: str) -> dict[str, Any]:
    lines = [{"sku_id": world.made["sku", OWNERS[key]], "counted": 80}]
    return {"path": {"sheet_id": world.made["stock-count", key]}, "body": {"lines": lines}, "if_match": 1}


_PARTS = {"lines": [{"line_no": 1, "quantity": 5}]}
_BECAUSE = {"reason": "no need"}

CASES = {
    "list_stock_lines": Case(targets=_shown, is_list=True),
    "read_node_stock": Case(targets=_shown),
    "list_stock_lots": Case(targets=own("viewer", _listed("lot")), is_list=True),
    "list_stock_moves": Case(targets=own("viewer", _listed("move")), is_list=True),
    "list_stock_values": Case(
        targets=own("accountant", lambda world, key: {"id": f"{world[key].id}-{world.made['sku', OWNERS[key]]}"}),
        is_list=True,
    ),
    "list_stock_value_totals": Case(
        targets=own("accountant", lambda world, key: {"id": world[key].id}), is_list=True, item="organization_id"
    ),
    "adjust_stock": Case(targets=own("warehouse", _adjustment)),
    "open_node_stock": Case(targets=own("manager", _opening)),
    "block_stock": Case(targets=own("warehouse", _goods(quantity=1, reason="smells"))),
    "unblock_stock": Case(targets=own("warehouse", _goods(quantity=1, reason="smells not"))),
    "list_counts": Case(targets=own("viewer", _listed("count")), is_list=True),
    "read_count": Case(targets=own("viewer", _one("count", "sheet_id"))),
    "open_count_sheet": Case(targets=own("warehouse", _at_node(title="Again"))),
    "enter_count_lines": Case(targets=own("warehouse", _counted)),
    "post_count": Case(targets=own("warehouse", _one("count", "sheet_id", if_match=1))),
    "cancel_count": Case(targets=own("warehouse", _one("count", "sheet_id", if_match=1))),
    "list_transfers": Case(targets=own("viewer", _listed("asked")), is_list=True),
    "read_transfer": Case(targets=own("viewer", _one("asked", "transfer_id"))),
    "request_transfer": Case(targets=own("warehouse", _transfer)),
    "ship_transfer": Case(targets=own("warehouse", _one("asked", "transfer_id", body=_PARTS, if_match=1))),
    "receive_transfer": Case(targets=own("warehouse", _one("sent", "transfer_id", body=_PARTS, if_match=2))),
    "close_transfer": Case(targets=own("warehouse", _one("sent", "transfer_id", body=_BECAUSE, if_match=2))),
    "cancel_transfer": Case(targets=own("warehouse", _one("asked", "transfer_id", body=_BECAUSE, if_match=1))),
}
