"""What partners hands to others."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

Url = Annotated[str, Meta(min_length=8, max_length=2000)]
Description = Annotated[str, Meta(max_length=200)]
Subjects = Annotated[list[Annotated[str, Meta(max_length=100)]], Meta(min_length=1, max_length=100)]


class WebhookState(StrEnum):
    """Paused: by a person. Disabled: by Lingqu, because nobody answered for days. Both collect what happens."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISABLED = "disabled"
    CLOSED = "closed"


class DeliveryState(StrEnum):
    """Failed: given up; a person may send it again."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class Webhook(Struct, frozen=True, kw_only=True):
    """An address of another system and what it is told. The secret is not among what is shown."""

    id: int
    organization_id: int
    url: str
    description: str
    subjects: list[str]
    state: WebhookState
    disabled_reason: Literal["gone", "silent"] | None
    old_secret_until: datetime | None
    made_at: datetime
    made_by: str | None
    waiting_count: int
    failures: int
    failing_since: datetime | None
    version: int
    steps: list[str] = []


class WebhookMade(Struct, frozen=True, kw_only=True):
    """A webhook with its secret, which is shown this once."""

    webhook: Webhook
    secret: str


class Delivery(Struct, frozen=True, kw_only=True):
    """One event on its way to one webhook. ``event_id`` is the receiver's ``webhook-id``, the same in every attempt."""

    id: UUID
    event_id: UUID
    subject: str
    object: str
    state: DeliveryState
    attempts: int
    due_at: datetime
    queued_at: datetime
    finished_at: datetime | None
    last_status: int | None
    last_problem: str | None


class Attempt(Struct, frozen=True, kw_only=True):
    """One try: what was sent and what came back, both shortened."""

    id: UUID
    started_at: datetime
    duration_ms: int
    status: int | None
    problem: str | None
    request: str
    response: str


class DeliveryLog(Struct, frozen=True, kw_only=True):
    """A delivery with its body and every attempt, the newest first."""

    delivery: Delivery
    body: Any
    attempts: list[Attempt]


class WebhookSubject(Struct, frozen=True, kw_only=True):
    """A kind of event that one may be told of."""

    subject: str
    name_zh: str
    name_en: str
    permission: str
