"""Which entries fit: the pure half of posting."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import Struct

from lingqu.modules.ledger.types import EntryState, NewEntry


class Lack(Struct, frozen=True):
    """The account that kept an entry out: what the entry needed of it and what it could give."""

    account_id: UUID
    needed: int
    available: int


def net_changes(entry: NewEntry) -> dict[UUID, int]:
    """Sum what an entry does to each account: credits less debits. A pending entry does nothing yet."""
    changes: dict[UUID, int] = defaultdict(int)
    if entry.state != EntryState.POSTED:
        return changes
    for posting in entry.postings:
        changes[posting.debit] -= posting.amount
        changes[posting.credit] += posting.amount
    return changes


def decide(entries: Sequence[NewEntry], available: Mapping[UUID, int]) -> list[Lack | None]:
    """Take entries in order while every account with a floor can bear them.

    Shapes: ``available`` has the accounts with a floor only; one verdict per entry, in order, None where it fits.
            An entry that does not fit leaves everything to those after it.
    """
    left = dict(available)
    verdicts: list[Lack | None] = []
    for entry in entries:
        changes = {account: change for account, change in net_changes(entry).items() if account in left}
        short = min((a for a, change in changes.items() if change < 0 and left[a] + change < 0), default=None)
        if short is not None:
            verdicts.append(Lack(short, -changes[short], left[short]))
            continue
        for account, change in changes.items():
            left[account] += change
        verdicts.append(None)
    return verdicts
