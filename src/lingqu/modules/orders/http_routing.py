"""Routes of orders that move what is to be sent between the seller's nodes."""

from uuid import UUID

from lingqu.kernel.errors import NotFound, Refusal
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.orders import list_held as held
from lingqu.modules.orders.answer_work import NoWorkThere, WorkAccepted, WorkRejected, accept_work, reject_work
from lingqu.modules.orders.confirm import NotApproved
from lingqu.modules.orders.list_held import HeldOrder, HeldQuery
from lingqu.modules.orders.refusals import OtherSide
from lingqu.modules.orders.reroute import NothingToReroute, Reroute, reroute
from lingqu.modules.orders.retry_held import Retry, StillHeld, retry_held
from lingqu.modules.orders.step import StepDone
from lingqu.modules.stock.api import OutOfStock
from lingqu.runtime.http.route import get, post
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx

_STEP: tuple[type[Refusal], ...] = (NotFound, OtherSide, WrongState)


@post(
    "/orders/{order_id:uuid}/routing",
    permission="orders.reroute",
    summary="Send lines from other warehouses, with a reason",
    status=200,
    refusals=(*_STEP, NothingToReroute, OutOfStock),
)
async def reroute_order(tx: Tx, *, scope: Scope, order_id: UUID, body: Reroute) -> StepDone:
    return await reroute(tx, scope=scope, order_id=order_id, asked=body)


@post(
    "/orders/{order_id:uuid}/routing/acceptance",
    permission="orders.ship",
    summary="Take on, for a warehouse, what an order leaves to it",
    status=200,
    refusals=(*_STEP, NotApproved, NoWorkThere),
)
async def accept_order_work(tx: Tx, *, scope: Scope, order_id: UUID, body: WorkAccepted) -> StepDone:
    return await accept_work(tx, scope=scope, order_id=order_id, asked=body)


@post(
    "/orders/{order_id:uuid}/routing/rejection",
    permission="orders.ship",
    summary="Let an order go, for a warehouse: the next one is chosen, or the order is put on hold",
    status=200,
    refusals=(*_STEP, NotApproved, NoWorkThere),
)
async def reject_order_work(tx: Tx, *, scope: Scope, order_id: UUID, body: WorkRejected) -> StepDone:
    return await reject_work(tx, scope=scope, order_id=order_id, asked=body)


@post(
    "/orders/{order_id:uuid}/routing/retry",
    permission="orders.reroute",
    summary="Choose again for what an order on hold is owed",
    status=200,
    refusals=(*_STEP, StillHeld),
)
async def retry_held_order(tx: Tx, *, scope: Scope, order_id: UUID, body: Retry) -> StepDone:
    return await retry_held(tx, scope=scope, order_id=order_id, asked=body)


@get("/held-orders", permission="orders.read", summary="Orders on hold: no warehouse can send what they are owed")
async def list_held_orders(tx: Tx, *, scope: Scope, query: HeldQuery) -> Listed[HeldOrder]:
    return await held.list_held(tx, scope=scope, query=query)


ROUTES = (reroute_order, accept_order_work, reject_order_work, retry_held_order, list_held_orders)
