"""The proof of a campaign sees what it is there to see: each damage done by hand is counted."""

from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID

import psycopg
import pytest
from msgspec.structs import asdict

from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.orders.api import Intake, NewLine, NewOrder
from lingqu.roles.bench.crash import prove as proving
from lingqu.roles.bench.crash.prove import Proof, prove
from lingqu.roles.bench.crash.record import Record
from lingqu.roles.bench.fair import Fair, open_fair
from lingqu.roles.modules import ALL
from lingqu.runtime.db import Database

_HANDLED = """
insert into runtime.inbox (cell_id, consumer, event_id, handled_at)
select o.cell_id, %s, (e ->> 'id')::uuid, now() from runtime.outbox as o, jsonb_array_elements(o.body::jsonb) as e
where e ->> 'subject' = %s
"""
_TOLD = """
insert into notice.notice (cell_id, id, user_id, party_id, kind, title_zh, title_en, path, told_at)
select 0, gen_random_uuid(), u.id, p.party_id, 'orders.placed.v1', '', '', '/orders/' || o.id, now()
from orders.order as o, (select min(id) as id from identity.user) as u,
     (select id as party_id from identity.party limit 1) as p
"""


class Scene:
    """A database after a campaign in which two orders were placed, one of them unanswered."""

    def __init__(self, url: str, database: Database, record: Record) -> None:
        self.url = url
        self.database = database
        self.record = record

    def damage(self, text: str, *values: Any) -> None:
        with psycopg.connect(self.url) as connection:
            connection.execute(text, values)  # type: ignore[arg-type]

    async def look(self) -> dict[str, Any]:
        """Name what the proof found wrong."""
        proof = await prove(self.database, self.record)
        counted = {name: value for name, value in asdict(proof).items() if name not in {"orders", "nameless", "events"}}
        assert proof.is_good == (not any(counted.values()))
        return {name: value for name, value in counted.items() if value}

    @property
    def answered(self) -> UUID:
        (order_id,) = self.record.acknowledged.values()
        return order_id


async def _place(database: Database, fair: Fair, record: Record) -> None:
    stall = fair.stalls[0]
    buyer = stall.dealers[0].organization
    scope = Scope(
        actor=Actor(buyer.party_id),
        organization_id=buyer.id,
        party_id=buyer.party_id,
        cell_id=buyer.home_cell,
        organization_ids=(buyer.id,),
        party_ids=(buyer.party_id,),
        cell_ids=(buyer.home_cell,),
        permissions=frozenset({"orders.place"}),
    )
    intake = Intake(database)
    for is_answered in (True, False):
        key = str(uuid7())
        record.send(key, buyer=buyer, seller=stall.seller)
        order = NewOrder(seller_id=stall.seller.id, lines=[NewLine(sku_id=fair.scarce, packs=2)])
        placed = await intake.place(scope=scope, key=key, order=order)
        if is_answered:
            record.acknowledged[key] = placed.id
    await intake.drain()


@pytest.fixture
async def scene(fresh_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    monkeypatch.setattr(proving, "_DELIVERED_WITHIN_S", 0.0)
    url = fresh_database()
    database = Database(url, size=2)
    await database.open()
    record = Record()
    await _place(database, await database.run(open_fair), record)
    with psycopg.connect(url) as connection:
        connection.execute("update runtime.outbox set published_at = now()")
        for consumer in (one for module in ALL for one in module.consumers):
            connection.execute(_HANDLED, (consumer.name, consumer.event.subject))
        connection.execute(_TOLD)
    yield Scene(url, database, record)
    await database.close()


async def test_a_sound_end_is_good(scene: Scene) -> None:
    assert await scene.look() == {}
    proof: Proof = await prove(scene.database, scene.record)
    assert (proof.orders, proof.nameless) == (2, 1)


async def test_an_answer_without_its_order_is_lost(scene: Scene) -> None:
    scene.record.acknowledged["another"] = missing = uuid7()
    scene.record.sent["another"] = missing
    assert await scene.look() == {"lost": 1}


async def test_one_order_for_two_answers_is_doubled(scene: Scene) -> None:
    scene.record.acknowledged["another"] = scene.record.sent["another"] = scene.answered
    assert await scene.look() == {"doubled": 1}


async def test_an_order_nobody_sent_is_doubled(scene: Scene) -> None:
    (nameless,) = scene.record.unanswered
    del scene.record.sent[nameless]
    assert await scene.look() == {"doubled": 1}


async def test_a_refused_order_that_stands_is_half(scene: Scene) -> None:
    scene.record.refused |= scene.record.unanswered
    assert await scene.look() == {"half": 1}


async def test_an_order_without_its_event_is_half(scene: Scene) -> None:
    scene.damage(
        "delete from runtime.outbox where body::jsonb @> %s::jsonb", f'[{{"data": {{"order_id": "{scene.answered}"}}}}]'
    )
    assert await scene.look() == {"half": 1}


async def test_an_answered_step_that_is_not_there_is_wrong(scene: Scene) -> None:
    scene.record.steps.append((scene.answered, "confirm"))
    assert await scene.look() == {"steps_wrong": 1}


async def test_a_transfer_that_is_not_there_is_wrong(scene: Scene) -> None:
    scene.record.transfers.append(uuid7())
    assert await scene.look() == {"transfers_wrong": 1}


async def test_an_event_no_consumer_has_seen_is_undelivered(scene: Scene) -> None:
    scene.damage("delete from runtime.inbox where consumer = 'orders.tell-of-placed'")
    assert await scene.look() == {"events_undelivered": 2}


async def test_a_notice_told_twice_is_an_event_handled_twice(scene: Scene) -> None:
    scene.damage(f"{_TOLD} limit 1")
    assert await scene.look() == {"events_handled_twice": 2}, "one doubled, and one notice more than orders"


async def test_stock_that_moved_by_itself_is_seen_by_the_books(scene: Scene) -> None:
    scene.damage("update stock.balance set reserved = reserved + 1 where reserved > 0")
    found = await scene.look()
    assert found.keys() == {"books_wrong"}
    assert "stock.reserved-is-the-sum-of-reservations" in found["books_wrong"]
