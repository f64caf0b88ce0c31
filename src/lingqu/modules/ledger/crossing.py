"""Move money between accounts of two cells so that each cell balances by itself."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.ids import uuid7
from lingqu.modules.ledger.account_id import INSTALLATION, clearing_id
from lingqu.modules.ledger.open_accounts import open_accounts
from lingqu.modules.ledger.post import post, require_fit
from lingqu.modules.ledger.types import NewAccount, NewEntry, Posting
from lingqu.runtime.tx import Tx


class Crossing(Struct, frozen=True, kw_only=True):
    """Money that leaves ``debit`` in one cell and reaches ``credit`` in another, or in the same."""

    kind: str
    document_kind: str
    document_id: UUID
    from_cell: int
    debit: UUID
    to_cell: int
    credit: UUID
    amount: int
    currency: str
    memo: str = ""


async def post_across(tx: Tx, *, crossings: Sequence[Crossing], business_on: date, user_id: int | None = None) -> None:
    """Write all the crossings or none: one entry each within a cell, two entries where it is left.

    Between cells the money passes the clearing accounts of the pair, which mirror each other.

    Raises: Insufficient naming the entries that do not fit, by their place in their cell.
    """
    entries: dict[int, list[NewEntry]] = defaultdict(list)
    clearing: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for one in crossings:
        if one.from_cell == one.to_cell:
            entries[one.from_cell].append(_entry(tx, one, Posting(one.debit, one.credit, one.amount), business_on))
            continue
        out = clearing_id(peer_cell=one.to_cell, currency=one.currency)
        into = clearing_id(peer_cell=one.from_cell, currency=one.currency)
        clearing[one.from_cell].add((one.to_cell, one.currency))
        clearing[one.to_cell].add((one.from_cell, one.currency))
        entries[one.from_cell].append(_entry(tx, one, Posting(one.debit, out, one.amount), business_on))
        entries[one.to_cell].append(_entry(tx, one, Posting(into, one.credit, one.amount), business_on))
    for cell_id in sorted(entries):
        accounts = [
            NewAccount(kind="clearing", owner=INSTALLATION, peer_cell=peer_cell, currency=currency)
            for peer_cell, currency in sorted(clearing[cell_id])
        ]
        await open_accounts(tx, cell_id=cell_id, accounts=accounts)
    for cell_id in sorted(entries):
        # Every cell is asked before any is written to, so a refusal leaves nothing behind.
        await require_fit(tx, cell_id=cell_id, entries=entries[cell_id])
    for cell_id in sorted(entries):
        await post(tx, cell_id=cell_id, entries=entries[cell_id], user_id=user_id)


def _entry(tx: Tx, one: Crossing, posting: Posting, business_on: date) -> NewEntry:
    return NewEntry(
        id=uuid7(at=tx.now),
        kind=one.kind,
        document_kind=one.document_kind,
        document_id=one.document_id,
        postings=(posting,),
        business_on=business_on,
        memo=one.memo,
    )
