"""Take from holds what is posted next."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from lingqu.modules.ledger.types import Settlement
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def unhold(tx: Tx, *, cell_id: int, settlements: Sequence[Settlement]) -> None:
    """Free a part of what documents hold without posting it: an amount that was cancelled.

    An account over its limit does not get it back to give. So post first what the same transaction has settled.

    Raises: psycopg.errors.RaiseException if a hold is smaller than what is freed of it (a bug of the caller).
    """
    await settle(tx, cell_id=cell_id, settlements=settlements)
    await tx.run(SQL["tighten"], cell_id=cell_id, account_id=sorted({item.account_id for item in settlements}))


async def settle(tx: Tx, *, cell_id: int, settlements: Sequence[Settlement]) -> None:
    """Lower the holds by what the caller posts in this same transaction.

    Raises: psycopg.errors.RaiseException if a hold is smaller than what is taken from it (a bug of the caller, who
            has locked the document and knows what it holds).
    """
    by_hold: dict[tuple[UUID, UUID], int] = defaultdict(int)
    by_account: dict[UUID, int] = defaultdict(int)
    for item in settlements:
        if item.amount:
            by_hold[item.document_id, item.account_id] += item.amount
            by_account[item.account_id] += item.amount
    if not by_hold:
        return
    ids = sorted(by_account)
    await tx.run(
        SQL["settle"],
        cell_id=cell_id,
        account_id=ids,
        less=[by_account[account_id] for account_id in ids],
        document_id=[document_id for document_id, _ in by_hold],
        hold_account_id=[account_id for _, account_id in by_hold],
        amount=list(by_hold.values()),
    )
