"""Buyers who pay late: warned, held or refused by the seller's policy, with the overdue amounts told to them."""

from datetime import timedelta
from typing import Any

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.kernel.ids import uuid7
from lingqu.modules.ledger.api import NewEntry, Posting, post
from lingqu.modules.orders.judge import LatePayer
from lingqu.modules.orders.rules import ApprovalRule, LatePolicy, NewLatePolicy
from lingqu.modules.orders.set_rules import put_late_policy
from lingqu.modules.orders.standing import BuyerStanding, read_standing
from tests.orders.deciding import ONE, Office, agree, build_office
from tests.orders.life import Life


@pytest.fixture
async def owing(trade: Any) -> Office:
    """Give a buyer that bought for 60.00 on credit, due after ten days, twelve days ago."""
    await trade.stock(1_000)
    office = await build_office(trade)
    await agree(trade, 100_000, days=10)
    life = Life(trade, (await office.place((0, 6))).id)
    await life.confirm()
    await life.receive((await life.ship()).document_id)
    trade.wait(timedelta(days=12))
    return office


async def _policy(
    office: Office, action: Any, *, after_days: int = 1, if_match: int = 0, buyer_id: int | None = None
) -> LatePolicy:
    policy = NewLatePolicy(after_days=after_days, action=action)
    answer: LatePolicy = await office.run(
        "seller-boss",
        lambda tx, scope: put_late_policy(tx, scope=scope, buyer_id=buyer_id, policy=policy, if_match=if_match),
    )
    return answer


async def _standing(office: Office) -> BuyerStanding:
    seller_id = office.trade.seller.id
    answer: BuyerStanding = await office.run(
        "buyer-clerk", lambda tx, scope: read_standing(tx, scope=scope, seller_id=seller_id)
    )
    return answer


async def test_who_is_late_is_refused_and_told_how_much(owing: Office) -> None:
    trade = owing.trade
    assert (await owing.place((0, 1))).approval_status == "none"
    await _policy(owing, "refuse")
    with pytest.raises(LatePayer) as refused:
        await owing.place((0, 1))
    assert refused.value.facts == {"overdue_minor": 6_000, "overdue_days": 2, "after_days": 1}
    told = await _standing(owing)
    assert (told.action, told.overdue_minor, told.overdue_days, told.after_days) == ("refuse", 6_000, 2, 1)
    assert await trade.on_hand(trade.key()) == (994, 1)
    assert await trade.violations() == {}


async def test_the_day_decides_and_so_does_a_payment(owing: Office) -> None:
    trade = owing.trade
    kept = await _policy(owing, "refuse", after_days=2)
    assert (await owing.place((0, 1))).approval_status == "none"  # two days late, not more than two
    await _policy(owing, "refuse", after_days=1, if_match=kept.version)
    with pytest.raises(LatePayer):
        await owing.place((0, 1))
    await _repay(trade, 6_000)
    assert (await owing.place((0, 1))).approval_status == "none"
    assert (await _standing(owing)).action == "none"


async def _repay(trade: Any, amount: int) -> None:
    async def work(tx: Any) -> None:
        cursor = await tx.connection.execute("select id, kind from ledger.account where kind in ('opening', 'credit')")
        by_kind = {kind: account for account, kind in await cursor.fetchall()}
        entry = NewEntry(
            id=uuid7(),
            kind="payment",
            document_kind="payment",
            document_id=uuid7(),
            postings=(Posting(by_kind["opening"], by_kind["credit"], amount),),
            business_on=trade.today,
        )
        await post(tx, cell_id=trade.cell, entries=[entry])

    await trade.money(0, buyer=1)
    await trade.run(work)


async def test_held_orders_wait_for_a_person_who_sees_why(owing: Office) -> None:
    await _policy(owing, "hold")
    placed = await owing.place((0, 1))
    assert placed.approval_status == "waiting"
    judgement = (await owing.seen(placed.id)).seller_side.judgement
    assert (judgement.rule, judgement.facts["overdue_minor"]) == ("late", 6_000)
    (waiting,) = await owing.to_do("seller-boss")
    assert waiting.subject["facts"]["overdue_days"] == 2
    assert (await owing.approve("seller-boss", placed.id)).approval_status == "approved"
    assert await owing.trade.violations() == {}


async def test_a_warning_is_kept_with_the_order_and_holds_nothing(owing: Office) -> None:
    await _policy(owing, "warn")
    placed = await owing.place((0, 1))
    assert placed.approval_status == "none"
    side = (await owing.seen(placed.id)).seller_side
    assert (side.judgement.outcome, side.judgement.rule, side.approval) == ("warned", "late", None)


async def test_a_buyers_own_policy_comes_before_the_one_for_all(owing: Office) -> None:
    await _policy(owing, "refuse")
    await _policy(owing, "none", buyer_id=owing.trade.buyers[0].id)
    assert (await owing.place((0, 1))).approval_status == "none"
    with pytest.raises(Refusal, match="stale"):
        await _policy(owing, "warn", if_match=7)
    with pytest.raises(Refusal, match="not-found"):
        await _policy(owing, "warn", buyer_id=owing.trade.maker.id)


async def test_a_rule_may_ask_for_overdue_days_too(owing: Office) -> None:
    await owing.set(
        ApprovalRule(name="small ones pass", amount_above_minor=None, dealer_levels=("X",)),
        ApprovalRule(name="late", overdue_above_days=1, levels=ONE),
    )
    placed = await owing.place((0, 1))
    assert placed.approval_status == "waiting"
    judgement = (await owing.seen(placed.id)).seller_side.judgement
    assert [(one.rule, one.lost_on, one.is_winner) for one in judgement.trace] == [
        ("small ones pass", "level", False),
        ("late", "", True),
    ]
