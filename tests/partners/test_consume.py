"""Who hears of an event: whom it concerns, who subscribed before it happened, once each."""

from lingqu.modules.partners.consumers import queue_for_subscribers
from lingqu.modules.partners.subjects import TOLD
from lingqu.roles.modules import ALL
from tests.partners.conftest import Desk


async def test_both_sides_of_an_order_and_nobody_else(desk: Desk) -> None:
    hearing = [await desk.subscribe(who) for who in (desk.seller, desk.buyer, desk.stranger)]
    deaf = await desk.subscribe(desk.seller, subjects=["orders.placed.v1"])
    event = desk.confirmed()
    await desk.happen(event)
    rows = await desk.rows("select cell_id, webhook_id, event_id, state from partners.delivery order by webhook_id")
    assert rows == [
        (who.home_cell, made.webhook.id, event.event_id, "waiting")
        for who, made in zip((desk.seller, desk.buyer), hearing[:2], strict=True)
    ]
    assert deaf.webhook.id not in {row[1] for row in rows}


async def test_what_was_before_the_subscription_is_history(desk: Desk) -> None:
    before = desk.confirmed()
    desk.wait(1)
    await desk.subscribe(desk.seller)
    await desk.happen(before, desk.confirmed())
    assert len(await desk.rows("select 1 from partners.delivery")) == 1


async def test_an_event_that_comes_twice_is_queued_once(desk: Desk) -> None:
    await desk.subscribe(desk.seller)
    event = desk.confirmed()
    for _ in range(2):
        await desk.database.run(lambda tx: queue_for_subscribers(tx, [event]))
    assert len(await desk.rows("select 1 from partners.delivery")) == 1


async def test_a_paused_and_a_disabled_one_collect_and_a_closed_one_does_not(desk: Desk) -> None:
    made = [(await desk.subscribe(desk.seller)).webhook.id for _ in range(3)]
    await desk.set("update partners.webhook set state = 'paused' where id = %s", made[0])
    await desk.set("update partners.webhook set state = 'disabled', disabled_reason = 'gone' where id = %s", made[1])
    await desk.set("update partners.webhook set state = 'closed' where id = %s", made[2])
    await desk.happen(desk.confirmed())
    rows = await desk.rows("select webhook_id from partners.delivery order by 1")
    assert [row[0] for row in rows] == made[:2]


def test_every_published_fact_can_be_subscribed_to_or_is_left_out_for_a_reason() -> None:
    from tools.event_docs import events  # noqa: PLC0415 - reads the whole product

    left_out = {
        "catalog.tax-class-changed.v1",  # the platform's, concerns all
        "identity.user-joined.v1",  # of people, not of trade
        "identity.user-left.v1",
        "membership.points-changed.v1",  # names no organization
        "network.organization-applied.v1",  # is not an organization yet
        "partners.ping.v1",  # sent on request
        "partners.webhook-disabled.v1",  # to whom, if nobody answers
        "pricing.resale-limit-changed.v1",  # names who set it and not whom it binds
    }
    assert {event.subject for event in events()} - set(TOLD) == left_out
    heard = {consumer.event.subject for module in ALL if module.name == "partners" for consumer in module.consumers}
    assert heard == set(TOLD)


def test_whoever_may_hear_holds_a_right_that_exists() -> None:
    known = {permission.code for module in ALL for permission in module.permissions}
    assert {told.permission for told in TOLD.values()} <= known
