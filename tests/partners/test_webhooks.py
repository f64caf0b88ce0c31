"""Subscribe, change, pause, close, and another secret."""

from datetime import timedelta

import pytest

from lingqu.kernel.errors import Invalid, NotFound, Stale
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.partners.address import AddressRule
from lingqu.modules.partners.steps import close, pause, resume, rotate
from lingqu.modules.partners.subscribe import NewWebhook, TooManyWebhooks, WebhookEdit, change, subscribe
from lingqu.modules.partners.types import WebhookState
from lingqu.modules.partners.webhooks import list_subjects, list_webhooks, read_webhook
from lingqu.runtime.paging import ListQuery
from tests.partners.conftest import NOW, Desk, scope_of

RULE = AddressRule()
URL = "https://erp.example.com/lingqu"


async def test_an_organization_sees_its_own_and_the_secret_once(desk: Desk) -> None:
    async with desk.database.begin() as tx:
        tx.cell_id = 1
        new = NewWebhook(url=URL, subjects=["orders.placed.v1", "orders.placed.v1"], description="ERP")
        made = await subscribe(tx, scope=scope_of(desk.seller), new=new, rule=RULE)
        assert made.secret.startswith("whsec_")
        assert (made.webhook.subjects, made.webhook.state) == (["orders.placed.v1"], WebhookState.ACTIVE)
        assert made.webhook.steps == ["close", "pause"]
        assert not any(made.secret in repr(one) for one in tx.changes), "no secret in the audit log"
        listed = await list_webhooks(tx, scope=scope_of(desk.seller), query=ListQuery())
        assert listed.items == [made.webhook]
        for other in (desk.buyer, desk.stranger):
            assert not (await list_webhooks(tx, scope=scope_of(other), query=ListQuery())).items
            with pytest.raises(NotFound):
                await read_webhook(tx, scope=scope_of(other), webhook_id=made.webhook.id)


async def test_only_events_that_one_may_see(desk: Desk) -> None:
    blind = scope_of(desk.seller, without="ledger.read")
    assert "ledger.entry-written.v1" not in {one.subject for one in list_subjects(blind).items}
    assert "ledger.entry-written.v1" in {one.subject for one in list_subjects(scope_of(desk.seller)).items}
    async with desk.database.begin() as tx:
        for wrong in ("ledger.entry-written.v1", "orders.imagined.v1"):
            new = NewWebhook(url=URL, subjects=["orders.placed.v1", wrong])
            with pytest.raises(Invalid) as refused:
                await subscribe(tx, scope=blind, new=new, rule=RULE)
            assert [one.path for one in refused.value.errors] == ["/subjects/1"]
        new = NewWebhook(url="https://10.0.0.1/", subjects=["orders.placed.v1"])
        with pytest.raises(Invalid):
            await subscribe(tx, scope=blind, new=new, rule=RULE)


async def test_who_may_see_less_may_keep_what_was_there(desk: Desk) -> None:
    made = await desk.subscribe(desk.seller, subjects=["ledger.entry-written.v1"])
    blind = scope_of(desk.seller, without="ledger.read")
    edit = WebhookEdit(subjects=["ledger.entry-written.v1", "orders.placed.v1"])
    async with desk.database.begin() as tx:
        after = await change(
            tx, scope=blind, webhook_id=made.webhook.id, edit=edit, if_match=1, rule=AddressRule(may_be_private=True)
        )
        assert after.subjects == ["ledger.entry-written.v1", "orders.placed.v1"]
        with pytest.raises(Stale):
            await change(tx, scope=blind, webhook_id=made.webhook.id, edit=edit, if_match=1, rule=RULE)
        with pytest.raises(NotFound):
            await change(tx, scope=scope_of(desk.buyer), webhook_id=made.webhook.id, edit=edit, if_match=2, rule=RULE)


async def test_twenty_are_enough_and_a_closed_one_makes_room(desk: Desk) -> None:
    made = [await desk.subscribe(desk.seller) for _ in range(20)]
    with pytest.raises(TooManyWebhooks):
        await desk.subscribe(desk.seller)
    await desk.subscribe(desk.buyer)
    async with desk.database.begin() as tx:
        await close(tx, scope=scope_of(desk.seller), webhook_id=made[0].webhook.id, if_match=1)
    await desk.subscribe(desk.seller)


async def test_pause_resume_close(desk: Desk) -> None:
    one = (await desk.subscribe(desk.seller)).webhook.id
    scope = scope_of(desk.seller)
    async with desk.database.begin() as tx:
        assert (await pause(tx, scope=scope, webhook_id=one, if_match=1)).state is WebhookState.PAUSED
        with pytest.raises(WrongState):
            await pause(tx, scope=scope, webhook_id=one, if_match=2)
        with pytest.raises(Stale):
            await resume(tx, scope=scope, webhook_id=one, if_match=1)
        assert (await resume(tx, scope=scope, webhook_id=one, if_match=2)).state is WebhookState.ACTIVE
        await close(tx, scope=scope, webhook_id=one, if_match=3)
        with pytest.raises(NotFound):
            await read_webhook(tx, scope=scope, webhook_id=one)


async def test_another_secret_is_valid_beside_the_old_one_for_a_day(desk: Desk) -> None:
    made = await desk.subscribe(desk.seller)
    async with desk.database.begin() as tx:
        rotated = await rotate(tx, scope=scope_of(desk.seller), webhook_id=made.webhook.id, if_match=1)
    assert rotated.secret != made.secret
    assert rotated.webhook.old_secret_until == NOW + timedelta(days=1)
    await desk.happen(desk.confirmed())
    await desk.tell_all()
    desk.wait(86_400)
    await desk.happen(desk.confirmed())
    await desk.tell_all()
    during, after = desk.sink.received
    assert during.is_signed(made.secret)
    assert during.is_signed(rotated.secret)
    assert not after.is_signed(made.secret)
    assert after.is_signed(rotated.secret)
