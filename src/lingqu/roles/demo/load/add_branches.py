"""Open the further warehouses on the last noon, bring goods there, and let orders choose between them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from uuid import UUID

from lingqu.kernel.ids import uuid7
from lingqu.modules.network.api import AddedNode, BinState, NewNode, add_nodes
from lingqu.modules.orders.api import Market, WorkRejected, read_order, reject_work
from lingqu.modules.routing.api import NewSetting, NodeSetting, put_setting
from lingqu.modules.stock.api import (
    NewTransfer,
    NewTransferLine,
    Part,
    Receipt,
    key_of,
    receive,
    receive_transfer,
    request_transfer,
    ship_transfer,
)
from lingqu.roles.demo.load.known import Known, at
from lingqu.roles.demo.load.open_work import place_open_orders
from lingqu.roles.demo.load.tally import Tally
from lingqu.roles.demo.plan.branches import (
    BRAND,
    BRAND_CASES,
    Branch,
    Moved,
    plan_branch_orders,
    plan_branches,
    plan_moves,
)
from lingqu.roles.demo.plan.goods import price_of
from lingqu.roles.demo.plan.open_orders import OpenOrder
from lingqu.roles.demo.plan.tariff import PLANT_PERCENT
from lingqu.roles.demo.plan.trade import Trade
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

_MADE_AGO = timedelta(days=12)
_NOTE = "分仓首批铺货"
_REASONS = ("叉车检修，今日无法出库", "库区消毒封闭", "盘点冻结出库")
_PARTS = 2


async def open_branches(
    database: Database, known: Known, market: Market, tally: Tally, trade: Trade, *, opened: Sequence[OpenOrder]
) -> None:
    """Open them, fill them, set the rules, and place the evening's last orders by these."""
    branches = plan_branches(known.plan.channel)
    moves = plan_moves(trade, branches, opened)
    noon = at(known.plan.last, 12)

    async def work(tx: Tx) -> None:
        nodes = await _open(tx, known, branches)
        await _bring(tx, known, nodes, moves)
        await _keep_reserve(tx, known, nodes)
        await _set_rules(tx, known, nodes)

    await database.run(work, now=noon)
    orders = plan_branch_orders(trade, moves)
    pairs = [(known.organizations[one.seller].id, known.organizations[one.buyer].id) for one in orders]
    await database.run(lambda tx: market.load(tx, pairs), now=noon)
    placed = await place_open_orders(database, known, market, tally, orders=orders, what="routed")
    if len(placed) == len(orders):
        late = at(known.plan.last, 22, 40)
        await database.run(lambda tx: _let_go(tx, known, dict(zip(orders, placed, strict=True))), now=late)


async def _let_go(tx: Tx, known: Known, placed: dict[OpenOrder, UUID]) -> None:
    """Let a warehouse of the distributor reject an order, which the next one takes, and all of them another."""
    seller = known.plan.stories.distributor
    scope = known.scope(seller, login="distributor-warehouse")
    tx.actor, tx.cell_id = scope.actor, scope.cell_id
    own = [order_id for order, order_id in placed.items() if order.seller == seller]
    for order_id, reasons in ((own[1], _REASONS[:1]), (own[3], _REASONS)):
        for reason in reasons:
            order = await read_order(tx, scope=scope, order_id=order_id)
            assert order.seller_side is not None, "the seller reads it"  # noqa: S101 - a bug, not a "no"
            node_id = next(node.node_id for node in order.seller_side.work if node.line_nos)
            asked = WorkRejected(node_id=node_id, reason=reason)
            await reject_work(tx, scope=scope, order_id=order_id, asked=asked)


async def _open(tx: Tx, known: Known, branches: Sequence[Branch]) -> dict[Branch, AddedNode]:
    """Make the nodes; a seller's first warehouse stands already."""
    new = [branch for branch in branches if branch.name]
    added = await add_nodes(
        tx,
        nodes=[
            NewNode(
                organization_id=known.organizations[branch.firm].id,
                home_cell=known.organizations[branch.firm].home_cell,
                kind="warehouse",
                code=branch.code,
                name=branch.name,
                region_id=branch.county.region_id,
                address=branch.county.name,
                latitude=branch.county.latitude,
                longitude=branch.county.longitude,
            )
            for branch in new
        ],
    )
    nodes = dict(zip(new, added, strict=True))
    for branch in branches:
        if not branch.name:
            home = known.organizations[branch.firm]
            nodes[branch] = AddedNode(id=home.node_id, bins=home.bins)
    return nodes


async def _bring(tx: Tx, known: Known, nodes: dict[Branch, AddedNode], moves: Sequence[Moved]) -> None:
    """Carry goods from each seller's first warehouse to its branches, as transfers that have arrived."""
    for branch, some in groupby(moves, key=lambda move: move.branch):
        scope = known.scope(branch.firm)
        tx.actor, tx.cell_id = scope.actor, scope.cell_id
        lines = [NewTransferLine(sku_id=known.skus[move.goods].id, quantity=move.quantity) for move in some]
        home = known.organizations[branch.firm].node_id
        new = NewTransfer(from_node_id=home, to_node_id=nodes[branch].id, lines=lines, note=_NOTE)
        asked = await request_transfer(tx, scope=scope, new=new)
        parts = [Part(line_no=line.line_no, quantity=line.quantity) for line in asked.lines]
        sent = await ship_transfer(tx, scope=scope, transfer_id=asked.id, parts=parts, if_match=asked.version)
        await receive_transfer(tx, scope=scope, transfer_id=asked.id, parts=parts, if_match=sent.version)


async def _keep_reserve(tx: Tx, known: Known, nodes: dict[Branch, AddedNode]) -> None:
    """Put the brand's reserve for the feasts into its warehouses: the farther one has the older goods."""
    brand, plan = known.organizations[BRAND], known.plan
    document = uuid7(at=tx.now)
    receipts: list[Receipt] = []
    own = [branch for branch in nodes if branch.firm == BRAND]
    for age, branch in enumerate(sorted(own, key=lambda one: one.code), start=1):
        for goods in plan.brand_goods:
            one = plan.goods[goods]
            made = plan.last - age * _MADE_AGO
            key = key_of(bin_id=nodes[branch].bins[BinState.SELLABLE], sku_id=known.skus[goods].id)
            cost = price_of(one.retail_minor, PLANT_PERCENT[0][1]) * BRAND_CASES * one.case
            expires = made + timedelta(days=one.family.shelf_days)
            receipts.append(
                Receipt(
                    document, len(receipts) + 1, key, BRAND_CASES * one.case, f"{made:%Y%m%d}R", made, expires, cost
                )
            )
    tx.actor, tx.cell_id = known.scope(BRAND).actor, brand.home_cell
    await receive(
        tx,
        cell_id=brand.home_cell,
        document_kind="opening",
        receipts=receipts,
        business_on=plan.last,
        user_id=known.managers[BRAND],
    )
    tx.record("stock-opening", document, after={"firm": BRAND}, cell_id=brand.home_cell)


async def _set_rules(tx: Tx, known: Known, nodes: dict[Branch, AddedNode]) -> None:
    """Switch routing on: each seller by the rules that fit its trade."""
    by_firm: dict[int, list[Branch]] = defaultdict(list)
    for branch in nodes:
        by_firm[branch.firm].append(branch)
    for firm, some in sorted(by_firm.items()):
        scope = known.scope(firm)
        tx.actor, tx.cell_id = scope.actor, scope.cell_id
        setting = NewSetting(
            is_active=True,
            max_parts=_PARTS,
            nodes=tuple(_node_setting(branch, nodes[branch].id) for branch in some),
        )
        await put_setting(tx, seller_id=known.organizations[firm].id, if_match=0, setting=setting)


def _node_setting(branch: Branch, node_id: int) -> NodeSetting:
    return NodeSetting(
        node_id=node_id,
        preference=branch.preference,
        levels=branch.levels,
        region_ids=branch.radius,
        base_minor=branch.base_minor,
        per_km_minor=branch.per_km_minor,
        lead_time_days=branch.lead_time_days,
        cut_off_minute=branch.cut_off_minute,
        lines_per_day=branch.lines_per_day,
    )
