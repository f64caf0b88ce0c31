"""What operators do with a payment that is stuck: try again, or give up with a reason."""

from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.payment import book
from lingqu.modules.payment.advance import CANNOT_REFUND, lock, move
from lingqu.modules.payment.payments import read_payment
from lingqu.modules.payment.steps import TRIED, begin
from lingqu.modules.payment.types import PaymentLog, PaymentState, Row, StepName
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class _Failed(Struct, frozen=True):
    name: StepName
    problem: str | None


class NotStuck(Refusal):
    """It is at its end, or goes on by itself."""

    code = "payment.not-stuck"
    status = 409
    title = Words("This payment is not stuck", "该笔支付没有异常")
    detail = Words("It is {status} and needs nobody.", "当前为 {status}，无需人工处理。")


class RefundUnknown(Refusal):
    """The provider was asked to refund and never said whether it did."""

    code = "payment.refund-unknown"
    status = 409
    title = Words("It may have been refunded", "可能已经退款")
    detail = Words(
        "The provider never answered, so the money may be back already. Try again until it answers.",
        "服务商未给出明确结果，款项可能已退回。请重试，直到得到明确答复。",
    )


async def retry(tx: Tx, *, scope: Scope, payment_id: UUID) -> PaymentLog:
    """Take the step that failed once more, for another day.

    Raises: NotFound; NotStuck.
    """
    row, name, _ = await _stuck(tx, scope, payment_id)
    await begin(tx, cell_id=row.cell_id, payment_id=row.id, name=name, deadline_at=tx.now + TRIED)
    tx.record("payment", row.id, before={"step": name}, after={"retried": name}, cell_id=row.cell_id)
    return await read_payment(tx, scope=scope, payment_id=payment_id)


async def give_up(tx: Tx, *, scope: Scope, payment_id: UUID, reason: str) -> PaymentLog:
    """End a stuck payment: money that could not be refunded stays on the buyer's prepaid account, for its use.

    Where no money was seen it ends as given up; if some is heard of later, it is booked all the same.

    Raises: NotFound; NotStuck; RefundUnknown where the money may be back already.
    """
    row, _, problem = await _stuck(tx, scope, payment_id)
    if row.state is PaymentState.REFUNDING and problem != CANNOT_REFUND:
        raise RefundUnknown
    await tx.run(SQL["end_steps"], cell_id=row.cell_id, payment_id=row.id, now=tx.now)
    if row.state is PaymentState.REFUNDING:
        await book.leave_there(tx, row=row)
        await move(tx, row, PaymentState.CREDITED, reason=reason)
    else:
        await move(tx, row, PaymentState.GIVEN_UP, reason=reason)
    return await read_payment(tx, scope=scope, payment_id=payment_id)


async def _stuck(tx: Tx, scope: Scope, payment_id: UUID) -> tuple[Row, StepName, str | None]:
    found = (await read_payment(tx, scope=scope, payment_id=payment_id)).payment
    row = await lock(tx, cell_id=found.cell_id, payment_id=payment_id)
    failed = await tx.first(SQL["failed_step"], _Failed, cell_id=row.cell_id, payment_id=row.id)
    if failed is None:
        raise NotStuck(status=row.state.value)
    return row, failed.name, failed.problem
