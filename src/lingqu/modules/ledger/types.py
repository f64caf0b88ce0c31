"""What the ledger is asked and what it answers. Amounts are minor units of the accounts' currency."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class AccountKind(StrEnum):
    """What an account stands for in its owner's books."""

    PREPAID = "prepaid"
    CREDIT = "credit"
    DEPOSIT = "deposit"
    REBATE = "rebate"
    RECEIVABLE = "receivable"
    REVENUE = "revenue"
    CLEARING = "clearing"
    FEE = "fee"
    POINTS = "points"
    CASH = "cash"
    OPENING = "opening"
    TAX = "tax"
    FREIGHT = "freight"
    WRITE_OFF = "write-off"


class EntryState(StrEnum):
    """A pending entry has changed no balance yet; it becomes posted or voided, once."""

    PENDING = "pending"
    POSTED = "posted"
    VOIDED = "voided"


class NewAccount(Struct, frozen=True, kw_only=True):
    """An account to open. ``floor`` None: it may go anywhere and is never locked on the hot path."""

    kind: str
    owner: UUID
    counterparty: UUID | None = None
    peer_cell: int | None = None
    currency: str
    floor: int | None = None


class Floor(Struct, frozen=True):
    """The lowest balance an account may reach: 0 for prepaid, minus the limit for a credit line."""

    account_id: UUID
    floor: int


class Hold(Struct, frozen=True, gc=False):
    """Money promised to a document."""

    document_id: UUID
    account_id: UUID
    amount: int
    expires_at: datetime | None = None


class Settlement(Struct, frozen=True):
    """What leaves a document's hold because it is posted next, in the same transaction."""

    document_id: UUID
    account_id: UUID
    amount: int


class Posting(Struct, frozen=True):
    """One movement: ``amount`` > 0 leaves ``debit`` and reaches ``credit``."""

    debit: UUID
    credit: UUID
    amount: int


class NewEntry(Struct, frozen=True, kw_only=True):
    """An entry to write. Its id is the caller's, so that a retry meets the same row."""

    id: UUID
    kind: str
    document_kind: str
    document_id: UUID
    postings: tuple[Posting, ...]
    business_on: date
    memo: str = ""
    state: EntryState = EntryState.POSTED
    reverses: UUID | None = None
