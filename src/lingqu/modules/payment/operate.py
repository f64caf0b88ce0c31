"""What operators do with a payment that is stuck: try again, or give up with a reason."""

from uuid import UUID

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.payment import book
from lingqu.modules.payment.advance import lock, move
from lingqu.modules.payment.payments import read_payment
from lingqu.modules.payment.steps import TRIED, begin
from lingqu.modules.payment.types import PaymentLog, PaymentState, Row, StepName
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class NotStuck(Refusal):
    """It is at its end, or goes on by itself."""

    code = "payment.not-stuck"
    status = 409
    title = Words("This payment is not stuck", "该笔支付没有异常")
    detail = Words("It is {status} and needs nobody.", "当前为 {status}，无需人工处理。")


async def retry(tx: Tx, *, scope: Scope, payment_id: UUID) -> PaymentLog:
    """Take the step that failed once more, for another day.

    Raises: NotFound; NotStuck.
    """
    row, name = await _stuck(tx, scope, payment_id)
    await begin(tx, cell_id=row.cell_id, payment_id=row.id, name=name, deadline_at=tx.now + TRIED)
    tx.record("payment", row.id, before={"step": name}, after={"retried": name}, cell_id=row.cell_id)
    return await read_payment(tx, scope=scope, payment_id=payment_id)


async def give_up(tx: Tx, *, scope: Scope, payment_id: UUID, reason: str) -> PaymentLog:
    """End a stuck payment: money that could not be refunded stays on the buyer's prepaid account, for its use.

    Where no money was seen it ends as given up; if some is heard of later, it is booked all the same.

    Raises: NotFound; NotStuck.
    """
    row, _ = await _stuck(tx, scope, payment_id)
    await tx.run(SQL["end_steps"], cell_id=row.cell_id, payment_id=row.id, now=tx.now)
    if row.state is PaymentState.REFUNDING:
        await book.leave_there(tx, row=row)
        await move(tx, row, PaymentState.CREDITED, reason=reason)
    else:
        await move(tx, row, PaymentState.GIVEN_UP, reason=reason)
    return await read_payment(tx, scope=scope, payment_id=payment_id)


async def _stuck(tx: Tx, scope: Scope, payment_id: UUID) -> tuple[Row, StepName]:
    found = (await read_payment(tx, scope=scope, payment_id=payment_id)).payment
    row = await lock(tx, cell_id=found.cell_id, payment_id=payment_id)
    names = await tx.values(SQL["failed_step"], StepName, cell_id=row.cell_id, payment_id=row.id)
    if not names:
        raise NotStuck(status=row.state.value)
    return row, names[0]
