"""Pain 41: webhooks come without id, unsigned, once or never (saleor/apps#339, saleor#14251, UCP samples#163).

Here each carries the event's id in every attempt, a signature by the standard, and comes again until it is taken; a
disabled one loses nothing, and everything can be sent again, under the same id.
"""

from lingqu.modules.partners.deliveries import SendAgain, send_all_again
from lingqu.modules.partners.steps import resume
from lingqu.modules.partners.webhooks import read_webhook
from tests.partners.conftest import NOW, Desk, desk, scope_of, sink
from tests.partners.sink import in_turn

__all__ = ["desk", "sink"]


async def test_a_receiver_can_tell_who_sent_it_what_it_is_and_whether_it_knows_it(desk: Desk) -> None:
    made = await desk.subscribe(desk.buyer)
    event = desk.confirmed()
    desk.sink.answer = in_turn(500)
    await desk.happen(event)
    for _ in range(90):
        await desk.tell_all()
        desk.wait(3_600)
    tries = len(desk.sink.received)
    assert tries > 10
    desk.sink.answer = in_turn(200)
    scope, one = scope_of(desk.buyer), made.webhook.id
    async with desk.database.begin() as tx:
        webhook = await read_webhook(tx, scope=scope, webhook_id=one)
        await resume(tx, scope=scope, webhook_id=one, if_match=webhook.version)
    await desk.tell_all()
    assert len(desk.sink.received) == tries + 1, "what waited is told first"
    async with desk.database.begin() as tx:
        again = SendAgain(since=NOW, is_delivered_too=True)
        assert (await send_all_again(tx, scope=scope, webhook_id=one, again=again)).count == 1
    await desk.tell_all()
    assert len(desk.sink.received) == tries + 2
    assert {got.id for got in desk.sink.received} == {str(event.event_id)}
    assert all(got.is_signed(made.secret) for got in desk.sink.received)
    assert await desk.rows("select state from partners.delivery") == [("delivered",)]
