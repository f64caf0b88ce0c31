"""Write entries: the only way a balance changes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from lingqu.kernel.errors import FieldError, Refusal, Words
from lingqu.kernel.ids import uuid7
from lingqu.modules.ledger.deciding import Lack, decide, net_changes
from lingqu.modules.ledger.types import NewEntry
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_LACK = Words("{needed} needed, {available} available.", "需要 {needed}，可用 {available}。")


class Insufficient(Refusal):
    """An account would pass its floor."""

    code = "ledger.insufficient"
    status = 409
    title = Words("Not enough money", "余额不足")
    detail = Words(
        "The account cannot give this much; nothing was posted.",
        "账户余额或授信额度不足，未做任何记账。",
    )


async def post(
    tx: Tx,
    *,
    cell_id: int,
    entries: Sequence[NewEntry],
    user_id: int | None = None,
    users: Mapping[UUID, int | None] | None = None,
) -> None:
    """Write all the entries or none. ``users`` names by document who posted, where several did.

    Raises: Insufficient naming each entry that does not fit, by its place in ``entries``.
    """
    if not entries:
        return
    available = await require_fit(tx, cell_id=cell_id, entries=entries)
    by_whom = {entry.document_id: user_id for entry in entries} | dict(users or {})
    await _write(tx, cell_id, entries, set(available), by_whom)


async def require_fit(tx: Tx, *, cell_id: int, entries: Sequence[NewEntry]) -> dict[UUID, int]:
    """Lock the accounts with a floor and make sure that all the entries fit; tell what each account may give.

    Raises: Insufficient naming each entry that does not fit, by its place in ``entries``.
    """
    available = await _available(tx, cell_id, entries)
    verdicts = decide(entries, available)
    errors = [
        FieldError(f"/entries/{index}", "insufficient", _LACK, _facts(lack))
        for index, lack in enumerate(verdicts)
        if lack is not None
    ]
    if errors:
        raise Insufficient(errors=errors)
    return available


async def post_each(
    tx: Tx, *, cell_id: int, entries: Sequence[NewEntry], user_id: int | None = None
) -> list[Lack | None]:
    """Write the entries that fit, in order, and tell for each of the others what it lacked.

    Shapes: one verdict per entry, in the order given; None means written.
    """
    if not entries:
        return []
    available = await _available(tx, cell_id, entries)
    verdicts = decide(entries, available)
    fitting = [entry for entry, lack in zip(entries, verdicts, strict=True) if lack is None]
    if fitting:
        await _write(tx, cell_id, fitting, set(available), {entry.document_id: user_id for entry in fitting})
    return verdicts


async def _available(tx: Tx, cell_id: int, entries: Sequence[NewEntry]) -> dict[UUID, int]:
    """Lock the accounts with a floor, in order, and tell what each may give."""
    ids = {a for entry in entries for posting in entry.postings for a in (posting.debit, posting.credit)}
    return dict(await tx.tuples(SQL["lock_floored"], cell_id=cell_id, account_id=sorted(ids)))


async def _write(
    tx: Tx,
    cell_id: int,
    entries: Sequence[NewEntry],
    floored: set[UUID],
    users: Mapping[UUID, int | None],
) -> None:
    changes: dict[UUID, int] = defaultdict(int)
    for entry in entries:
        for account, change in net_changes(entry).items():
            changes[account] += change
    kept = sorted(account for account in changes if account in floored)
    # An account without a floor gets one row a batch, whatever the number of entries.
    loose = sorted(account for account, change in changes.items() if account not in floored and change)
    postings = [(entry.id, line_no, p) for entry in entries for line_no, p in enumerate(entry.postings, 1)]
    await tx.run(
        SQL["post"],
        cell_id=cell_id,
        now=tx.now,
        user_id=[users[e.document_id] for e in entries],
        account_id=kept,
        change=[changes[account] for account in kept],
        delta_id=[uuid7(at=tx.now) for _ in loose],
        delta_account_id=loose,
        delta_amount=[changes[account] for account in loose],
        entry_id=[e.id for e in entries],
        kind=[e.kind for e in entries],
        state=[e.state for e in entries],
        document_kind=[e.document_kind for e in entries],
        document_id=[e.document_id for e in entries],
        reverses=[e.reverses for e in entries],
        memo=[e.memo for e in entries],
        business_on=[e.business_on for e in entries],
        posting_entry_id=[entry_id for entry_id, _, _ in postings],
        line_no=[line_no for _, line_no, _ in postings],
        debit=[p.debit for _, _, p in postings],
        credit=[p.credit for _, _, p in postings],
        amount=[p.amount for _, _, p in postings],
    )


def _facts(lack: Lack) -> dict[str, object]:
    return {"account_id": str(lack.account_id), "needed": lack.needed, "available": lack.available}
