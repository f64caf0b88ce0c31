"""An order that waits is judged again when it changes: who decides sees what it decides on, and nothing old waits."""

from datetime import timedelta
from typing import Any

from lingqu.modules.approval.types import Decision
from lingqu.modules.orders.change import Asked, change
from lingqu.modules.orders.close import CloseLine, Closure, close
from lingqu.modules.orders.confirm import Confirmation, confirm
from lingqu.modules.orders.decide_change import ChangeDecision, decide_change
from lingqu.modules.orders.expire import expire_due
from lingqu.modules.orders.revision import LineChange, OrderChange
from lingqu.modules.orders.rules import ApprovalRule
from lingqu.modules.orders.step import only
from tests.orders.deciding import ONE, TWO, Office, agree, build_office

LARGE = ApprovalRule(name="large", amount_above_minor=50_000, levels=TWO)
MIDDLE = ApprovalRule(name="middle", amount_above_minor=10_000, levels=ONE)


async def _change(
    office: Office, who: str, order_id: Any, packs: int, *, if_match: int, price: int | None = None
) -> Any:
    wish = OrderChange(lines=[LineChange(line_no=1, packs=packs, price_minor=price)], reason="test")
    asked = Asked(order_id=order_id, change=wish, if_match=if_match)
    return await office.run(who, lambda tx, scope: change(tx, scope=scope, asked=asked))


async def _history(office: Office, order_id: Any) -> list[dict[str, Any]]:
    return [step.facts for step in (await office.seen(order_id)).steps if step.name == "judge-again"]


async def test_lowered_under_every_rule_it_waits_no_longer_and_expires_no_more(office: Office) -> None:
    await office.set(LARGE, MIDDLE)
    placed = await office.place((0, 60))
    assert (await office.to_do("seller-boss"))[0].subject["total_minor"] == 60_000
    done = await _change(office, "buyer-clerk", placed.id, 9, if_match=1)
    assert (done.approval_status, done.revision_status) == ("none", "made")
    assert await office.to_do("seller-boss") == []
    assert await office.trade.one("select state from approval.request") == "withdrawn"
    assert await office.trade.one("select count(*) from orders.judgement") == 0
    assert [(f["outcome"], f["rule_before"], f["rule"]) for f in await _history(office, placed.id)] == [
        ("free", "large", "")
    ]
    office.trade.wait(timedelta(days=30))
    assert await office.trade.run(lambda tx: expire_due(tx, cell_id=office.trade.cell)) == 0
    confirmed = await office.run(
        "seller-boss", lambda tx, scope: confirm(tx, scope=scope, confirmations=[Confirmation(order_id=placed.id)])
    )
    assert only(confirmed).status == "confirmed"
    assert await office.trade.on_hand(office.trade.key()) == (1_000, 9)
    theirs = await office.seen(placed.id, who="buyer-clerk")  # the rules are the seller's own
    assert [step.facts for step in theirs.steps if step.name == "judge-again"] == [
        {"outcome": "free", "total_minor": 9_000, "total_before_minor": 60_000}
    ]
    assert await office.trade.violations() == {}
    told = [one for one in await office.trade.events() if one["subject"] == "orders.judged-again.v1"]
    assert [(one["data"]["is_waiting"], one["data"]["total_minor"]) for one in told] == [(False, 9_000)]


async def test_less_under_the_same_rule_keeps_the_decisions_and_shows_what_is_left(office: Office) -> None:
    await office.set(LARGE, MIDDLE)
    placed = await office.place((0, 80))
    await office.approve("seller-boss", placed.id)
    await _change(office, "buyer-clerk", placed.id, 70, if_match=2)
    seen = await office.seen(placed.id)
    assert (seen.seller_side.approval.level, seen.seller_side.approval.state) == (2, "waiting")
    assert [isinstance(one, Decision) for one in seen.seller_side.approval.decisions] == [True]
    assert seen.seller_side.judgement.facts["total_minor"] == 70_000
    assert await office.trade.one("select subject ->> 'total_minor' from approval.request") == "70000"
    assert await office.trade.one("select count(*) from approval.request") == 1
    assert await office.trade.violations() == {}


async def test_less_under_another_rule_is_asked_anew_of_its_own_people(office: Office) -> None:
    await office.set(LARGE, MIDDLE)
    placed = await office.place((0, 80))
    await office.approve("seller-boss", placed.id)
    await _change(office, "buyer-clerk", placed.id, 20, if_match=2)
    (asked,) = await office.to_do("seller-boss")
    assert (asked.subject["rule"], asked.subject["total_minor"], asked.level, asked.level_count) == (
        "middle", 20_000, 1, 1,
    )  # fmt: skip
    assert asked.expires_at == placed.expires_at  # nobody holds goods longer by changing an order
    assert (await office.approve("seller-boss", placed.id)).approval_status == "approved"
    assert await office.trade.violations() == {}


async def test_more_is_asked_anew_even_where_the_same_people_decide(office: Office) -> None:
    await office.set(MIDDLE)
    placed = await office.place((0, 20))
    proposed = await _change(office, "buyer-clerk", placed.id, 30, if_match=1)
    assert proposed.revision_status == "proposed"
    decision = ChangeDecision(order_id=placed.id, revision_id=proposed.revision_id, is_accepted=True, if_match=2)
    await office.run("seller-boss", lambda tx, scope: decide_change(tx, scope=scope, decision=decision))
    assert await office.trade.one("select array_agg(state order by id) from approval.request") == [
        "withdrawn", "waiting",
    ]  # fmt: skip
    assert [f["outcome"] for f in await _history(office, placed.id)] == ["renewed"]
    assert (await office.to_do("seller-boss"))[0].subject["total_minor"] == 30_000
    assert await office.trade.violations() == {}


async def test_a_line_that_is_closed_is_judged_by_what_is_left(office: Office) -> None:
    await office.set(MIDDLE)
    placed = await office.place((0, 8), (1, 12))
    closure = Closure(reason="no need", lines=[CloseLine(line_no=2)])
    done = await office.run(
        "buyer-clerk", lambda tx, scope: close(tx, scope=scope, order_id=placed.id, closure=closure)
    )
    assert (done.status, done.approval_status) == ("placed", "none")
    assert await office.to_do("seller-boss") == []
    assert await office.trade.violations() == {}


async def test_a_lower_price_is_judged_at_that_price(office: Office) -> None:
    await office.set(ApprovalRule(name="cheap", discount_from_ppm=200_000, levels=TWO), MIDDLE)
    placed = await office.place((0, 20))
    await _change(office, "seller-boss", placed.id, 20, if_match=1, price=700)
    (asked,) = await office.to_do("seller-boss")
    assert (asked.subject["rule"], asked.subject["facts"]["discount_ppm"], asked.level_count) == ("cheap", 300_000, 2)


async def test_credit_is_counted_with_the_order_as_it_is_now(trade: Any) -> None:
    await trade.stock(1_000)
    office = await build_office(trade)
    await agree(trade, 100_000)
    await office.set(ApprovalRule(name="nearly used", credit_above_ppm=500_000, levels=ONE))
    placed = await office.place((0, 60))
    assert placed.approval_status == "waiting"
    less = await _change(office, "buyer-clerk", placed.id, 55, if_match=1)
    assert less.approval_status == "waiting"
    seen = await office.seen(placed.id)
    assert seen.seller_side.judgement.facts["credit_ppm"] == 550_000
    free = await _change(office, "buyer-clerk", placed.id, 50, if_match=2)
    assert free.approval_status == "none"
    assert await trade.violations() == {}
