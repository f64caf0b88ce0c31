"""Hears what is published and queues it for whoever subscribed and is concerned."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.ids import unix_ms_of
from lingqu.modules.partners.backoff import SETTLE
from lingqu.modules.partners.queue import ToTell, body_of, queue
from lingqu.modules.partners.subjects import TOLD, Told
from lingqu.runtime.inbox import Consumer, Delivered
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class _Subscriber(Struct, frozen=True):
    webhook_id: int
    organization_id: int
    party_id: UUID
    cell_id: int
    made_at: datetime


async def queue_for_subscribers(tx: Tx, delivered: Sequence[Delivered]) -> None:
    """Queue the events of one message, all of one subject."""
    if not delivered:
        return
    subject = delivered[0].data.subject
    told = TOLD[subject]
    concerns = [told.concern(one.data) for one in delivered]
    subscribers = await tx.all(
        SQL["find_subscribers"],
        _Subscriber,
        subject=subject,
        organization_ids=sorted({id_ for concern in concerns for id_ in concern.organization_ids}),
        party_ids=sorted({id_ for concern in concerns for id_ in concern.party_ids}),
    )
    if subscribers:
        await queue(tx, subject=subject, told=_match(told, delivered, subscribers), due_at=tx.now + SETTLE)


def _match(told: Told, delivered: Sequence[Delivered], subscribers: Sequence[_Subscriber]) -> list[ToTell]:
    by_side: dict[int | UUID, list[_Subscriber]] = defaultdict(list)
    for subscriber in subscribers:
        by_side[subscriber.organization_id].append(subscriber)
        by_side[subscriber.party_id].append(subscriber)
    found = []
    for one in delivered:
        happened_at = datetime.fromtimestamp(unix_ms_of(one.event_id) / 1000, UTC)
        concern = told.concern(one.data)
        sides: list[int | UUID] = [*concern.organization_ids, *concern.party_ids]
        hearing = {
            subscriber.webhook_id: subscriber
            for side in sides
            for subscriber in by_side.get(side, ())
            if subscriber.made_at <= happened_at
        }
        if hearing:
            body = body_of(one.data, event_id=one.event_id, cell_id=one.cell_id, at=happened_at)
            found += [
                ToTell(
                    cell_id=subscriber.cell_id,
                    webhook_id=webhook_id,
                    event_id=one.event_id,
                    object=told.object(one.data),
                    body=body,
                )
                for webhook_id, subscriber in hearing.items()
            ]
    return found


CONSUMERS = tuple(
    Consumer(f"partners.tell-{subject.replace('.', '-')}", told.event, handle_all=queue_for_subscribers)
    for subject, told in TOLD.items()
)
