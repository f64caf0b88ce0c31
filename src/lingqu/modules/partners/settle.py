"""Write down how a try ended, and what follows from it: another try, the end, or a webhook that is disabled."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Words
from lingqu.kernel.ids import uuid7
from lingqu.modules.identity.api import users_with
from lingqu.modules.network.api import organization_terms
from lingqu.modules.notice.api import NewNotice, tell
from lingqu.modules.partners.attempts import Outcome
from lingqu.modules.partners.backoff import SILENT, lane_pause, next_try
from lingqu.modules.partners.events import WebhookDisabled
from lingqu.modules.partners.types import DeliveryState
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

LEASE = timedelta(seconds=60)
"""How long a lane may be silent before another worker takes it; longer than any request may take."""

_TITLES = {
    "gone": Words("The webhook {url} was disabled: it says it is gone", "Webhook {url} 已停用：对方表示地址不再使用"),
    "silent": Words(
        "The webhook {url} was disabled: it failed for three days", "Webhook {url} 已停用：连续三天推送失败"
    ),
}


class Lane(Struct, frozen=True):
    """A webhook's deliveries in one hand; ``lease_no`` is the proof that it is this hand."""

    cell_id: int
    webhook_id: int
    lease_no: int
    failures: int


class Head(Struct, frozen=True):
    """The delivery of an object that goes next."""

    id: UUID
    event_id: UUID
    subject: str
    body: str
    attempts: int
    give_up_at: datetime


class Held(Struct, frozen=True):
    """How a lane stands."""

    failures: int
    failing_since: datetime | None


class LaneLost(Exception):
    """This worker was silent too long and another one has the lane."""


async def settle(
    tx: Tx, *, lane: Lane, head: Head, outcome: Outcome, request: str, started_at: datetime
) -> datetime | None:
    """Write one try down and give until when the lane must rest, None where it may go on.

    Raises: LaneLost if another worker has the lane; then it will try the same delivery, under the same id.
    """
    held = await _hold(tx, lane)
    await tx.run(
        SQL["add_attempt"],
        cell_id=lane.cell_id,
        id=uuid7(at=tx.now),
        delivery_id=head.id,
        started_at=started_at,
        duration_ms=max(int((tx.now - started_at).total_seconds() * 1000), 0),
        status=outcome.status,
        problem=outcome.problem,
        request=request,
        response=outcome.response,
    )
    due_at = next_try(head.id, attempts=head.attempts + 1, now=tx.now, wished_s=outcome.wished_s)
    failing_since = None if outcome.is_taken else held.failing_since or tx.now
    is_silent = failing_since is not None and due_at - failing_since >= SILENT
    # What a silent address did not take is kept with the webhook that is disabled for it.
    is_last = outcome.is_gone or (due_at > head.give_up_at and not is_silent)
    state = DeliveryState.DELIVERED if outcome.is_taken else DeliveryState.FAILED if is_last else DeliveryState.WAITING
    await tx.run(
        SQL["settle_delivery"],
        cell_id=lane.cell_id,
        id=head.id,
        state=state,
        due_at=due_at,
        finished_at=None if state is DeliveryState.WAITING else tx.now,
        status=outcome.status,
        problem=outcome.problem,
    )
    failures = 0 if outcome.is_taken else held.failures + 1
    rest_until = lane_pause(failures, now=tx.now)
    await _renew(tx, lane, failures=failures, failing_since=failing_since, paused_until=rest_until)
    if outcome.is_gone or is_silent:
        await _disable(tx, lane, "gone" if outcome.is_gone else "silent")
    return rest_until


async def keep(tx: Tx, *, lane: Lane) -> None:
    """Hold a lane for another while.

    Raises: LaneLost.
    """
    held = await _hold(tx, lane)
    await _renew(
        tx,
        lane,
        failures=held.failures,
        failing_since=held.failing_since,
        paused_until=None,
    )


async def release(tx: Tx, *, lane: Lane) -> None:
    """Give a lane back, with the time at which there is something to do again.

    Raises: LaneLost.
    """
    await _hold(tx, lane)
    await tx.run(SQL["release_lane"], cell_id=lane.cell_id, webhook_id=lane.webhook_id)


async def _hold(tx: Tx, lane: Lane) -> Held:
    held = await tx.first(
        SQL["hold_lane"], Held, cell_id=lane.cell_id, webhook_id=lane.webhook_id, lease_no=lane.lease_no
    )
    if held is None:
        raise LaneLost
    return held


async def _renew(
    tx: Tx, lane: Lane, *, failures: int, failing_since: datetime | None, paused_until: datetime | None
) -> None:
    await tx.run(
        SQL["renew_lane"],
        cell_id=lane.cell_id,
        webhook_id=lane.webhook_id,
        lease_no=lane.lease_no,
        lease_until=tx.now + LEASE,
        failures=failures,
        failing_since=failing_since,
        paused_until=paused_until,
    )


async def _disable(tx: Tx, lane: Lane, reason: str) -> None:
    """Stop telling an address, and tell the people of its organization instead."""
    rows = await tx.tuples(SQL["disable_webhook"], id=lane.webhook_id, reason=reason)
    if not rows:
        return  # a person paused or closed it meanwhile
    ((organization_id, url),) = rows
    await tx.run(SQL["close_lane"], cell_id=lane.cell_id, webhook_id=lane.webhook_id)
    terms = (await organization_terms(tx, organization_ids=[organization_id]))[organization_id]
    users = await users_with(tx, party_id=terms.party_id, permission="partners.webhooks")
    words = _TITLES[reason]
    if users:
        notice = NewNotice(
            cell_id=lane.cell_id,
            party_id=terms.party_id,
            user_ids=tuple(users),
            kind=WebhookDisabled.subject,
            title=Words(words.en.format(url=url), words.zh.format(url=url)),
            path=f"/webhooks/{lane.webhook_id}",
        )
        await tell(tx, notice=notice)
    tx.record("webhook", lane.webhook_id, after={"state": "disabled", "reason": reason}, cell_id=lane.cell_id)
    tx.emit(
        WebhookDisabled(webhook_id=lane.webhook_id, organization_id=organization_id, reason=reason),
        cell_id=lane.cell_id,
    )
