"""A seller's clerk orders for a buyer: as the link says it may, or only once the buyer has agreed."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from lingqu.kernel.errors import Refusal
from lingqu.kernel.ids import uuid7
from lingqu.modules.orders.behalf import BehalfRule, NewBehalfRule, set_behalf_rule
from lingqu.modules.orders.change import Asked, change
from lingqu.modules.orders.events import OrderConsented, OrderEvent, OrderPlaced
from lingqu.modules.orders.expire import expire_due
from lingqu.modules.orders.notices import tell_of_order
from lingqu.modules.orders.revision import LineChange, OrderChange
from lingqu.modules.orders.rules import ApprovalRule
from lingqu.runtime.inbox import Delivered
from lingqu.runtime.tx import Tx
from tests.orders.deciding import ONE, Office, agree, build_office


async def _say(office: Office, who: str, says: Any, *, if_match: int = 0) -> BehalfRule:
    trade = office.trade
    answer: BehalfRule = await office.run(
        who,
        lambda tx, scope: set_behalf_rule(
            tx,
            scope=scope,
            seller_id=trade.seller.id,
            buyer_id=trade.buyers[0].id,
            rule=NewBehalfRule(says=says),
            if_match=if_match,
        ),
    )
    return answer


async def _enter(office: Office, *lines: tuple[int, int], who: str = "seller-clerk", **given: Any) -> Any:
    return await office.place(*lines, who=who, buyer_id=office.trade.buyers[0].id, **given)


async def _code(work: Any) -> str:
    with pytest.raises(Refusal) as refused:
        await work
    return refused.value.code


async def test_the_stricter_word_of_both_sides_holds(office: Office) -> None:
    assert (await _enter(office, (0, 1))).approval_status == "none"
    said = await _say(office, "seller-boss", "consent")
    assert (said.seller_says, said.buyer_says, said.holds, said.version) == ("consent", "allowed", "consent", 1)
    assert (await _enter(office, (0, 1))).approval_status == "waiting"
    assert (await _say(office, "buyer-boss", "never", if_match=1)).holds == "never"
    assert await _code(_enter(office, (0, 1))) == "orders.not-on-behalf"
    # What it orders itself is not touched, and a stale word is refused.
    assert (await office.place((0, 1))).approval_status == "none"
    assert await _code(_say(office, "seller-boss", "allowed", if_match=1)) == "common.stale"
    assert (await _say(office, "buyer-boss", "allowed", if_match=2)).holds == "consent"


async def test_the_buyer_agrees_and_nobody_of_the_seller_can_for_it(office: Office) -> None:
    trade = office.trade
    await _say(office, "buyer-boss", "consent")
    placed = await _enter(office, (0, 10))
    assert (placed.approval_status, placed.expires_at) == ("waiting", trade.now + timedelta(hours=48))
    assert await trade.on_hand(trade.key()) == (1_000, 10)
    assert [one.subject["rule"] for one in await office.to_do("buyer-clerk")] == ["consent"]
    assert await office.to_do("seller-boss") == []
    assert "approve" not in (await office.seen(placed.id)).actions
    assert {"approve", "reject"} <= set((await office.seen(placed.id, who="buyer-clerk")).actions)
    for name in ("seller-boss", "seller-clerk"):
        assert await _code(office.approve(name, placed.id)) == "orders.other-side"
    done = await office.approve("buyer-clerk", placed.id)
    assert done.approval_status == "approved"
    seen = await office.seen(placed.id)
    assert (seen.is_on_behalf, seen.placed_by_name, [step.name for step in seen.steps]) == (
        True, "seller-clerk", ["consent"],
    )  # fmt: skip
    assert seen.steps[0].actor_name == "buyer-clerk"
    trade.wait(timedelta(days=9))
    assert await trade.run(lambda tx: expire_due(tx, cell_id=trade.cell)) == 0
    told = [one["subject"] for one in await trade.events()]
    assert "orders.consented.v1" in told
    assert "orders.approved.v1" not in told
    assert await trade.violations() == {}


async def test_a_no_and_silence_free_goods_and_money(office: Office) -> None:
    trade = office.trade
    await _say(office, "buyer-boss", "consent")
    refused, silent = await _enter(office, (0, 10)), await _enter(office, (0, 20))
    done = await office.reject("buyer-clerk", refused.id, "not ordered")
    assert (done.status, done.approval_status) == ("cancelled", "rejected")
    assert await trade.on_hand(trade.key()) == (1_000, 20)
    trade.wait(timedelta(hours=48))
    assert await _code(office.approve("buyer-clerk", silent.id)) == "orders.time-over"
    assert await trade.run(lambda tx: expire_due(tx, cell_id=trade.cell)) == 1
    assert await trade.on_hand(trade.key()) == (1_000, 0)
    assert await office.to_do("buyer-clerk") == []
    assert await trade.violations() == {}


async def test_the_buyer_agrees_before_the_sellers_own_people_decide(office: Office) -> None:
    await _say(office, "seller-boss", "consent")
    await office.set(ApprovalRule(name="large", amount_above_minor=5_000, levels=ONE))
    placed = await _enter(office, (0, 10))
    assert await office.to_do("seller-boss") == []
    assert (await office.approve("buyer-clerk", placed.id)).approval_status == "waiting"
    (asked,) = await office.to_do("seller-boss")
    assert (asked.subject["rule"], asked.level, asked.level_count) == ("large", 2, 2)
    assert await _code(office.approve("buyer-boss", placed.id)) == "orders.other-side"
    assert (await office.approve("seller-boss", placed.id)).approval_status == "approved"
    assert await office.trade.violations() == {}


async def test_credit_is_asked_of_the_ledger_and_the_buyer_besides(trade: Any) -> None:
    await trade.stock(1_000)
    office = await build_office(trade)
    await agree(trade, 100_000)
    await _say(office, "buyer-boss", "consent")
    await office.set(ApprovalRule(name="credit", credit_above_ppm=500_000, levels=ONE))
    low, high = await _enter(office, (0, 10)), await _enter(office, (0, 50))
    rules = {one.object_id: (one.subject["rule"], one.level_count) for one in await office.to_do("buyer-clerk")}
    assert rules == {str(low.id): ("consent", 1), str(high.id): ("credit", 2)}
    assert await trade.violations() == {}


async def test_a_changed_order_goes_on_waiting_for_its_buyer(office: Office) -> None:
    await _say(office, "buyer-boss", "consent")
    await office.set(ApprovalRule(name="large", amount_above_minor=5_000, levels=ONE))
    placed = await _enter(office, (0, 10))
    wish = OrderChange(lines=[LineChange(line_no=1, packs=4)], reason="less")
    asked = Asked(order_id=placed.id, change=wish, if_match=1)
    done = await office.run("seller-clerk", lambda tx, scope: change(tx, scope=scope, asked=asked))
    assert done.approval_status == "waiting"
    (waits,) = await office.to_do("buyer-clerk")
    assert (waits.subject["rule"], waits.subject["total_minor"], waits.level_count) == ("consent", 4_000, 1)
    assert (await office.approve("buyer-clerk", placed.id)).approval_status == "approved"
    assert await office.trade.violations() == {}


async def _deliver(office: Office, kind: type[OrderEvent]) -> None:
    async def work(tx: Tx) -> None:
        for one in await office.trade.events():
            if one["subject"] == kind.subject:
                event = msgspec.convert(one["data"], kind, strict=False)
                await tell_of_order(tx, Delivered(office.trade.cell, uuid7(), event))

    await office.trade.run(work)


async def test_both_sides_are_told(office: Office) -> None:
    trade = office.trade
    await _enter(office, (0, 1))
    await _say(office, "buyer-boss", "consent")
    waits = await _enter(office, (0, 2))
    await _deliver(office, OrderPlaced)
    await office.approve("buyer-clerk", waits.id)
    await _deliver(office, OrderConsented)
    async with trade.database.begin(now=trade.now) as tx:
        cursor = await tx.connection.execute("select title_en, count(*) from notice.notice group by 1")
        told = dict(await cursor.fetchall())
    assert told == {
        "New order from 小店一": 5,
        "经销商 entered an order for you": 4,
        "经销商 entered an order for you: it waits for your word": 4,
        "小店一 agreed to the order you entered": 5,
    }
