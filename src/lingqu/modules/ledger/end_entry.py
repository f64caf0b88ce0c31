"""What may still happen to an entry: a pending one is confirmed or voided, a posted one reversed by another."""

from collections.abc import Mapping
from uuid import UUID

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import NotFound, Refusal, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import StateMachine
from lingqu.modules.ledger.by_hand import tell, write_by_hand
from lingqu.modules.ledger.deciding import decide, net_changes
from lingqu.modules.ledger.list_postings import Entry, read_entry
from lingqu.modules.ledger.post import Insufficient
from lingqu.modules.ledger.types import EntryState, NewEntry, Posting
from lingqu.modules.network.api import organization_terms
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
BY_HAND = frozenset({"top-up", "repayment", "withdrawal", "manual", "write-off", "opening"})
"""Kinds that a person may reverse; what orders and points post, they take back themselves."""

_PENDING = frozenset({EntryState.PENDING})
FLOW: StateMachine[EntryState] = StateMachine(
    "entry", {"confirm": (_PENDING, EntryState.POSTED), "void": (_PENDING, EntryState.VOIDED)}
)


class NotReversible(Refusal):
    """The entry was reversed before, is a reversal itself, is not posted, or belongs to an order."""

    code = "ledger.not-reversible"
    status = 409
    title = Words("Cannot be reversed", "无法冲正")
    detail = Words(
        "Only a posted entry written by hand can be reversed, and only once.",
        "仅可冲正已过账的手工记账，且只能冲正一次。",
    )


async def confirm_entry(tx: Tx, *, scope: Scope, entry_id: UUID) -> Entry:
    """Let a pending entry count: the money is there.

    Raises: NotFound for another's entry; WrongState if it is not pending; Insufficient.
    """
    before = await _own_entry(tx, scope, entry_id)
    FLOW.target("confirm", before.state, id=entry_id)
    as_new = NewEntry(
        id=entry_id,
        kind=before.kind,
        document_kind=before.document_kind,
        document_id=before.document_id,
        postings=tuple(Posting(p.debit, p.credit, p.amount_minor) for p in before.postings),
        business_on=before.business_on,
    )
    ids = sorted(net_changes(as_new))
    available: Mapping[UUID, int] = dict(await tx.tuples(SQL["lock_floored"], cell_id=before.cell_id, account_id=ids))
    (lack,) = decide([as_new], available)
    if lack is not None:
        raise Insufficient(needed=lack.needed, available=lack.available)
    changes = net_changes(as_new)
    kept = [account for account in ids if account in available]
    loose = [account for account in ids if account not in available and changes[account]]
    await tx.run(
        SQL["change"],
        cell_id=before.cell_id,
        account_id=kept,
        change=[changes[account] for account in kept],
        delta_id=[uuid7(at=tx.now) for _ in loose],
        delta_account_id=loose,
        delta_amount=[changes[account] for account in loose],
    )
    return await _end(tx, scope, before, EntryState.POSTED)


async def void_entry(tx: Tx, *, scope: Scope, entry_id: UUID) -> Entry:
    """Drop a pending entry: the money did not come.

    Raises: NotFound for another's entry; WrongState if it is not pending.
    """
    before = await _own_entry(tx, scope, entry_id)
    FLOW.target("void", before.state, id=entry_id)
    return await _end(tx, scope, before, EntryState.VOIDED)


async def reverse_entry(tx: Tx, *, scope: Scope, entry_id: UUID, reason: str) -> Entry:
    """Take an entry back by another that moves the same money the other way.

    Raises: NotFound for another's entry; NotReversible; Insufficient if the money is not there any more.
    """
    before = await _own_entry(tx, scope, entry_id)
    is_reversed = await tx.value(SQL["is_reversed"], bool, cell_id=before.cell_id, id=entry_id)
    if before.state is not EntryState.POSTED or before.kind not in BY_HAND or is_reversed:
        raise NotReversible
    terms = (await organization_terms(tx, organization_ids=[scope.organization_id]))[scope.organization_id]
    return await write_by_hand(
        tx,
        scope=scope,
        kind="reversal",
        postings=tuple(Posting(p.credit, p.debit, p.amount_minor) for p in before.postings),
        business_on=business_date(tx.now, terms.time_zone),
        memo=reason,
        counterparty=None,
        currency=before.currency,
        document_id=before.document_id,
        reverses=entry_id,
    )


async def _own_entry(tx: Tx, scope: Scope, entry_id: UUID) -> Entry:
    """Lock an entry that lies wholly in the books of the caller's organization and read it."""
    found = await read_entry(tx, scope=scope, entry_id=entry_id)
    owners = {owner for posting in found.postings for owner in (posting.debit_owner, posting.credit_owner)}
    if owners != {scope.party_id}:
        raise NotFound(kind="entry", id=entry_id)
    await tx.value(SQL["lock_entry"], str, cell_id=found.cell_id, id=entry_id)
    return await read_entry(tx, scope=scope, entry_id=entry_id)


async def _end(tx: Tx, scope: Scope, before: Entry, state: EntryState) -> Entry:
    await tx.run(SQL["end_pending"], cell_id=before.cell_id, id=before.id, state=state)
    after = await read_entry(tx, scope=scope, entry_id=before.id)
    tx.record("entry", before.id, before=before, after=after, cell_id=before.cell_id)
    tell(tx, scope, after, counterparty=None, currency=before.currency)
    return after
