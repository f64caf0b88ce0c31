"""Deciding for a colleague: with that person's right, in both names, for its days, and never further on."""

from datetime import timedelta

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.approval.decide import DecidedBefore, NotYourLevel
from lingqu.modules.approval.delegate import revoke
from lingqu.modules.orders.rules import ApprovalRule
from tests.orders.deciding import ONE, TWO, Office


async def test_a_colleague_decides_for_another_and_the_books_say_so(office: Office) -> None:
    trade = office.trade
    await office.set(ApprovalRule(name="all", levels=TWO))
    placed = await office.place((0, 1))
    made = await office.delegate("seller-boss", "seller-clerk")
    assert [(one.for_name, one.level) for one in await office.to_do("seller-clerk")] == [("seller-boss", 1)]
    assert [one.for_name for one in await office.to_do("seller-boss")] == [None]
    await office.approve("seller-clerk", placed.id, "老板在外地")
    with pytest.raises(DecidedBefore):  # it is the boss's own yes already
        await office.approve("seller-boss", placed.id)
    assert await office.to_do("seller-boss") == await office.to_do("seller-clerk") == []
    await office.approve("seller-chief", placed.id)
    seen = await office.seen(placed.id)
    first = seen.seller_side.approval.decisions[0]
    assert (first.user_name, first.for_name) == ("seller-clerk", "seller-boss")
    assert seen.steps[0].facts == {"level": 1, "levels": 2, "for_name": "seller-boss"}
    audit = await trade.one(
        "select after ->> 'decided_by' from runtime.audit where kind = 'approval' and after ? 'decided_by'"
    )
    assert audit == "seller-clerk for seller-boss"
    other = await office.place((0, 1))
    await office.run("seller-boss", lambda tx, scope: revoke(tx, scope=scope, delegation_id=made.id))
    with pytest.raises(NotYourLevel):
        await office.approve("seller-clerk", other.id)


async def test_a_right_that_was_lent_is_not_lent_on_nor_used_by_who_asked(office: Office) -> None:
    trade = office.trade
    await office.set(ApprovalRule(name="all", levels=ONE))
    placed = await office.place((0, 1), who="seller-clerk", buyer_id=trade.buyers[0].id)
    await office.delegate("seller-boss", "seller-clerk")
    await office.delegate("seller-clerk", "seller-temp")
    assert await office.to_do("seller-clerk") == await office.to_do("seller-temp") == []
    with pytest.raises(Refusal, match="own-request"):
        await office.approve("seller-clerk", placed.id)
    with pytest.raises(NotYourLevel):
        await office.approve("seller-temp", placed.id)
    own = await office.place((0, 1), who="seller-boss", buyer_id=trade.buyers[0].id)
    with pytest.raises(NotYourLevel):  # the boss placed it, so nobody decides it in the boss's name
        await office.approve("seller-clerk", own.id)


async def test_a_delegation_holds_for_its_days_only(office: Office) -> None:
    trade = office.trade
    await office.set(ApprovalRule(name="all", levels=ONE, hours=500))
    placed = await office.place((0, 1))
    await office.delegate("seller-boss", "seller-temp", days=2)
    trade.wait(timedelta(days=2))
    assert await office.to_do("seller-temp") == []
    with pytest.raises(NotYourLevel):
        await office.approve("seller-temp", placed.id)
    with pytest.raises(Refusal) as refused:
        await office.delegate("seller-boss", "seller-boss")
    assert [error.path for error in refused.value.errors] == ["/to_user_id"]
    with pytest.raises(Refusal, match="not-found"):
        await office.delegate("seller-boss", "buyer-boss")
