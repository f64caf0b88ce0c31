"""What a request of ours looks like, and what its answer means."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from uuid import UUID

from msgspec import Struct

from lingqu.modules.partners.signing import sign
from lingqu.runtime.outgoing import Answered, Outgoing

_EXCERPT = 1_000
_GONE = 410
_NAME = "Lingqu-Webhook/1"


class Target(Struct, frozen=True):
    """Where to, and with which secrets; the old one signs too while it is valid."""

    url: str
    secret: str
    old_secret: str | None


class Outcome(Struct, frozen=True, kw_only=True):
    """How a try ended. ``problem`` is None where it was taken; ``wished_s`` is when the receiver wants us back."""

    status: int | None
    problem: str | None
    response: str
    is_gone: bool = False
    wished_s: int | None = None

    @property
    def is_taken(self) -> bool:
        """Tell whether the receiver has it."""
        return self.problem is None


def request_of(target: Target, *, event_id: UUID, body: str, at: datetime) -> Outgoing:
    """Write a signed request.

    Source: Standard Webhooks 1.0; CloudEvents 1.0 HTTP binding, structured mode.
    """
    raw, timestamp_s = body.encode(), int(at.timestamp())
    secrets: Sequence[str] = [target.secret] + ([target.old_secret] if target.old_secret else [])
    headers = {
        "content-type": "application/cloudevents+json; charset=utf-8",
        "content-length": str(len(raw)),
        "user-agent": _NAME,
        "webhook-id": str(event_id),
        "webhook-timestamp": str(timestamp_s),
        "webhook-signature": sign(secrets, id=str(event_id), timestamp_s=timestamp_s, body=raw),
    }
    return Outgoing(method="POST", url=target.url, headers=headers, body=raw)


def outcome_of(answer: Answered, *, now: datetime) -> Outcome:
    """Read an answer: 2xx is taken, 410 means never again, everything else comes again later.

    Source: Standard Webhooks 1.0; a redirect is no delivery, so nobody can lead us elsewhere.
    """
    is_taken = 200 <= answer.status < 300  # noqa: PLR2004 - the class of success
    return Outcome(
        status=answer.status,
        problem=None if is_taken else f"HTTP {answer.status}",
        response=_text(answer.body),
        is_gone=answer.status == _GONE,
        wished_s=_wish(answer.headers.get("retry-after"), now),
    )


def no_answer(what: str) -> Outcome:
    """Describe a try that brought no answer."""
    return Outcome(status=None, problem=what[:_EXCERPT], response="")


def shown(request: Outgoing) -> str:
    """Shorten a request for the log. Signatures are shown: they prove nothing without the secret."""
    head = "\n".join(f"{name}: {value}" for name, value in request.headers.items())
    return f"{request.method} {request.url}\n{head}\n\n{_text(request.body)}"


def _text(raw: bytes) -> str:
    """Read the beginning of what may be no text at all; PostgreSQL keeps no NUL."""
    return raw[:_EXCERPT].decode("utf-8", "replace").replace("\0", "\ufffd")


def _wish(value: str | None, now: datetime) -> int | None:
    """Read Retry-After: seconds, or a date."""
    if value is None:
        return None
    if value.isascii() and value.isdigit():
        return int(value[:9])
    try:
        return max(int((parsedate_to_datetime(value) - now).total_seconds()), 0)
    except (ValueError, TypeError):
        return None
