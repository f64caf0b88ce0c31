"""Published facts of partners."""

from typing import ClassVar

from lingqu.kernel.event import Event


class WebhookDisabled(Event, frozen=True, kw_only=True):
    """An address did not answer for days, or said that it is gone; it is told nothing until a person resumes it."""

    subject: ClassVar[str] = "partners.webhook-disabled.v1"
    webhook_id: int
    organization_id: int
    reason: str


class Ping(Event, frozen=True, kw_only=True):
    """A trial, sent to one webhook because a person asked for it."""

    subject: ClassVar[str] = "partners.ping.v1"
    webhook_id: int
