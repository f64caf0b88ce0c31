"""Begin steps: what is asked of the provider next, from when on, and until when it is tried."""

from datetime import datetime, timedelta
from uuid import UUID

from lingqu.modules.payment.types import StepName
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

VALID = timedelta(minutes=15)
"""How long a buyer may take to pay."""

TRIED = timedelta(days=1)
"""How long closing and refunding are tried before a person must look."""

_FIRST_S = 2
_LONGEST_S = 600
_WATCH_FIRST_S = 3
_WATCH_LONGEST_S = 30


async def begin(
    tx: Tx, *, cell_id: int, payment_id: UUID, name: StepName, deadline_at: datetime, due_at: datetime | None = None
) -> None:
    """Begin a step, or begin it anew; every other one of the payment is over."""
    await tx.run(SQL["end_steps"], cell_id=cell_id, payment_id=payment_id, now=tx.now)
    await tx.run(
        SQL["begin_step"],
        cell_id=cell_id,
        payment_id=payment_id,
        name=name,
        due_at=due_at or tx.now,
        deadline_at=deadline_at,
        now=tx.now,
    )


def next_try(attempts: int, *, now: datetime) -> datetime:
    """Tell when a step without a certain answer is tried again: after 2 s, 4 s, 8 s … at most 10 minutes."""
    return now + timedelta(seconds=min(_FIRST_S * 2 ** min(attempts, 20), _LONGEST_S))


def next_look(attempts: int, *, now: datetime, expires_at: datetime) -> datetime:
    """Tell when a charge that waits for its buyer is looked at again; at its end at the latest."""
    look = now + timedelta(seconds=min(_WATCH_FIRST_S * (attempts + 1), _WATCH_LONGEST_S))
    return min(look, max(expires_at, now))
