"""Approval rules: the first that holds decides who is asked, on one level or two, and why is kept with the order."""

from datetime import timedelta
from typing import Any

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.approval.decide import DecidedBefore, NotYourLevel
from lingqu.modules.orders.api import Keyed, cancel, expire_due
from lingqu.modules.orders.close import CloseLine, Closure, close
from lingqu.modules.orders.rules import ApprovalRule, DecidingLevel
from tests.orders.deciding import ONE, TWO, Office, agree, build_office


async def test_an_order_that_no_rule_touches_is_placed_as_ever(office: Office) -> None:
    await office.set(ApprovalRule(name="large", amount_above_minor=5_000, levels=ONE))
    placed = await office.place((0, 5))
    assert (placed.approval_status, placed.expires_at) == ("none", None)
    assert await office.trade.one("select count(*) from orders.judgement") == 0
    assert await office.trade.one("select count(*) from approval.request") == 0


async def test_two_levels_by_two_people_and_never_by_who_placed_it(office: Office) -> None:
    trade = office.trade
    await office.set(
        ApprovalRule(name="small", amount_above_minor=9_000, levels=TWO, hours=3),
        ApprovalRule(name="rest", amount_above_minor=5_000, levels=ONE),
    )
    placed = await office.place((0, 10), who="seller-boss", buyer_id=trade.buyers[0].id)
    assert (placed.approval_status, placed.expires_at) == ("waiting", trade.now + timedelta(hours=3))
    assert await trade.on_hand(trade.key()) == (1_000, 10)
    with pytest.raises(Refusal, match="own-request"):
        await office.approve("seller-boss", placed.id)
    with pytest.raises(NotYourLevel):
        await office.approve("seller-clerk", placed.id)
    assert (await office.approve("seller-deputy", placed.id, "ok")).approval_status == "waiting"
    with pytest.raises(DecidedBefore):
        await office.approve("seller-deputy", placed.id)
    seen = await office.seen(placed.id, "seller-chief")
    assert {"approve", "reject"} <= set(seen.actions)
    assert "approve" not in (await office.seen(placed.id, "seller-deputy")).actions
    done = await office.approve("seller-chief", placed.id)
    assert done.approval_status == "approved"
    trade.wait(timedelta(hours=4))
    assert await trade.run(lambda tx: expire_due(tx, cell_id=trade.cell)) == 0
    side = (await office.seen(placed.id)).seller_side
    assert side.judgement.rule == "small"
    assert [(d.user_name, d.level, d.reason) for d in side.approval.decisions] == [
        ("seller-deputy", 1, "ok"),
        ("seller-chief", 2, ""),
    ]
    assert await trade.violations() == {}


async def test_the_buyer_does_not_see_the_sellers_reasons(office: Office) -> None:
    await office.set(ApprovalRule(name="all", levels=ONE))
    placed = await office.place((0, 1))
    seen = await office.seen(placed.id, "buyer-boss")
    assert (seen.approval_status, seen.seller_side) == ("waiting", None)
    assert "approve" not in seen.actions


async def test_a_no_on_the_second_level_frees_goods_and_money(office: Office) -> None:
    trade = office.trade
    await office.set(ApprovalRule(name="all", levels=TWO))
    placed = await office.place((0, 10))
    await office.approve("seller-boss", placed.id)
    done = await office.reject("seller-deputy", placed.id, "价格不对")
    assert (done.status, done.approval_status) == ("cancelled", "rejected")
    assert await trade.on_hand(trade.key()) == (1_000, 0)
    assert await trade.one("select sum(amount) from ledger.hold where document_id = %s", placed.id) in {0, None}
    assert await trade.one("select state from approval.request") == "rejected"
    assert await trade.violations() == {}


async def test_time_over_between_two_levels_frees_all_and_nobody_is_asked_any_more(office: Office) -> None:
    trade = office.trade
    await office.set(ApprovalRule(name="all", levels=TWO, hours=2))
    placed = await office.place((0, 10))
    await office.approve("seller-boss", placed.id)
    trade.wait(timedelta(hours=2))
    assert await office.to_do("seller-deputy") == []
    with pytest.raises(Refusal, match="time-over"):
        await office.approve("seller-deputy", placed.id)
    assert await trade.run(lambda tx: expire_due(tx, cell_id=trade.cell)) == 1
    assert await trade.on_hand(trade.key()) == (1_000, 0)
    assert await trade.one("select state from approval.request") == "expired"
    assert await trade.violations() == {}


async def test_what_the_buyer_cancels_waits_for_nobody(office: Office) -> None:
    await office.set(ApprovalRule(name="all", levels=ONE))
    placed = await office.place((0, 10))
    assert [one.object_id for one in await office.to_do("seller-boss")] == [str(placed.id)]
    await office.run(
        "buyer-clerk", lambda tx, scope: cancel(tx, scope=scope, order_id=placed.id, reason="changed my mind")
    )
    assert await office.to_do("seller-boss") == []
    assert await office.trade.one("select state from approval.request") == "withdrawn"
    assert await office.trade.violations() == {}


async def test_what_is_closed_to_the_last_line_waits_for_nobody_and_a_part_still_does(office: Office) -> None:
    await office.set(ApprovalRule(name="all", levels=ONE))
    placed = await office.place((0, 10), (1, 5))
    for lines, left in (([CloseLine(line_no=1)], 1), (None, 0)):
        closure = Closure(reason="no need", lines=lines)
        await office.run(
            "buyer-clerk",
            lambda tx, scope, c=closure: close(tx, scope=scope, order_id=placed.id, closure=c),
        )
        assert len(await office.to_do("seller-boss")) == left
    assert await office.trade.violations() == {}


async def test_a_rule_for_nobody_lets_pass_what_later_rules_and_the_link_would_hold(office: Office) -> None:
    trade = office.trade
    await trade.run(lambda tx: tx.connection.execute("update network.trade_link set approval_above_minor = 0"))
    await trade.run(lambda tx: tx.connection.execute("update network.organization set level = 'A' where code = 'S1'"))
    await office.set(ApprovalRule(name="best dealers", dealer_levels=("A",)), ApprovalRule(name="others", levels=ONE))
    placed = await office.place((0, 10))
    assert placed.approval_status == "none"
    side = (await office.seen(placed.id)).seller_side
    assert (side.judgement.outcome, side.judgement.rule, side.approval) == ("passed", "best dealers", None)


async def test_after_all_rules_the_links_own_limit_stands(office: Office) -> None:
    trade = office.trade
    await trade.run(lambda tx: tx.connection.execute("update network.trade_link set approval_above_minor = 3000"))
    await office.set(ApprovalRule(name="large", amount_above_minor=5_000, levels=TWO))
    placed = await office.place((0, 4))
    judgement = (await office.seen(placed.id)).seller_side.judgement
    assert (judgement.rule, judgement.outcome, judgement.facts["limit_minor"]) == ("link", "waits", 3_000)
    assert [(one.rule, one.lost_on, one.wants) for one in judgement.trace] == [("large", "amount", "5000")]


async def test_a_product_line_asks(office: Office) -> None:
    line_id = await office.trade.one("select id from network.product_line")
    await office.set(ApprovalRule(name="milk", product_line_ids=(line_id,), levels=ONE))
    assert (await office.place((0, 1))).approval_status == "waiting"
    with pytest.raises(Refusal) as refused:
        await office.set(ApprovalRule(name="x", product_line_ids=(line_id + 99,), levels=ONE), if_match=1)
    assert [error.path for error in refused.value.errors] == ["/rules/0/product_line_ids/0"]


async def test_a_price_of_its_own_below_everybodys_asks_from_ten_percent(office: Office) -> None:
    trade = office.trade
    buyer = trade.buyers[0].id

    async def own_price(tx: Any, price: int) -> None:
        cursor = await tx.connection.execute(
            "insert into pricing.price_list (seller_id, code, name, currency, is_tax_included, status, valid_from, "
            "sort_key, search, created_at) values (%s, %s, 'Own', 'CNY', true, 'published', '2026-01-02', 'o', '{}', "
            "now()) returning id",
            (trade.seller.id, f"O{price}"),
        )
        list_id = (await cursor.fetchone())[0]
        await tx.connection.execute("delete from pricing.assignment where audience = 'organization'")
        await tx.connection.execute(
            "insert into pricing.assignment (list_id, audience, organization_id) values (%s, 'organization', %s)",
            (list_id, buyer),
        )
        await tx.connection.execute(
            "insert into pricing.price_item (list_id, sku_id, pack_id, valid_from, price_minor) "
            "values (%s, %s, %s, '2026-01-01', %s)",
            (list_id, trade.skus[0], trade.packs[0][1], price),
        )

    await trade.run(lambda tx: own_price(tx, 901))
    kept = await office.set(ApprovalRule(name="cheap", discount_from_ppm=100_000, levels=ONE))
    assert (await office.place((0, 1))).approval_status == "none"
    await trade.run(lambda tx: own_price(tx, 900))
    await office.set(ApprovalRule(name="cheap", discount_from_ppm=100_000, levels=ONE), if_match=kept.version)
    placed = await office.place((1, 1), (0, 1))
    assert placed.approval_status == "waiting"
    assert (await office.seen(placed.id)).seller_side.judgement.facts["discount_ppm"] == 100_000


async def test_near_the_floor_asks_and_below_it_nothing_is_sold(office: Office) -> None:
    trade = office.trade

    async def floor(tx: Any, minor: int) -> None:
        await tx.connection.execute("delete from pricing.resale_limit")
        await tx.connection.execute(
            "insert into pricing.resale_limit (setter_id, sku_id, pack_id, seller_kind, channel, currency, "
            "is_tax_included, floor_minor, valid_from) "
            "values (%s, %s, %s, 'distributor', 'trade', 'CNY', true, %s, '2026-01-01')",
            (trade.maker.id, trade.skus[0], trade.packs[0][1], minor),
        )

    rule = ApprovalRule(name="floor", floor_within_ppm=50_000, levels=ONE)
    kept = None
    for minor, status in ((900, "none"), (960, "waiting"), (1_000, "waiting")):
        await trade.run(lambda tx, minor=minor: floor(tx, minor))  # type: ignore[misc]
        kept = await office.set(rule, if_match=kept.version if kept else 0)
        assert (await office.place((0, 1))).approval_status == status, minor
    await trade.run(lambda tx: floor(tx, 1_001))
    await office.set(rule, if_match=kept.version if kept else 0)
    with pytest.raises(Refusal, match="cannot-sell"):
        await office.place((0, 1))


async def test_credit_is_counted_order_by_order_under_locks(trade: Any) -> None:
    """A limit of 100.00: at 80 % the third order of 30.00 waits, whatever comes at once with it."""
    await trade.stock(1_000)
    office = await build_office(trade)
    await agree(trade, 10_000)
    await office.set(ApprovalRule(name="credit", credit_above_ppm=800_000, levels=ONE))
    scope = office.scope("buyer-clerk")
    some = [Keyed(key=trade.new_key(), order=trade.order((0, 3))) for _ in range(4)]
    verdicts = await trade.intake.place_all(scope=scope, orders=some)
    found = [v.code if isinstance(v, Refusal) else v.approval_status for v in verdicts]
    assert found == ["none", "none", "waiting", "orders.money-short"]
    facts = (await office.seen(verdicts[2].id)).seller_side.judgement.facts
    assert facts["credit_ppm"] == 900_000
    assert await trade.violations() == {}


async def test_a_named_role_decides_and_other_managers_do_not(office: Office) -> None:
    trade = office.trade

    async def made(tx: Any) -> int:
        cursor = await tx.connection.execute(
            "insert into identity.role (party_id, organization_kind, code, name_zh, name_en, permissions) "
            "values (%s, 'distributor', 'cfo', '财务总监', 'CFO', '{orders.read}') returning id",
            (trade.seller.party_id,),
        )
        role_id: int = (await cursor.fetchone())[0]
        await tx.connection.execute(
            "insert into identity.assignment (user_id, party_id, role_id, assigned_at) values (%s, %s, %s, now())",
            (office.users["seller-clerk"], trade.seller.party_id, role_id),
        )
        return role_id

    role_id = await trade.run(made)
    await office.set(ApprovalRule(name="cfo", levels=(DecidingLevel(role_id=role_id),)))
    placed = await office.place((0, 1))
    assert await office.to_do("seller-boss") == []
    with pytest.raises(NotYourLevel):
        await office.approve("seller-boss", placed.id)
    assert [one.object_id for one in await office.to_do("seller-clerk")] == [str(placed.id)]
    assert (await office.approve("seller-clerk", placed.id)).approval_status == "approved"
    with pytest.raises(Refusal) as refused:
        await office.set(ApprovalRule(name="x", levels=(DecidingLevel(role_id=10_000),)), if_match=1)
    assert [error.path for error in refused.value.errors] == ["/rules/0/levels/0/role_id"]


async def test_the_check_finds_an_order_that_nobody_is_asked_about(office: Office) -> None:
    await office.set(ApprovalRule(name="all", levels=ONE))
    await office.place((0, 1))
    assert await office.trade.violations() == {}
    await office.trade.run(lambda tx: tx.connection.execute("update approval.request set state = 'withdrawn'"))
    assert await office.trade.violations() == {"orders.waiting-is-asked": 1}
