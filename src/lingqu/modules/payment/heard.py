"""Hear a provider's call: a hint that there is news, and never the news itself."""

from collections.abc import Mapping

from lingqu.kernel.errors import Refusal, Words
from lingqu.modules.payment.steps import TRIED, begin
from lingqu.modules.payment.types import OPEN, PaymentState, Row, StepName, parse_reference
from lingqu.runtime.paying import PaymentProvider
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class NotTheProvider(Refusal):
    """The call is not signed as the provider signs."""

    code = "payment.not-the-provider"
    status = 401
    title = Words("Not the payment provider", "并非支付服务商的请求")


async def hear(tx: Tx, *, provider: PaymentProvider | None, headers: Mapping[str, str], body: bytes) -> None:
    """Look at a payment at once, because the provider says so. Calls that come twice, late or in any order do no harm.

    Raises: NotTheProvider.
    """
    try:
        reference = provider.heard(headers, body) if provider is not None else None
    except ValueError:
        reference = None
    named = parse_reference(reference) if reference is not None else None
    if named is None:
        raise NotTheProvider
    row = await tx.first(SQL["lock_payment"], Row, cell_id=named[0], id=named[1])
    if row is not None:
        await look_again(tx, row)


async def look_again(tx: Tx, row: Row) -> None:
    """Ask the provider soon: what is under way is hastened, what had ended without money is asked about anew."""
    if row.state in OPEN or row.state is PaymentState.REFUNDING:
        await tx.run(SQL["hasten_step"], cell_id=row.cell_id, payment_id=row.id, now=tx.now)
    elif row.state in {PaymentState.EXPIRED, PaymentState.FAILED, PaymentState.GIVEN_UP}:
        await begin(tx, cell_id=row.cell_id, payment_id=row.id, name=StepName.WATCH, deadline_at=tx.now + TRIED)
