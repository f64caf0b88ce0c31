"""A buyer's own approval before an order leaves: submitted, released at today's prices, or sent back."""

import asyncio
from typing import Any

import pytest
from msgspec.structs import replace

from lingqu.kernel.errors import Refusal
from lingqu.modules.approval.decide import NothingWaits, NotYourLevel, RequesterCannotDecide
from lingqu.modules.network.api import bump_epochs
from lingqu.modules.orders.drafts import DraftSubmitted, discard_draft, read_draft, replace_draft, save_draft
from lingqu.modules.orders.offer_draft import offer_draft
from lingqu.modules.orders.prepare import NeedsRelease
from lingqu.modules.orders.release_draft import Release, release_draft, submit_draft, take_back_draft
from lingqu.modules.orders.release_rule import NewReleaseRule, set_release_rule
from lingqu.modules.orders.rules import ApprovalRule
from lingqu.modules.pricing.api import Changed
from lingqu.modules.stock.api import OutOfStock
from tests.orders.deciding import ONE, Office


async def _rule(office: Office, above: int | None, if_match: int = 0) -> None:
    rule = NewReleaseRule(above_minor=above)
    await office.run("buyer-boss", lambda tx, scope: set_release_rule(tx, scope=scope, rule=rule, if_match=if_match))


async def _submitted(office: Office, *lines: tuple[int, int], who: str = "buyer-clerk", **given: Any) -> Any:
    content = office.trade.order(*lines, **given)
    kept = await office.run(who, lambda tx, scope: save_draft(tx, scope=scope, content=content))
    return await office.run(who, lambda tx, scope: submit_draft(tx, scope=scope, draft_id=kept.id))


async def _release(office: Office, who: str, draft: Any, *, accept: bool = True, **given: Any) -> Any:
    release = Release(is_accepted=accept, **given)
    return await office.run(who, lambda tx, scope: release_draft(tx, scope=scope, draft_id=draft.id, release=release))


async def _price(office: Office, minor: int) -> None:
    async def change(tx: Any) -> None:
        await tx.connection.execute("update pricing.price_item set price_minor = %s where price_minor = 1000", (minor,))
        await bump_epochs(tx, seller_ids=[office.trade.seller.id])

    await office.trade.run(change)


async def _told(office: Office, who: str) -> list[str]:
    async with office.trade.database.begin(now=office.trade.now) as tx:
        cursor = await tx.connection.execute(
            "select title_zh from notice.notice where user_id = %s order by id", (office.users[who],)
        )
        return [row[0] for row in await cursor.fetchall()]


async def test_above_the_amount_nobody_orders_at_once_whoever_it_is(office: Office) -> None:
    trade = office.trade
    assert (await office.place((0, 9))).status == "placed"
    await _rule(office, 5_000)
    assert (await office.place((0, 5))).status == "placed"
    for who in ("buyer-clerk", "buyer-boss"):
        with pytest.raises(NeedsRelease) as refused:
            await office.place((0, 6), who=who)
        assert refused.value.facts == {"above_minor": 5_000, "total_minor": 6_000}
    entered = await office.place((0, 6), who="seller-clerk", buyer_id=trade.buyers[0].id)
    assert entered.status == "placed"
    await _rule(office, None, if_match=1)
    assert (await office.place((0, 6))).status == "placed"


async def test_released_by_another_it_is_ordered_in_the_name_of_who_submitted_it(office: Office) -> None:
    trade = office.trade
    await _rule(office, 5_000)
    draft = await _submitted(office, (0, 6))
    assert (draft.state, draft.submitted_total_minor) == ("submitted", 6_000)
    assert await trade.on_hand(trade.key()) == (1_000, 0)
    (waiting,) = await office.to_do("buyer-boss")
    assert (waiting.kind, waiting.object_id, waiting.subject["name"]) == ("orders.draft", str(draft.id), "经销商")
    with pytest.raises(NotYourLevel):
        await _release(office, "buyer-temp", draft)
    done = await _release(office, "buyer-boss", draft, expected_total_minor=6_000)
    placed_by, total = await trade.one("select placed_by, total_minor from orders.order")
    assert (placed_by, total, done.order.status) == (office.users["buyer-clerk"], 6_000, "placed")
    assert await trade.on_hand(trade.key()) == (1_000, 6)
    assert await trade.one("select count(*) from orders.draft") == 0
    assert await office.to_do("buyer-boss") == []
    assert await _told(office, "buyer-clerk") == ["您向 经销商 采购的采购单已批准并下单"]
    assert await _told(office, "buyer-boss") == ["有一份向 经销商 采购的采购单待您审批"]
    assert await trade.violations() == {}


async def test_who_submitted_does_not_release(office: Office) -> None:
    draft = await _submitted(office, (0, 1), who="buyer-boss")
    with pytest.raises(RequesterCannotDecide):
        await _release(office, "buyer-boss", draft)
    assert (await _release(office, "buyer-deputy", draft)).order is not None


async def test_a_price_that_changed_is_seen_before_and_told_after(office: Office) -> None:
    draft = await _submitted(office, (0, 6))
    await _price(office, 1_100)
    with pytest.raises(Changed):
        await _release(office, "buyer-boss", draft, expected_total_minor=6_000)
    offer = await office.run("buyer-boss", lambda tx, scope: offer_draft(tx, scope=scope, draft_id=draft.id))
    assert (offer.total_minor, offer.draft.submitted_total_minor) == (6_600, 6_000)
    done = await _release(office, "buyer-boss", draft, expected_total_minor=6_600)
    assert (done.before_minor, done.order.total_minor) == (6_000, 6_600)
    assert (await _told(office, "buyer-clerk"))[-1] == "您向 经销商 采购的采购单已下单，金额由 60.00 变为 66.00"


async def test_goods_that_ran_out_leave_the_basket_waiting(office: Office) -> None:
    trade = office.trade
    draft = await _submitted(office, (0, 600))
    other = await _submitted(office, (0, 600), shortage_policy="take-free")
    await trade.intake.place(
        scope=trade.scope(trade.seller), key=trade.new_key(), order=trade.order((0, 500), buyer_id=trade.buyers[0].id)
    )
    offer = await office.run("buyer-boss", lambda tx, scope: offer_draft(tx, scope=scope, draft_id=draft.id))
    assert [line.is_short for line in offer.lines] == [True]
    with pytest.raises(OutOfStock):
        await _release(office, "buyer-boss", draft)
    read = await office.run("buyer-boss", lambda tx, scope: read_draft(tx, scope=scope, draft_id=draft.id))
    assert (read.state, len(await office.to_do("buyer-boss"))) == ("submitted", 2)
    done = await _release(office, "buyer-boss", other)
    assert [line.free for line in done.order.short_lines] == [500]
    assert (await _told(office, "buyer-clerk"))[-1] == "您向 经销商 采购的采购单已下单，其中 1 行缺货"
    assert await trade.violations() == {}


async def test_sent_back_it_is_changed_and_submitted_again(office: Office) -> None:
    draft = await _submitted(office, (0, 6))
    content = replace(draft.content, lines=draft.content.lines[:1])
    with pytest.raises(DraftSubmitted):
        await office.run(
            "buyer-clerk",
            lambda tx, scope: replace_draft(
                tx, scope=scope, draft_id=draft.id, content=content, if_match=draft.version
            ),
        )
    back = await _release(office, "buyer-boss", draft, accept=False, reason="太多")
    assert (back.state, back.order) == ("returned", None)
    assert (await _told(office, "buyer-clerk"))[-1] == "您向 经销商 采购的采购单被退回：太多"
    read = await office.run("buyer-clerk", lambda tx, scope: read_draft(tx, scope=scope, draft_id=draft.id))
    assert (read.state, read.decision_reason) == ("returned", "太多")
    await office.run("buyer-clerk", lambda tx, scope: submit_draft(tx, scope=scope, draft_id=draft.id))
    await office.run("buyer-clerk", lambda tx, scope: take_back_draft(tx, scope=scope, draft_id=draft.id))
    assert await office.to_do("buyer-boss") == []
    with pytest.raises(NothingWaits):
        await _release(office, "buyer-boss", draft)
    await office.run("buyer-clerk", lambda tx, scope: submit_draft(tx, scope=scope, draft_id=draft.id))
    await office.run("buyer-clerk", lambda tx, scope: discard_draft(tx, scope=scope, draft_id=draft.id))
    assert await office.to_do("buyer-boss") == []


async def test_released_twice_at_once_it_is_one_order(office: Office) -> None:
    trade = office.trade
    draft = await _submitted(office, (0, 6))
    answers = await asyncio.gather(
        _release(office, "buyer-boss", draft), _release(office, "buyer-deputy", draft), return_exceptions=True
    )
    assert sum(not isinstance(a, BaseException) for a in answers) == 1
    assert all(isinstance(a, Refusal) for a in answers if isinstance(a, BaseException))
    assert await trade.one("select count(*) from orders.order") == 1
    assert await trade.violations() == {}


async def test_what_the_buyer_released_the_seller_still_judges(office: Office) -> None:
    await office.set(ApprovalRule(name="all", levels=ONE))
    draft = await _submitted(office, (0, 6))
    done = await _release(office, "buyer-boss", draft)
    assert done.order.approval_status == "waiting"
    assert [one.object_id for one in await office.to_do("seller-boss")] == [str(done.order.id)]
