"""What is told arrives: in order per object, again after a failure, and past those who are slow or gone."""

import asyncio
import json
from datetime import timedelta

from lingqu.kernel.ids import uuid7
from lingqu.modules.partners.api import CHECKS
from lingqu.modules.partners.deliveries import SendAgain, ping, read_delivery, send_again, send_all_again
from lingqu.modules.partners.jobs import drop_old
from lingqu.modules.partners.steps import pause, resume
from lingqu.modules.partners.types import DeliveryState, WebhookState
from lingqu.modules.partners.webhooks import read_webhook
from lingqu.runtime.check import run_checks
from tests.partners.conftest import NOW, Desk, scope_of
from tests.partners.sink import Answer, Received, in_turn, well


async def states(desk: Desk) -> list[str]:
    return [row[0] for row in await desk.rows("select state from partners.delivery order by event_id")]


async def test_it_arrives_signed_in_the_envelope_of_the_bus(desk: Desk) -> None:
    made = await desk.subscribe(desk.seller, "/in?key=1")
    event = desk.confirmed()
    await desk.happen(event)
    await desk.tell_all()
    (one,) = desk.sink.received
    assert one.path == "/in?key=1"
    assert one.id == str(event.event_id)
    assert one.is_signed(made.secret)
    body = json.loads(one.body)
    assert (body["specversion"], body["id"], body["type"]) == ("1.0", str(event.event_id), "orders.confirmed.v1")
    assert body["data"]["order_id"] == str(event.data.order_id)
    assert await states(desk) == ["delivered"]
    await desk.tell_all()
    assert len(desk.sink.received) == 1, "once"


async def test_five_hundred_then_two_hundred_under_the_same_id(desk: Desk) -> None:
    made = await desk.subscribe(desk.seller)
    desk.sink.answer = in_turn(500, 302, 200)
    await desk.happen(desk.confirmed())
    for _ in range(3):
        await desk.tell_all()
        desk.wait(100)
    assert len(desk.sink.received) == 3
    assert len(set(desk.sink.ids)) == 1
    assert all(one.is_signed(made.secret) for one in desk.sink.received), "each try is signed with its own time"
    async with desk.database.begin() as tx:
        (row,) = await desk.rows("select id from partners.delivery")
        log = await read_delivery(tx, scope=scope_of(desk.seller), webhook_id=made.webhook.id, delivery_id=row[0])
    assert [(one.status, one.problem) for one in log.attempts] == [
        (200, None),
        (302, "HTTP 302"),
        (500, "HTTP 500"),
    ]
    assert log.delivery.state is DeliveryState.DELIVERED
    assert "webhook-signature: v1," in log.attempts[0].request
    assert log.attempts[0].response == "ok"


async def test_of_one_order_nothing_overtakes_and_of_others_everything_may(desk: Desk) -> None:
    await desk.subscribe(desk.seller)
    order, other = uuid7(), uuid7()
    first, second, third = desk.confirmed(order), desk.confirmed(order), desk.confirmed(other)

    async def refuse_first(one: Received) -> Answer:
        return (503 if one.id == str(first.event_id) else 200), {}

    desk.sink.answer = refuse_first
    await desk.happen(third, second, first)
    await desk.tell_all()
    assert set(desk.sink.ids) == {str(first.event_id), str(third.event_id)}
    desk.sink.answer = well
    desk.wait(10)
    await desk.tell_all()
    assert desk.sink.ids[-2:] == [str(first.event_id), str(second.event_id)]
    assert await states(desk) == ["delivered"] * 3


async def test_the_receiver_says_when_to_come_back(desk: Desk) -> None:
    async def busy(_: Received) -> Answer:
        return 429, {"retry-after": "3600"}

    await desk.subscribe(desk.seller)
    desk.sink.answer = busy
    await desk.happen(desk.confirmed())
    await desk.tell_all()
    desk.wait(3_500)
    await desk.tell_all()
    assert len(desk.sink.received) == 1
    desk.wait(200)
    await desk.tell_all()
    assert len(desk.sink.received) == 2


async def test_one_that_never_answers_holds_up_nobody_else(desk: Desk) -> None:
    is_over = asyncio.Event()

    async def slow(one: Received) -> Answer:
        if one.path == "/slow":
            await is_over.wait()
        return 200, {}

    desk.sink.answer = slow
    await desk.subscribe(desk.seller, "/slow")
    await desk.subscribe(desk.buyer, "/quick")
    await desk.happen(*(desk.confirmed() for _ in range(30)))
    telling = asyncio.create_task(desk.dispatcher.tell_due())
    await desk.sink.until(30, path="/quick")
    assert len(desk.sink.on("/quick")) == 30
    assert 1 <= len(desk.sink.on("/slow")) <= 4
    assert not telling.done()
    is_over.set()
    await telling
    await desk.tell_all()
    assert len(desk.sink.on("/slow")) == 30


async def test_a_dead_address_is_probed_and_not_hammered(desk: Desk) -> None:
    await desk.subscribe(desk.seller)
    desk.sink.answer = in_turn(500)
    await desk.happen(*(desk.confirmed() for _ in range(200)))
    for _ in range(60):
        await desk.tell_all()
        desk.wait(10)
    tries = len(desk.sink.received)
    assert 5 <= tries <= 15, "ten minutes: not one try for each of two hundred"
    desk.sink.answer = well
    desk.wait(1_000)
    await desk.tell_all()
    assert (await states(desk)).count("delivered") > 100, "those whose own time has come"
    desk.wait(7 * 3_600)
    await desk.tell_all()
    assert await states(desk) == ["delivered"] * 200
    assert len(set(desk.sink.ids)) == 200


async def test_after_three_days_it_is_disabled_and_people_are_told(desk: Desk) -> None:
    made = await desk.subscribe(desk.seller)
    desk.sink.answer = in_turn(500)
    await desk.happen(desk.confirmed())
    for _ in range(100):
        await desk.tell_all()
        desk.wait(3_600)
    async with desk.database.begin() as tx:
        webhook = await read_webhook(tx, scope=scope_of(desk.seller), webhook_id=made.webhook.id)
    assert (webhook.state, webhook.disabled_reason) == (WebhookState.DISABLED, "silent")
    ((cell, title, path),) = await desk.rows("select cell_id, title_zh, path from notice.notice")
    assert (cell, path) == (desk.seller.home_cell, f"/webhooks/{made.webhook.id}")
    assert "已停用" in title
    (event,) = await desk.rows("select body::jsonb->0->>'subject' from runtime.outbox where body like '%%webhook%%'")
    assert event == ("partners.webhook-disabled.v1",)
    tries = len(desk.sink.received)
    desk.wait(86_400)
    await desk.tell_all()
    assert len(desk.sink.received) == tries


async def test_gone_means_at_once_and_resuming_begins_anew(desk: Desk) -> None:
    made = await desk.subscribe(desk.seller)
    desk.sink.answer = in_turn(410, 200)
    await desk.happen(desk.confirmed())
    await desk.tell_all()
    await desk.happen(desk.confirmed())
    await desk.tell_all()
    assert len(desk.sink.received) == 1
    assert await states(desk) == ["failed", "waiting"]
    async with desk.database.begin() as tx:
        webhook = await read_webhook(tx, scope=scope_of(desk.seller), webhook_id=made.webhook.id)
        assert (webhook.state, webhook.disabled_reason) == (WebhookState.DISABLED, "gone")
        await resume(tx, scope=scope_of(desk.seller), webhook_id=made.webhook.id, if_match=webhook.version)
    await desk.tell_all()
    assert await states(desk) == ["failed", "delivered"]


async def test_what_happened_during_a_pause_is_told_afterwards(desk: Desk) -> None:
    made = await desk.subscribe(desk.seller)
    scope = scope_of(desk.seller)
    async with desk.database.begin() as tx:
        await pause(tx, scope=scope, webhook_id=made.webhook.id, if_match=1)
    await desk.happen(desk.confirmed(), desk.confirmed())
    desk.wait(5 * 86_400)
    await desk.tell_all()
    assert not desk.sink.received
    async with desk.database.begin() as tx:
        await resume(tx, scope=scope, webhook_id=made.webhook.id, if_match=2)
    await desk.tell_all()
    assert await states(desk) == ["delivered"] * 2


async def test_one_is_given_up_after_three_days_and_the_next_goes_on(desk: Desk) -> None:
    await desk.subscribe(desk.seller)
    order = uuid7()
    poison, after = desk.confirmed(order), desk.confirmed(order)

    async def choke(one: Received) -> Answer:
        return (400 if one.id == str(poison.event_id) else 200), {}

    desk.sink.answer = choke
    await desk.happen(poison, after)
    for _ in range(80):
        await desk.happen(desk.confirmed())  # others are taken, so the address is alive
        await desk.tell_all()
        desk.wait(3_600)
    found = await desk.rows("select state from partners.delivery where object = %s order by event_id", f"order:{order}")
    assert found == [("failed",), ("delivered",)]


async def test_send_one_again_and_all_since_a_time(desk: Desk) -> None:
    made = await desk.subscribe(desk.seller)
    scope, one = scope_of(desk.seller), made.webhook.id
    await desk.happen(desk.confirmed())
    await desk.tell_all()
    ((delivery_id,),) = await desk.rows("select id from partners.delivery")
    async with desk.database.begin() as tx:
        await send_again(tx, scope=scope, webhook_id=one, delivery_id=delivery_id)
    await desk.tell_all()
    assert len(desk.sink.received) == 2
    assert len(set(desk.sink.ids)) == 1
    desk.wait(60)
    later = desk.clock[0]
    await desk.happen(desk.confirmed())
    await desk.tell_all()
    async with desk.database.begin() as tx:
        assert (await send_all_again(tx, scope=scope, webhook_id=one, again=SendAgain(since=NOW))).count == 0
        again = SendAgain(since=later, is_delivered_too=True)
        assert (await send_all_again(tx, scope=scope, webhook_id=one, again=again)).count == 1
    await desk.tell_all()
    assert len(desk.sink.received) == 4
    assert desk.sink.ids[-1] == desk.sink.ids[-2]


async def test_a_trial_is_told_and_logged(desk: Desk) -> None:
    made = await desk.subscribe(desk.seller)
    async with desk.database.begin() as tx:
        sent = await ping(tx, scope=scope_of(desk.seller), webhook_id=made.webhook.id)
    await desk.tell_all()
    (one,) = desk.sink.received
    assert (one.id, one.data) == (str(sent.event_id), {"webhook_id": made.webhook.id})


async def test_a_hand_that_fell_silent_writes_nothing(desk: Desk) -> None:
    """Two dispatchers: the first is silent beyond its lease while it waits for an answer, the second takes over."""
    await desk.subscribe(desk.seller)
    is_over = asyncio.Event()

    async def wait(_: Received) -> Answer:
        await is_over.wait()
        return 200, {}

    desk.sink.answer = wait
    await desk.happen(desk.confirmed())
    silent = asyncio.create_task(desk.dispatcher.tell_due())
    await desk.sink.until(1)
    assert await desk.dispatcher.tell_due() == 0, "the lane is in a hand"
    desk.wait(61)
    desk.sink.answer = well
    await desk.tell_all()
    is_over.set()
    await silent
    assert len(set(desk.sink.ids)) == 1
    assert await desk.rows("select state, attempts from partners.delivery") == [("delivered", 1)]


async def test_checks_find_a_lane_that_forgot(desk: Desk) -> None:
    await desk.subscribe(desk.seller)
    await desk.happen(desk.confirmed())

    async def broken() -> set[str]:
        return {finding.check.name for finding in await run_checks(tx, CHECKS) if finding.violation_count}

    async with desk.database.begin() as tx:
        assert await broken() == set()
        await tx.connection.execute("update partners.lane set due_at = null")
        assert await broken() == {"partners.nothing-waits-unseen"}
        await tx.connection.execute("update partners.lane set is_open = false")
        assert await broken() == {"partners.lanes-follow-webhooks"}


async def test_old_deliveries_go_with_their_attempts(desk: Desk) -> None:
    await desk.subscribe(desk.seller)
    await desk.happen(desk.confirmed())
    await desk.tell_all()
    desk.clock[0] += timedelta(days=29)
    await desk.database.run(drop_old)
    assert await desk.rows("select count(*) from partners.attempt") == [(1,)]
    desk.clock[0] += timedelta(days=2)
    await desk.database.run(drop_old)
    assert await desk.rows("select count(*) from partners.attempt") == [(0,)]
    assert await desk.rows("select count(*) from partners.delivery") == [(0,)]
