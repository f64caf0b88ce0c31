"""Promise money to documents."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from lingqu.modules.ledger.types import Hold
from lingqu.runtime.rows import instant, row_of, stream
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Load, Question, Tx

SQL = statements(__package__)

_HOLD = row_of("int4 uuid uuid int8", columns=5)


async def lock_available(tx: Tx, *, cell_id: int, account_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Lock accounts in order and tell what each may still give; one that does not exist gives 0."""
    ids = sorted(set(account_ids))
    return dict(await tx.tuples(SQL["lock_accounts"], cell_id=cell_id, account_id=ids))


def ask_available(wanted: Sequence[tuple[int, Iterable[UUID]]]) -> Question[list[dict[UUID, int]]]:
    """Ask what accounts of several cells may give, without locking: to refuse by, not to promise by.

    Shapes: ``wanted`` are (cell, accounts); one answer for each, without the accounts that do not exist.
    Units: minor units.
    """
    parameters = [{"cell_id": cell_id, "account_id": sorted(set(ids))} for cell_id, ids in wanted]
    return Question(SQL["find_available"], parameters, lambda found: [dict(rows) for rows in found])


async def hold(tx: Tx, *, cell_id: int, holds: Sequence[Hold]) -> None:
    """Hold money that `lock_available` has just shown to be there, in the same transaction.

    A second hold of the same document on the same account adds to the first.

    Raises: SerializationFailure (the edge repeats the transaction) if an account gives less than it was asked for.
    """
    if not holds:
        return
    need: dict[UUID, int] = defaultdict(int)
    for item in holds:
        need[item.account_id] += item.amount
    ids = sorted(need)
    await tx.run(
        SQL["hold"],
        cell_id=cell_id,
        account_id=ids,
        need=[need[account_id] for account_id in ids],
        document_id=[item.document_id for item in holds],
        hold_account_id=[item.account_id for item in holds],
        amount=[item.amount for item in holds],
        expires_at=[item.expires_at for item in holds],
    )


def pack_holds(
    amounts: Iterable[tuple[UUID, int]], *, cell_id: int, document_id: UUID, expires_at: datetime | None
) -> bytes:
    """Pack the holds of one document for `holds_to_load`.

    Shapes: ``amounts`` are (account, amount).
    """
    document, until = document_id.bytes, instant(expires_at)
    return b"".join([_HOLD(cell_id, document, account_id.bytes, amount) + until for account_id, amount in amounts])


def holds_to_load(packed: Iterable[bytes]) -> Load:
    """Say what to load of the holds of money that ``ledger.promise_v1`` promised to new documents.

    Shapes: what `pack_holds` gave, of any cells.
    """
    return SQL["load_holds"], stream(packed)
