"""Reminders: who may decide is reminded after so many working hours, once a day, in quiet hours never."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.notice.reminder_rule import NewReminderRule, ReminderRule, read_reminder_rule, set_reminder_rule
from lingqu.modules.orders.behalf import NewBehalfRule, set_behalf_rule
from lingqu.modules.orders.drafts import save_draft
from lingqu.modules.orders.release_draft import submit_draft
from lingqu.modules.orders.remind import remind_deciders
from lingqu.modules.orders.rules import ApprovalRule
from tests.orders.deciding import ONE, TWO, Office

_MONDAY = datetime(2026, 3, 9, 2, tzinfo=UTC)
"""Ten in the morning where the shops are."""
_HOUR = timedelta(hours=1)


@pytest.fixture
async def office(office: Office) -> Office:
    office.trade.wait(_MONDAY - office.trade.now)
    return office


async def _remind(office: Office, after: timedelta = timedelta()) -> None:
    office.trade.wait(after)
    while await office.trade.run(remind_deciders):
        pass


async def _told(office: Office, who: str) -> list[tuple[str, str]]:
    async with office.trade.database.begin(now=office.trade.now) as tx:
        cursor = await tx.connection.execute(
            "select title_zh, path from notice.notice where user_id = %s and kind = 'notice.reminder' order by id",
            (office.users[who],),
        )
        return [(row[0], row[1]) for row in await cursor.fetchall()]


async def _set(office: Office, rule: NewReminderRule, *, if_match: int = 0, who: str = "seller-boss") -> ReminderRule:
    kept: ReminderRule = await office.run(
        who, lambda tx, scope: set_reminder_rule(tx, scope=scope, rule=rule, if_match=if_match)
    )
    return kept


async def _waiting_order(office: Office, *, levels: Any = ONE) -> Any:
    await office.set(ApprovalRule(name="all", amount_above_minor=0, levels=levels))
    return await office.place((0, 1))


async def test_after_four_working_hours_and_once_a_day_until_it_is_decided(office: Office) -> None:
    order = await _waiting_order(office)
    await _remind(office, 4 * _HOUR - timedelta(minutes=1))
    assert await _told(office, "seller-boss") == []
    await _remind(office, timedelta(minutes=1))
    once = await _told(office, "seller-boss")
    assert [path for _, path in once] == [f"/orders/{order.id}"]
    assert once[0][0].endswith("的订单待您审批")
    assert await _told(office, "seller-clerk") == [], "who may not decide"
    await _remind(office, 3 * _HOUR)
    assert await _told(office, "seller-boss") == once
    await _remind(office, 13 * _HOUR)
    assert await _told(office, "seller-boss") == once, "six in the morning is quiet"
    await _remind(office, 3 * _HOUR)
    assert await _told(office, "seller-boss") == once * 2
    await office.approve("seller-boss", order.id)
    await _remind(office, 24 * _HOUR)
    assert await _told(office, "seller-boss") == once * 2
    assert await office.trade.violations() == {}


async def test_the_weekend_counts_for_nothing_and_a_basket_is_reminded_of_too(office: Office) -> None:
    office.trade.wait(timedelta(days=4, hours=6))
    content = office.trade.order((0, 1))
    kept = await office.run("buyer-clerk", lambda tx, scope: save_draft(tx, scope=scope, content=content))
    await office.run("buyer-clerk", lambda tx, scope: submit_draft(tx, scope=scope, draft_id=kept.id))
    await _remind(office, timedelta(days=2))
    await _remind(office, 18 * _HOUR)
    assert await _told(office, "buyer-boss") == [], "two hours on Friday, one on Monday"
    await _remind(office, _HOUR)
    assert await _told(office, "buyer-boss") == [("提醒：向 经销商 采购的采购单待您审批", f"/baskets/{kept.id}")]


async def test_several_that_wait_are_one_reminder_that_leads_to_all(office: Office) -> None:
    await _waiting_order(office)
    await office.place((0, 2))
    await office.place((0, 3))
    await _remind(office, 4 * _HOUR)
    assert await _told(office, "seller-deputy") == [("提醒：有 3 项待您审批", "/approvals")]


async def test_a_new_level_waits_anew_and_reminds_others(office: Office) -> None:
    order = await _waiting_order(office, levels=TWO)
    await _remind(office, 4 * _HOUR)
    await office.approve("seller-boss", order.id)
    await _remind(office, 3 * _HOUR)
    assert len(await _told(office, "seller-chief")) == 1, "of the first level, which it might have decided too"
    await _remind(office, 24 * _HOUR - 7 * _HOUR + 4 * _HOUR)
    assert len(await _told(office, "seller-chief")) == 2
    assert len(await _told(office, "seller-boss")) == 1, "has decided"


async def test_a_buyer_is_reminded_to_agree_in_the_name_of_its_seller(office: Office) -> None:
    trade = office.trade
    rule = NewBehalfRule(says="consent")
    pair = {"seller_id": trade.seller.id, "buyer_id": trade.buyers[0].id}
    await office.run("buyer-boss", lambda tx, scope: set_behalf_rule(tx, scope=scope, rule=rule, if_match=0, **pair))
    order = await office.place((0, 1), who="seller-clerk", buyer_id=trade.buyers[0].id)
    await _remind(office, 4 * _HOUR)
    assert await _told(office, "buyer-boss") == [("提醒：经销商 代下的订单待您确认", f"/orders/{order.id}")]
    assert await _told(office, "seller-boss") == []


async def _take_from_all(office: Office, right: str) -> None:
    """Let nobody have a right any more."""

    async def take(tx: Any) -> None:
        await tx.connection.execute("update identity.role set permissions = array_remove(permissions, %s)", (right,))

    await office.trade.run(take)


async def test_what_nobody_may_decide_on_is_told_to_those_who_give_rights(office: Office) -> None:
    await _waiting_order(office)
    await _take_from_all(office, "orders.approve")
    await _remind(office, 4 * _HOUR)
    stuck = ("无人有权处理小店一 的订单，请为同事授权", "/users")
    for who in ("seller-boss", "seller-deputy"):
        assert await _told(office, who) == [stuck]
    assert await _told(office, "seller-clerk") == []
    await office.place((0, 2))
    await _remind(office, 24 * _HOUR)
    assert await _told(office, "seller-boss") == [stuck, ("有 2 项无人有权处理，请为同事授权", "/users")]
    assert await office.trade.violations() == {}


async def test_what_can_be_told_to_nobody_is_not_given_and_stays_due(office: Office) -> None:
    order = await _waiting_order(office)
    await _take_from_all(office, "orders.approve")
    await _take_from_all(office, "identity.edit")
    await _remind(office, 4 * _HOUR)
    assert await office.trade.one("select count(*) from notice.reminded") == 0

    async def give(tx: Any) -> None:
        await tx.connection.execute(
            "update identity.role set permissions = array_append(permissions, 'orders.approve') where code = 'manager'"
        )

    await office.trade.run(give)
    await _remind(office, timedelta(minutes=5))
    assert [path for _, path in await _told(office, "seller-boss")] == [f"/orders/{order.id}"]


async def test_each_organization_says_when(office: Office) -> None:
    hours = NewReminderRule(after_hours=1, weekdays=[7, 1, 1], opens_at=time(8), closes_at=time(12))
    kept = await _set(office, hours)
    assert (kept.version, kept.weekdays, kept.opens_at) == (1, [1, 7], time(8))
    await _waiting_order(office)
    await _remind(office, _HOUR)
    assert len(await _told(office, "seller-boss")) == 1
    await _set(office, NewReminderRule(is_active=False), if_match=1)
    await _remind(office, 24 * _HOUR)
    assert len(await _told(office, "seller-boss")) == 1
    assert (await office.run("buyer-boss", lambda tx, scope: read_reminder_rule(tx, scope=scope))).version == 0


async def test_a_rule_is_refused_that_ends_before_it_begins_or_is_not_the_newest(office: Office) -> None:
    for rule, if_match, code in (
        (NewReminderRule(opens_at=time(9), closes_at=time(9)), 0, "common.invalid"),
        (NewReminderRule(), 1, "common.stale"),
    ):
        with pytest.raises(Refusal) as refused:
            await _set(office, rule, if_match=if_match)
        assert refused.value.code == code


async def test_two_rounds_at_once_tell_once(office: Office) -> None:
    await _waiting_order(office)
    office.trade.wait(4 * _HOUR)
    await asyncio.gather(*[office.trade.run(remind_deciders) for _ in range(3)])
    assert len(await _told(office, "seller-boss")) == 1


async def test_whoever_wishes_mail_is_mailed(office: Office) -> None:
    async def wish(tx: Any) -> None:
        await tx.connection.execute(
            "update identity.user set email = 'boss@example.org' where id = %s", (office.users["seller-boss"],)
        )
        await tx.connection.execute(
            "insert into notice.preference (cell_id, user_id, party_id, is_by_mail) values (%s, %s, %s, true)",
            (office.trade.seller.home_cell, office.users["seller-boss"], office.trade.seller.party_id),
        )

    await office.trade.run(wish)
    order = await _waiting_order(office)
    await _remind(office, 4 * _HOUR)
    address, body = await office.trade.one("select address, body from notice.mail")
    assert address == "boss@example.org"
    assert f"/orders/{order.id}" in body
