"""What follows from a provider's answer: the whole course of an online payment stands here.

    open ──> watch ──> paid: booked, the end
     │         │  └──> paid, but its order is over: booked and held ──> refund ──> refunded
     └> close <┘
          └──> expired   (or paid at the last moment: as above)

Money that is there is booked whenever it is heard of, also after the payment had expired, failed or was given up.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Actor
from lingqu.modules.network.api import organization_terms, scope_of_party
from lingqu.modules.orders.api import read_order
from lingqu.modules.payment import book
from lingqu.modules.payment.events import PaymentEnded, PaymentReceived
from lingqu.modules.payment.steps import TRIED, begin, next_look, next_try
from lingqu.modules.payment.types import OPEN, UNPAID, PaymentState, Row, StepName
from lingqu.runtime.paying import Charge, ChargeStatus, RefundStatus
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

CANNOT_REFUND = "the provider cannot refund it"
"""The one certain 'no' to a refund; everything else may have been heard."""

_OVER = frozenset({"cancelled", "expired"})


class Claimed(Struct, frozen=True):
    """A step in one hand; ``lease_no`` is the proof that it is this hand."""

    cell_id: int
    payment_id: UUID
    name: StepName
    attempts: int
    deadline_at: datetime
    lease_no: int


class StepLost(Exception):
    """This worker was silent too long, or the step was begun anew: what it heard is asked again by another."""


class Nothing(Struct, frozen=True):
    """No certain answer came: the call may have been heard or not."""

    what: str


Heard = Charge | RefundStatus | Nothing


async def conclude(tx: Tx, *, step: Claimed, heard: Heard) -> None:
    """Write down what a step brought, with everything that follows from it, or nothing.

    Raises: StepLost if the step is in another hand.
    """
    row = await lock(tx, cell_id=step.cell_id, payment_id=step.payment_id)
    held = await tx.first(
        SQL["hold_step"],
        _Held,
        cell_id=step.cell_id,
        payment_id=step.payment_id,
        name=step.name,
        lease_no=step.lease_no,
    )
    if held is None:
        raise StepLost
    if isinstance(heard, Nothing):
        await _heard_nothing(tx, row, step, heard.what)
    elif isinstance(heard, Charge):
        await _heard_of_charge(tx, row, step, heard)
    else:
        await _heard_of_refund(tx, row, step, heard)


async def lock(tx: Tx, *, cell_id: int, payment_id: UUID) -> Row:
    """Lock a payment: its steps and its money come after it.

    Raises: NotFound.
    """
    row = await tx.first(SQL["lock_payment"], Row, cell_id=cell_id, id=payment_id)
    if row is None:
        raise NotFound(kind="payment", id=str(payment_id))
    return row


async def move(
    tx: Tx,
    row: Row,
    state: PaymentState,
    *,
    pay_url: str | None = None,
    is_paid: bool = False,
    reason: str | None = None,
) -> None:
    """Take a locked payment to another state."""
    is_end = state not in OPEN and state is not PaymentState.REFUNDING
    await tx.run(
        SQL["move_payment"],
        cell_id=row.cell_id,
        id=row.id,
        before=row.state,
        state=state,
        pay_url=pay_url,
        paid_at=tx.now if is_paid else None,
        ended_at=tx.now if is_end else None,
        reason=reason,
    )
    tx.record("payment", row.id, before={"state": row.state}, after={"state": state}, cell_id=row.cell_id)
    if is_end and state is not PaymentState.PAID:
        tx.emit(PaymentEnded(**_facts(row), state=state.value), cell_id=row.cell_id)


class _Held(Struct, frozen=True):
    attempts: int


async def _heard_nothing(tx: Tx, row: Row, step: Claimed, what: str) -> None:
    if tx.now < step.deadline_at:
        await _settle(tx, step, due_at=next_try(step.attempts, now=tx.now), problem=what)
    elif step.name in {StepName.OPEN, StepName.WATCH} and row.state in OPEN:
        await _close(tx, row)
    else:
        await _settle(tx, step, state="failed", problem=what)


async def _heard_of_charge(tx: Tx, row: Row, step: Claimed, charge: Charge) -> None:
    if charge.status is ChargeStatus.PAID:
        await _paid(tx, row, step, charge)
    elif charge.status is ChargeStatus.PENDING:
        await _pending(tx, row, step, charge)
    elif row.state in OPEN:
        # Unknown after the charge was made, or while it was being made: nobody can pay it once it is closed.
        if charge.status is ChargeStatus.UNKNOWN and step.name is not StepName.CLOSE:
            await _close(tx, row)
            return
        failed = charge.status is ChargeStatus.FAILED
        await _settle(tx, step, state="done")
        await move(tx, row, PaymentState.FAILED if failed else PaymentState.EXPIRED)
    else:
        await _settle(tx, step, state="done")


async def _pending(tx: Tx, row: Row, step: Claimed, charge: Charge) -> None:
    if row.state not in OPEN:
        # It had ended for us; nobody shall pay it now.
        if step.name is StepName.CLOSE:
            await _heard_nothing(tx, row, step, "the charge is still open")
        else:
            await _close(tx, row)
    elif step.name is StepName.OPEN:
        await move(tx, row, PaymentState.OPEN, pay_url=charge.pay_url)
        await _watch(tx, row)
    elif step.name is StepName.CLOSE:
        await _heard_nothing(tx, row, step, "the charge is still open")
    elif tx.now >= row.expires_at:
        await _close(tx, row)
    else:
        await _settle(tx, step, due_at=next_look(step.attempts, now=tx.now, expires_at=row.expires_at))


async def _paid(tx: Tx, row: Row, step: Claimed, charge: Charge) -> None:
    """Book the money once, however often and late it is heard of."""
    if row.state not in UNPAID:
        await _settle(tx, step, state="done")
        return
    if charge.amount_minor != row.amount_minor:
        await _settle(tx, step, state="failed", problem=f"the provider received {charge.amount_minor}")
        return
    goes_back = await _is_order_over(tx, row)
    await book.receive(tx, row=row, is_held=goes_back)
    tx.emit(PaymentReceived(**_facts(row), is_refunded=goes_back), cell_id=row.cell_id)
    await _settle(tx, step, state="done")
    await move(tx, row, PaymentState.REFUNDING if goes_back else PaymentState.PAID, is_paid=True)
    if goes_back:
        await begin(tx, cell_id=row.cell_id, payment_id=row.id, name=StepName.REFUND, deadline_at=tx.now + TRIED)


async def _heard_of_refund(tx: Tx, row: Row, step: Claimed, status: RefundStatus) -> None:
    if status is RefundStatus.DONE and row.state is PaymentState.REFUNDING:
        await book.give_back(tx, row=row)
        await _settle(tx, step, state="done")
        await move(tx, row, PaymentState.REFUNDED)
    elif status is RefundStatus.FAILED:
        await _settle(tx, step, state="failed", problem=CANNOT_REFUND)
    else:
        await _heard_nothing(tx, row, step, "the refund is on its way")


async def _watch(tx: Tx, row: Row) -> None:
    await begin(
        tx,
        cell_id=row.cell_id,
        payment_id=row.id,
        name=StepName.WATCH,
        due_at=next_look(0, now=tx.now, expires_at=row.expires_at),
        deadline_at=row.expires_at,
    )


async def _close(tx: Tx, row: Row) -> None:
    await begin(tx, cell_id=row.cell_id, payment_id=row.id, name=StepName.CLOSE, deadline_at=tx.now + TRIED)


async def _is_order_over(tx: Tx, row: Row) -> bool:
    """Tell whether the order that was to be paid will not be delivered any more."""
    if row.order_id is None:
        return False
    terms = await organization_terms(tx, organization_ids=[row.buyer_id])
    actor = Actor(terms[row.buyer_id].party_id, name="online payment", channel="job")
    scope = await scope_of_party(tx, actor=actor, permissions=frozenset({"orders.read"}))
    if scope is None:
        return True  # the buyer has closed: what it paid goes back
    return (await read_order(tx, scope=scope, order_id=row.order_id)).status in _OVER


async def _settle(
    tx: Tx, step: Claimed, *, state: str = "waiting", due_at: datetime | None = None, problem: str | None = None
) -> None:
    await tx.run(
        SQL["settle_step"],
        cell_id=step.cell_id,
        payment_id=step.payment_id,
        name=step.name,
        lease_no=step.lease_no,
        state=state,
        due_at=due_at or tx.now,
        problem=None if problem is None else problem[:500],
        done_at=tx.now if state == "done" else None,
    )


def _facts(row: Row) -> dict[str, Any]:
    return {
        "payment_id": row.id,
        "seller_id": row.seller_id,
        "buyer_id": row.buyer_id,
        "order_id": row.order_id,
        "amount_minor": row.amount_minor,
        "currency": row.currency,
    }
