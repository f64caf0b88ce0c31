"""Routes of an order's life after placing: closing what is open."""

from uuid import UUID

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.orders.close import CannotClose, Closure, close
from lingqu.modules.orders.dated import Backdated
from lingqu.modules.orders.step import StepDone
from lingqu.runtime.http.route import post
from lingqu.runtime.tx import Tx


@post(
    "/orders/{order_id:uuid}/closure",
    permission="orders.cancel",
    summary="Close what is open of some lines, or of all",
    status=200,
    refusals=(NotFound, WrongState, CannotClose, Backdated),
)
async def close_order(tx: Tx, *, scope: Scope, order_id: UUID, body: Closure) -> StepDone:
    return await close(tx, scope=scope, order_id=order_id, closure=body)


ROUTES = (close_order,)
