"""Routes of stock."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import Invalid, NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.network.api import organization_terms
from lingqu.modules.stock import adjust as adjusting
from lingqu.modules.stock import block as blocking
from lingqu.modules.stock import (
    counts,
    enter_count,
    list_lots,
    list_moves,
    list_stock,
    list_values,
    open_count,
    open_stock,
    transfers,
)
from lingqu.modules.stock import post_count as posting
from lingqu.modules.stock import receive_transfer as receiving
from lingqu.modules.stock import request_transfer as requesting
from lingqu.modules.stock import ship_transfer as shipping
from lingqu.modules.stock.adjust import AdjustmentLine
from lingqu.modules.stock.adjusted import Adjusted, Reason
from lingqu.modules.stock.block import Blocked, Blocking
from lingqu.modules.stock.counts import CountHead, CountQuery, CountSheet
from lingqu.modules.stock.enter_count import Counted
from lingqu.modules.stock.exchange import OutOfStock
from lingqu.modules.stock.list_lots import LotLine, LotQuery
from lingqu.modules.stock.list_moves import MoveLine, MoveQuery
from lingqu.modules.stock.list_stock import NodeStock, StockLine, StockQuery
from lingqu.modules.stock.list_values import TotalQuery, ValueLine, ValueQuery, ValueTotal
from lingqu.modules.stock.lots import LotDiffers, LotNeeded
from lingqu.modules.stock.open_count import NewCount
from lingqu.modules.stock.open_stock import AlreadyOpened, OpeningLine
from lingqu.modules.stock.request_transfer import NewTransfer
from lingqu.modules.stock.ship_transfer import MoreThanAsked
from lingqu.modules.stock.transfers import Part, Transfer, TransferHead, TransferQuery
from lingqu.runtime.http.route import get, post, put
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx

Id = Annotated[int, Meta(ge=1)]


class Adjustment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Goods that appear or vanish at a node, and why."""

    node_id: Id
    reason: Reason
    lines: Annotated[list[AdjustmentLine], Meta(min_length=1, max_length=1000)]


class Opening(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What lies at a node on its first day; ``business_on`` defaults to today."""

    node_id: Id
    business_on: date | None = None
    lines: Annotated[list[OpeningLine], Meta(min_length=1, max_length=1000)]


class CountEntries(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was counted."""

    lines: Annotated[list[Counted], Meta(min_length=1, max_length=1000)]


class Parts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is shipped or received now."""

    lines: Annotated[list[Part], Meta(min_length=1, max_length=1000)]


class Because(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why."""

    reason: Reason


async def _today(tx: Tx, scope: Scope) -> date:
    terms = await organization_terms(tx, organization_ids=[scope.organization_id])
    return business_date(tx.now, terms[scope.organization_id].time_zone)


@get("/stock", permission="stock.read", summary="Stock by node and SKU: one's own, and what sellers show")
async def list_stock_lines(tx: Tx, *, scope: Scope, query: StockQuery) -> Listed[StockLine]:
    return await list_stock.list_stock(tx, scope=scope, query=query, today=await _today(tx, scope))


@get(
    "/stock/nodes/{node_id:int}/skus/{sku_id:int}",
    permission="stock.read",
    summary="One SKU at one node with its lots",
    refusals=[NotFound],
)
async def read_node_stock(tx: Tx, *, scope: Scope, node_id: int, sku_id: int) -> NodeStock:
    today = await _today(tx, scope)
    return await list_stock.read_stock(tx, scope=scope, node_id=node_id, sku_id=sku_id, today=today)


@get("/stock/lots", permission="stock.read", summary="Lots, the first to expire first")
async def list_stock_lots(tx: Tx, *, scope: Scope, query: LotQuery) -> Listed[LotLine]:
    return await list_lots.list_lots(tx, scope=scope, query=query, today=await _today(tx, scope))


@get("/stock/moves", permission="stock.read", summary="Every change of on-hand")
async def list_stock_moves(tx: Tx, *, scope: Scope, query: MoveQuery) -> Listed[MoveLine]:
    return await list_moves.list_moves(tx, scope=scope, query=query)


@get("/stock/values", permission="stock.value", summary="Quantity and value of stock at the end of a day, by SKU")
async def list_stock_values(tx: Tx, *, scope: Scope, query: ValueQuery) -> Listed[ValueLine]:
    return await list_values.list_values(tx, scope=scope, query=query, today=await _today(tx, scope))


@get("/stock/value-totals", permission="stock.value", summary="Value of stock at the end of a day, by organization")
async def list_stock_value_totals(tx: Tx, *, scope: Scope, query: TotalQuery) -> Listed[ValueTotal]:
    return await list_values.list_value_totals(tx, scope=scope, query=query, today=await _today(tx, scope))


@post(
    "/stock/adjustments",
    permission="stock.adjust",
    summary="Put stock right by hand",
    refusals=[NotFound, Invalid, OutOfStock, LotNeeded, LotDiffers],
)
async def adjust_stock(tx: Tx, *, scope: Scope, body: Adjustment) -> Adjusted:
    return await adjusting.adjust(tx, scope=scope, node_id=body.node_id, lines=body.lines, reason=body.reason)


@post(
    "/stock/openings",
    permission="stock.open",
    summary="Load opening stock",
    refusals=[NotFound, Invalid, AlreadyOpened, LotNeeded, LotDiffers],
)
async def open_node_stock(tx: Tx, *, scope: Scope, body: Opening) -> Adjusted:
    return await open_stock.open_stock(
        tx, scope=scope, node_id=body.node_id, lines=body.lines, business_on=body.business_on
    )


@post(
    "/stock/blockings", permission="stock.adjust", summary="Keep goods back from sale", refusals=[NotFound, OutOfStock]
)
async def block_stock(tx: Tx, *, scope: Scope, body: Blocking) -> Blocked:
    return await blocking.block(tx, scope=scope, blocking=body)


@post(
    "/stock/unblockings",
    permission="stock.adjust",
    summary="Let goods be sold again that were kept back",
    refusals=[NotFound, OutOfStock],
)
async def unblock_stock(tx: Tx, *, scope: Scope, body: Blocking) -> Blocked:
    return await blocking.unblock(tx, scope=scope, blocking=body)


@get("/stock/counts", permission="stock.read", summary="Count sheets")
async def list_counts(tx: Tx, *, scope: Scope, query: CountQuery) -> Listed[CountHead]:
    return await counts.list_counts(tx, scope=scope, query=query)


@get(
    "/stock/counts/{sheet_id:uuid}",
    permission="stock.read",
    summary="A count sheet with its lines",
    refusals=[NotFound],
)
async def read_count(tx: Tx, *, scope: Scope, sheet_id: UUID) -> CountSheet:
    return await counts.read_count(tx, scope=scope, sheet_id=sheet_id)


@post("/stock/counts", permission="stock.adjust", summary="Open a count sheet", refusals=[NotFound])
async def open_count_sheet(tx: Tx, *, scope: Scope, body: NewCount) -> CountSheet:
    return await open_count.open_count(tx, scope=scope, new=body)


@put(
    "/stock/counts/{sheet_id:uuid}/lines",
    permission="stock.adjust",
    summary="Enter what was counted",
    refusals=[NotFound, WrongState, Stale, Invalid, LotNeeded],
)
async def enter_count_lines(tx: Tx, *, scope: Scope, sheet_id: UUID, body: CountEntries, if_match: int) -> CountSheet:
    return await enter_count.enter_count(tx, scope=scope, sheet_id=sheet_id, lines=body.lines, if_match=if_match)


@post(
    "/stock/counts/{sheet_id:uuid}/posting",
    permission="stock.adjust",
    summary="Post the differences of a count",
    refusals=[NotFound, WrongState, Stale, OutOfStock],
)
async def post_count(tx: Tx, *, scope: Scope, sheet_id: UUID, if_match: int) -> CountSheet:
    return await posting.post_count(tx, scope=scope, sheet_id=sheet_id, if_match=if_match)


@post(
    "/stock/counts/{sheet_id:uuid}/cancellation",
    permission="stock.adjust",
    summary="Drop a count sheet",
    refusals=[NotFound, WrongState, Stale],
)
async def cancel_count(tx: Tx, *, scope: Scope, sheet_id: UUID, if_match: int) -> CountSheet:
    return await posting.cancel_count(tx, scope=scope, sheet_id=sheet_id, if_match=if_match)


@get("/stock/transfers", permission="stock.read", summary="Transfers between nodes")
async def list_transfers(tx: Tx, *, scope: Scope, query: TransferQuery) -> Listed[TransferHead]:
    return await transfers.list_transfers(tx, scope=scope, query=query)


@get("/stock/transfers/{transfer_id:uuid}", permission="stock.read", summary="One transfer", refusals=[NotFound])
async def read_transfer(tx: Tx, *, scope: Scope, transfer_id: UUID) -> Transfer:
    return await transfers.read_transfer(tx, scope=scope, transfer_id=transfer_id)


@post("/stock/transfers", permission="stock.transfer", summary="Ask for a transfer", refusals=[NotFound, Invalid])
async def request_transfer(tx: Tx, *, scope: Scope, body: NewTransfer) -> Transfer:
    return await requesting.request_transfer(tx, scope=scope, new=body)


@post(
    "/stock/transfers/{transfer_id:uuid}/shipments",
    permission="stock.transfer",
    summary="Ship goods of a transfer",
    refusals=[NotFound, WrongState, Stale, Invalid, MoreThanAsked, OutOfStock],
)
async def ship_transfer(tx: Tx, *, scope: Scope, transfer_id: UUID, body: Parts, if_match: int) -> Transfer:
    return await shipping.ship_transfer(tx, scope=scope, transfer_id=transfer_id, parts=body.lines, if_match=if_match)


@post(
    "/stock/transfers/{transfer_id:uuid}/receipts",
    permission="stock.transfer",
    summary="Take in goods of a transfer",
    refusals=[NotFound, WrongState, Stale, Invalid, MoreThanAsked],
)
async def receive_transfer(tx: Tx, *, scope: Scope, transfer_id: UUID, body: Parts, if_match: int) -> Transfer:
    return await receiving.receive_transfer(
        tx, scope=scope, transfer_id=transfer_id, parts=body.lines, if_match=if_match
    )


@post(
    "/stock/transfers/{transfer_id:uuid}/closing",
    permission="stock.transfer",
    summary="Give up what is still on its way",
    refusals=[NotFound, WrongState, Stale],
)
async def close_transfer(tx: Tx, *, scope: Scope, transfer_id: UUID, body: Because, if_match: int) -> Transfer:
    return await receiving.close_transfer(
        tx, scope=scope, transfer_id=transfer_id, reason=body.reason, if_match=if_match
    )


@post(
    "/stock/transfers/{transfer_id:uuid}/cancellation",
    permission="stock.transfer",
    summary="Call off a transfer of which nothing was shipped",
    refusals=[NotFound, WrongState, Stale],
)
async def cancel_transfer(tx: Tx, *, scope: Scope, transfer_id: UUID, body: Because, if_match: int) -> Transfer:
    return await receiving.cancel_transfer(
        tx, scope=scope, transfer_id=transfer_id, reason=body.reason, if_match=if_match
    )


ROUTES = (
    list_stock_lines,
    read_node_stock,
    list_stock_lots,
    list_stock_moves,
    list_stock_values,
    list_stock_value_totals,
    adjust_stock,
    open_node_stock,
    block_stock,
    unblock_stock,
    list_counts,
    read_count,
    open_count_sheet,
    enter_count_lines,
    post_count,
    cancel_count,
    list_transfers,
    read_transfer,
    request_transfer,
    ship_transfer,
    receive_transfer,
    close_transfer,
    cancel_transfer,
)
