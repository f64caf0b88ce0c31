"""Published facts of the ledger: what people wrote. What orders post is told by orders."""

from typing import ClassVar
from uuid import UUID

from lingqu.kernel.event import Event


class EntryWritten(Event, frozen=True, kw_only=True):
    """Somebody wrote an entry, or a pending one was posted or voided; ``state`` says which."""

    subject: ClassVar[str] = "ledger.entry-written.v1"
    entry_id: UUID
    kind: str
    state: str
    owner: UUID
    counterparty: UUID | None
    amount_minor: int
    currency: str
