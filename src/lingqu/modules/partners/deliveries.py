"""The delivery log for people, a trial, and sending again."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from lingqu.kernel.errors import NotFound
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.partners.backoff import KEEP_TRYING
from lingqu.modules.partners.events import Ping
from lingqu.modules.partners.queue import ToTell, body_of, queue, wake
from lingqu.modules.partners.subjects import PING
from lingqu.modules.partners.types import Attempt, Delivery, DeliveryLog, DeliveryState
from lingqu.modules.partners.webhooks import read_webhook
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
# The ids are time-ordered, and an index has them in this order.
_SORTS = Sorts({"queued_at": "id"}, default="-queued_at")


class DeliveryQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    state: DeliveryState | None = None
    subject: Annotated[str, Meta(max_length=100)] | None = None


class SendAgain(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From when on; ``is_delivered_too`` for a receiver that lost what it had accepted."""

    since: datetime
    is_delivered_too: bool = False


class SentAgain(Struct, frozen=True):
    """How many deliveries are on their way again."""

    count: int


class _Whole(Delivery, frozen=True, kw_only=True):
    body: str


async def list_deliveries(tx: Tx, *, scope: Scope, webhook_id: int, query: DeliveryQuery) -> Listed[Delivery]:
    """List what a webhook was told or is to be told, the newest first.

    Raises: NotFound for another's webhook.
    """
    await read_webhook(tx, scope=scope, webhook_id=webhook_id)
    return await list_page(
        tx,
        SQL["list_deliveries"],
        Delivery,
        query=query,
        sorts=_SORTS,
        id=None,
        state=query.state,
        subject=query.subject,
        **_own(scope, webhook_id),
    )


async def read_delivery(tx: Tx, *, scope: Scope, webhook_id: int, delivery_id: UUID) -> DeliveryLog:
    """Read one delivery with its body and every attempt.

    Raises: NotFound.
    """
    whole = await _find(tx, scope, webhook_id, delivery_id)
    attempts = await tx.all(SQL["list_attempts"], Attempt, cell_id=scope.cell_id, delivery_id=delivery_id)
    return DeliveryLog(delivery=_shown(whole), body=msgspec.json.decode(whole.body), attempts=attempts)


async def ping(tx: Tx, *, scope: Scope, webhook_id: int) -> Delivery:
    """Send a trial to one webhook; the log shows how it went.

    Raises: NotFound.
    """
    webhook = await read_webhook(tx, scope=scope, webhook_id=webhook_id)
    event, event_id = Ping(webhook_id=webhook.id), uuid7(at=tx.now)
    told = ToTell(
        cell_id=scope.cell_id,
        webhook_id=webhook.id,
        event_id=event_id,
        object=PING.object(event),
        body=body_of(event, event_id=event_id, cell_id=scope.cell_id, at=tx.now),
    )
    await queue(tx, subject=Ping.subject, told=[told], due_at=tx.now)
    tx.record("webhook", webhook.id, after={"ping": event_id})
    found = await list_deliveries(
        tx, scope=scope, webhook_id=webhook.id, query=DeliveryQuery(limit=1, subject=Ping.subject)
    )
    return found.items[0]


async def send_again(tx: Tx, *, scope: Scope, webhook_id: int, delivery_id: UUID) -> Delivery:
    """Send one delivery once more, under the same id; one that waits is tried at once.

    Raises: NotFound.
    """
    before = await _find(tx, scope, webhook_id, delivery_id)
    own = {"cell_id": scope.cell_id, "webhook_id": webhook_id}
    await tx.run(SQL["send_again"], id=delivery_id, now=tx.now, give_up_at=tx.now + KEEP_TRYING, **own)
    await wake(tx, cell_id=scope.cell_id, webhook_ids=[webhook_id], due_at=tx.now)
    after = _shown(await _find(tx, scope, webhook_id, delivery_id))
    tx.record("webhook-delivery", delivery_id, before=_shown(before), after=after)
    return after


async def send_all_again(tx: Tx, *, scope: Scope, webhook_id: int, again: SendAgain) -> SentAgain:
    """Send everything since a time once more that was given up, or everything at all.

    Raises: NotFound.
    """
    await read_webhook(tx, scope=scope, webhook_id=webhook_id)
    count = await tx.run(
        SQL["send_all_again"],
        cell_id=scope.cell_id,
        webhook_id=webhook_id,
        since=again.since,
        is_delivered_too=again.is_delivered_too,
        now=tx.now,
        give_up_at=tx.now + KEEP_TRYING,
    )
    await wake(tx, cell_id=scope.cell_id, webhook_ids=[webhook_id], due_at=tx.now)
    tx.record("webhook", webhook_id, after={"sent_again": again, "count": count})
    return SentAgain(count)


async def _find(tx: Tx, scope: Scope, webhook_id: int, delivery_id: UUID) -> _Whole:
    found = await tx.first(
        SQL["list_deliveries"], _Whole, id=delivery_id, state=None, subject=None, **_own(scope, webhook_id)
    )
    if found is None:
        raise NotFound(kind="delivery", id=str(delivery_id))
    return found


def _shown(whole: _Whole) -> Delivery:
    return Delivery(**{name: getattr(whole, name) for name in Delivery.__struct_fields__})


def _own(scope: Scope, webhook_id: int) -> dict[str, object]:
    return {"cell_id": scope.cell_id, "webhook_id": webhook_id, "organization_id": scope.organization_id}
