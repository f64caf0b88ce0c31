"""Routes of orders."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import NotFound, Refusal
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.approval.api import DecidedBefore, NotYourLevel, RequesterCannotDecide
from lingqu.modules.orders import queries
from lingqu.modules.orders.allocate import NothingOwed, allocate
from lingqu.modules.orders.approve import NothingToApprove, OwnRequest, TimeOver, approve, reject
from lingqu.modules.orders.arrivals import NewReceipt, ReceiptLine
from lingqu.modules.orders.behalf import NotOnBehalf
from lingqu.modules.orders.bulk import Batch, Verdicts, verdicts_of
from lingqu.modules.orders.cancel import AskTheSeller, NothingLeft, cancel
from lingqu.modules.orders.confirm import Confirmation, NotApproved, confirm
from lingqu.modules.orders.dated import Backdated
from lingqu.modules.orders.intake import Intake, Keyed
from lingqu.modules.orders.judge import LatePayer
from lingqu.modules.orders.keys import KeyTooOld
from lingqu.modules.orders.prepare import CannotSell, NeedsRelease, NoLink
from lingqu.modules.orders.queries import OrderQuery
from lingqu.modules.orders.receive import AlreadyReceived, receive, receive_for
from lingqu.modules.orders.refund_sale import SaleRefund, refund_sale
from lingqu.modules.orders.refusals import MoneyShort, OtherSide, TooMany
from lingqu.modules.orders.return_goods import (
    BackLine,
    DecidedTogether,
    NewReturn,
    ReturnDecided,
    accept_return,
    reject_return,
    request_return,
)
from lingqu.modules.orders.return_rule import ReturnNotAllowed, WindowOver
from lingqu.modules.orders.sell import KeyedSale, NewSale
from lingqu.modules.orders.shelf import Shelf, ShelfPage, ShelfQuery
from lingqu.modules.orders.ship import NewShipment, NothingToShip, ShipLine, ship
from lingqu.modules.orders.step import StepDone, only
from lingqu.modules.orders.types import LongText, NewOrder, Order, OrderSummary, Placed, ShortText
from lingqu.modules.pricing.api import Changed
from lingqu.modules.routing.api import NobodyServes
from lingqu.modules.stock.api import OutOfStock
from lingqu.runtime.http.route import Asked, get, post
from lingqu.runtime.idempotency import KeyReused
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx

_PLACE: tuple[type[Refusal], ...] = (
    NobodyServes,
    OutOfStock,
    MoneyShort,
    NoLink,
    CannotSell,
    Changed,
    LatePayer,
    NeedsRelease,
    NotOnBehalf,
    Backdated,
    NotFound,
    KeyReused,
    KeyTooOld,
)
_STEP: tuple[type[Refusal], ...] = (NotFound, OtherSide, WrongState, Backdated)


class Decision(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Yes or no to a waiting order or a return; a no needs its reason."""

    is_accepted: bool
    reason: LongText = ""
    is_sellable: bool = False


class Dated(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A step that only may say its business date."""

    business_on: date | None = None


class Cancellation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why an order is cancelled."""

    reason: Annotated[str, Meta(min_length=1, max_length=1000)]
    business_on: date | None = None


class ShipmentBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What leaves now; without lines everything that is reserved."""

    lines: Annotated[list[ShipLine], Meta(min_length=1, max_length=2000)] | None = None
    carrier: ShortText = ""
    tracking: ShortText = ""
    note: LongText = ""
    business_on: date | None = None


class ReceiptBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What arrived; positions not named arrived whole."""

    lines: Annotated[list[ReceiptLine], Meta(max_length=4000)] = []
    node_id: Annotated[int, Meta(ge=1, le=2**31 - 1)] | None = None
    business_on: date | None = None


class ReturnBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall go back, and why."""

    lines: Annotated[list[BackLine], Meta(min_length=1, max_length=2000)]
    reason: Annotated[str, Meta(min_length=1, max_length=1000)]


class RefundBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a customer brings back to the counter."""

    lines: Annotated[list[BackLine], Meta(min_length=1, max_length=200)]
    reason: Annotated[str, Meta(min_length=1, max_length=1000)]
    is_sellable: bool = True
    business_on: date | None = None


@get("/orders", permission="orders.read", summary="Orders bought or sold")
async def list_orders(tx: Tx, *, scope: Scope, query: OrderQuery) -> Listed[OrderSummary]:
    return await queries.list_orders(tx, scope=scope, query=query)


@get("/orders/{order_id:uuid}", permission="orders.read", summary="One order, as its reader may see it")
async def read_order(tx: Tx, *, scope: Scope, order_id: UUID) -> Order:
    return await queries.read_order(tx, scope=scope, order_id=order_id)


@get(
    "/shelf", permission="orders.place", summary="Own prices and free stock of some SKUs of a seller", refusals=[NoLink]
)
async def read_shelf(*, scope: Scope, query: ShelfQuery, shelf: Shelf) -> ShelfPage:
    return await shelf.read(scope=scope, query=query)


@post("/orders", permission="orders.place", summary="Place an order", refusals=_PLACE)
async def place_order(*, scope: Scope, key: str, body: NewOrder, intake: Intake) -> Placed:
    return await intake.place(scope=scope, key=key, order=body)


@post("/orders/batch", permission="orders.place", summary="Place up to 1,000 orders", status=200, refusals=_PLACE)
async def place_orders(*, scope: Scope, body: Batch[Keyed], intake: Intake) -> Verdicts[Placed]:
    return verdicts_of(await intake.place_all(scope=scope, orders=body.items))


@post(
    "/orders/{order_id:uuid}/approval",
    # Whose decision it is the order's request says: a right, a role, or a colleague's that was handed over.
    permission="orders.read",
    summary="Agree to an order that waits, on the level that is one's own, or turn it down",
    status=200,
    refusals=(*_STEP, NothingToApprove, OwnRequest, TimeOver, NotYourLevel, DecidedBefore, RequesterCannotDecide),
)
async def decide_order(tx: Tx, *, scope: Scope, order_id: UUID, body: Decision) -> StepDone:
    if body.is_accepted:
        return await approve(tx, scope=scope, order_id=order_id, reason=body.reason)
    return await reject(tx, scope=scope, order_id=order_id, reason=body.reason)


@post(
    "/orders/{order_id:uuid}/confirmation",
    permission="orders.confirm",
    summary="Confirm an order as its seller",
    status=200,
    refusals=(*_STEP, NotApproved),
)
async def confirm_order(tx: Tx, *, scope: Scope, order_id: UUID, body: Dated) -> StepDone:
    item = Confirmation(order_id=order_id, business_on=body.business_on)
    return only(await confirm(tx, scope=scope, confirmations=[item]))


@post(
    "/orders/confirmations",
    permission="orders.confirm",
    summary="Confirm up to 1,000 orders",
    status=200,
    refusals=_STEP,
)
async def confirm_orders(tx: Tx, *, scope: Scope, body: Batch[Confirmation]) -> Verdicts[StepDone]:
    return verdicts_of(await confirm(tx, scope=scope, confirmations=body.items))


@post(
    "/orders/{order_id:uuid}/allocation",
    permission="orders.confirm",
    summary="Reserve what has come for back orders",
    status=200,
    refusals=(*_STEP, NothingOwed),
)
async def allocate_order(tx: Tx, *, scope: Scope, order_id: UUID) -> StepDone:
    return await allocate(tx, scope=scope, order_id=order_id)


@post(
    "/orders/{order_id:uuid}/shipments",
    permission="orders.ship",
    summary="Ship reserved goods, all or some",
    refusals=(*_STEP, NothingToShip, TooMany, OutOfStock),
)
async def ship_order(tx: Tx, *, scope: Scope, order_id: UUID, body: ShipmentBody) -> StepDone:
    item = NewShipment(
        order_id=order_id,
        lines=body.lines,
        carrier=body.carrier,
        tracking=body.tracking,
        note=body.note,
        business_on=body.business_on,
    )
    return only(await ship(tx, scope=scope, shipments=[item]))


@post("/shipments/batch", permission="orders.ship", summary="Ship up to 1,000 orders", status=200, refusals=_STEP)
async def ship_orders(tx: Tx, *, scope: Scope, body: Batch[NewShipment]) -> Verdicts[StepDone]:
    return verdicts_of(await ship(tx, scope=scope, shipments=body.items))


@post(
    "/shipments/{shipment_id:uuid}/receipt",
    permission="orders.receive",
    summary="Take a shipment in",
    status=200,
    refusals=(*_STEP, AlreadyReceived, TooMany),
)
async def receive_shipment(tx: Tx, *, scope: Scope, shipment_id: UUID, body: ReceiptBody) -> StepDone:
    item = NewReceipt(shipment_id=shipment_id, lines=body.lines, node_id=body.node_id, business_on=body.business_on)
    return only(await receive(tx, scope=scope, receipts=[item]))


async def receive_together(tx: Tx, asked: Sequence[Asked[Batch[NewReceipt]]]) -> list[Verdicts[StepDone]]:
    """Receive what several buyers of this moment take in."""
    answers = await receive_for(tx, wanted=[(one.scope, one.body.items) for one in asked])
    return [verdicts_of(verdicts) for verdicts in answers]


@post(
    "/shipments/receipts",
    permission="orders.receive",
    summary="Take up to 1,000 shipments in",
    status=200,
    refusals=_STEP,
    together=receive_together,
)
async def receive_shipments(tx: Tx, *, scope: Scope, body: Batch[NewReceipt]) -> Verdicts[StepDone]:
    return verdicts_of(await receive(tx, scope=scope, receipts=body.items))


@post(
    "/orders/{order_id:uuid}/cancellation",
    permission="orders.cancel",
    summary="Cancel an order, or the rest of it",
    status=200,
    refusals=(*_STEP, AskTheSeller, NothingLeft),
)
async def cancel_order(tx: Tx, *, scope: Scope, order_id: UUID, body: Cancellation) -> StepDone:
    return await cancel(tx, scope=scope, order_id=order_id, reason=body.reason, business_on=body.business_on)


@post(
    "/orders/{order_id:uuid}/returns",
    permission="orders.return",
    summary="Ask to give goods back",
    refusals=(*_STEP, TooMany, WindowOver, ReturnNotAllowed),
)
async def return_order(tx: Tx, *, scope: Scope, order_id: UUID, body: ReturnBody) -> StepDone:
    return await request_return(
        tx, scope=scope, wanted=NewReturn(order_id=order_id, lines=body.lines, reason=body.reason)
    )


@post(
    "/returns/{return_id:uuid}/decision",
    permission="orders.accept-return",
    summary="Take returned goods in and refund them, or turn the return down",
    status=200,
    refusals=(*_STEP, ReturnDecided, DecidedTogether, OutOfStock),
)
async def decide_return(tx: Tx, *, scope: Scope, return_id: UUID, body: Decision) -> StepDone:
    if body.is_accepted:
        return await accept_return(
            tx, scope=scope, return_id=return_id, reason=body.reason, is_sellable=body.is_sellable
        )
    return await reject_return(tx, scope=scope, return_id=return_id, reason=body.reason)


@post("/sales", permission="orders.sell", summary="Sell at the counter", refusals=_PLACE)
async def sell_goods(*, scope: Scope, key: str, body: NewSale, intake: Intake) -> Placed:
    return await intake.sell(scope=scope, key=key, sale=body)


@post("/sales/batch", permission="orders.sell", summary="Send up to 1,000 counter sales", status=200, refusals=_PLACE)
async def sell_batch(*, scope: Scope, body: Batch[KeyedSale], intake: Intake) -> Verdicts[Placed]:
    return verdicts_of(await intake.sell_all(scope=scope, sales=body.items))


@post(
    "/sales/{order_id:uuid}/refund",
    permission="orders.sell",
    summary="Take sold goods back and refund them",
    status=200,
    refusals=(*_STEP, TooMany),
)
async def refund_goods(tx: Tx, *, scope: Scope, order_id: UUID, body: RefundBody) -> StepDone:
    item = SaleRefund(
        order_id=order_id,
        lines=body.lines,
        reason=body.reason,
        is_sellable=body.is_sellable,
        business_on=body.business_on,
    )
    return await refund_sale(tx, scope=scope, refund=item)


ROUTES = (
    read_shelf,
    list_orders,
    read_order,
    place_order,
    place_orders,
    decide_order,
    confirm_order,
    confirm_orders,
    allocate_order,
    ship_order,
    ship_orders,
    receive_shipment,
    receive_shipments,
    cancel_order,
    return_order,
    decide_return,
    sell_goods,
    sell_batch,
    refund_goods,
)
