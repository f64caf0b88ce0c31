"""Standing orders: each date is placed exactly once and as it was frozen, or refused for good and told."""

import asyncio
import signal
from datetime import date, timedelta
from typing import Any

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.identity.api import NewUser, add_users, find_built_in_roles
from lingqu.modules.orders.demand import DemandQuery, expected_demand
from lingqu.modules.orders.rhythm import Rhythm
from lingqu.modules.orders.standing_orders import StandingQuery, end_standing, list_standing
from lingqu.modules.orders.standing_types import Wishes
from lingqu.modules.orders.templates import NewTemplate, delete_template, save_template
from lingqu.runtime.tx import Tx
from tests.orders.standing import change, freeze, kill_worker, lines_of, make, read, work


async def _runs(trade: Any) -> list[tuple[str, str, bool]]:
    async with trade.database.begin(now=trade.now) as tx:
        rows = await tx.connection.execute(
            "select due_on::text, state, order_id is not null from orders.standing_run order by standing_id, due_on"
        )
        return await rows.fetchall()


async def test_a_date_is_frozen_and_placed_a_lead_time_before_it(chain: Any) -> None:
    trade = chain
    await trade.stock(100)
    await trade.money(1_000_000)
    wishes = Wishes(po_number="PO-7", note="后门卸货")
    standing = await make(trade, (0, 7), wishes=wishes)
    assert (standing.state, standing.next_due_on, standing.upcoming[:2]) == (
        "active",
        date(2026, 3, 3),
        [date(2026, 3, 3), date(2026, 3, 4)],
    )
    assert await freeze(trade) == 1
    assert await freeze(trade) == 0
    assert await _runs(trade) == [("2026-03-03", "waiting", False)]
    assert await work(trade) == 1
    assert await work(trade) == 0
    (run,) = (await read(trade, standing)).runs
    order = await trade.one(
        "select o.requested_on, o.business_on, o.channel, o.total_minor, b.po_number, b.note from orders.order as o "
        "join orders.buyer_side as b on b.order_id = o.id where o.id = %s",
        run.order_id,
    )
    assert order == (date(2026, 3, 3), date(2026, 3, 2), "standing", 7_000, "PO-7", "后门卸货")
    assert (await read(trade, standing)).next_due_on == date(2026, 3, 4)
    trade.wait(timedelta(days=1))
    assert (await freeze(trade), await work(trade)) == (1, 1)
    assert await trade.one("select count(*) from orders.order") == 2
    assert await trade.violations() == {}


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_worker_killed_between_freeze_and_record_places_once_and_the_same(
    chain: Any, trade_url: str, moment: str
) -> None:
    trade = chain
    await trade.stock(100)
    await trade.money(1_000_000)
    standing = await make(trade, (0, 7))
    assert await freeze(trade) == 1
    ended = await asyncio.to_thread(kill_worker, trade_url, now=trade.now.isoformat(), moment=moment)
    assert ended == -signal.SIGKILL
    assert await trade.one("select count(*) from orders.order") == (1 if moment == "after" else 0)
    assert await _runs(trade) == [("2026-03-03", "waiting", False)]
    # The buyer changes its mind meanwhile: what was frozen is placed all the same, the next date follows it.
    await change(trade, standing, (0, 9), if_match=standing.version)
    assert await work(trade) == 0  # the dead one's lease still holds
    trade.wait(timedelta(minutes=2))
    assert await work(trade) == 1
    assert await _runs(trade) == [("2026-03-03", "placed", True)]
    assert await trade.one("select count(*), sum(total_minor) from orders.order") == (1, 7_000)
    assert await trade.violations() == {}


async def test_two_workers_and_two_schedulers_place_a_date_once(chain: Any) -> None:
    trade = chain
    await trade.stock(1_000)
    await trade.money(10_000_000)
    for number in range(5):
        await make(trade, (0, number + 1), name=f"早市{number}")
    assert sum(await asyncio.gather(freeze(trade), freeze(trade))) == 5
    await asyncio.gather(work(trade), work(trade))
    assert {state for _, state, _ in await _runs(trade)} == {"placed"}
    assert await trade.one("select count(*), sum(total_minor) from orders.order") == (5, 15_000)


async def test_a_refusal_is_final_for_its_date_and_told_with_the_lines(chain: Any) -> None:
    trade = chain
    await trade.stock(3)
    await trade.money(1_000_000)
    user_id = await _notified(trade)
    standing = await make(trade, (0, 7))
    await freeze(trade)
    await work(trade)
    (run,) = (await read(trade, standing)).runs
    assert (run.state, run.order_id, run.problem["code"]) == ("refused", None, "stock.out-of-stock")
    told = await trade.one("select title_zh, title_en, path from notice.notice where user_id = %s", user_id)
    assert told[0] == "周期订单“早市”2026-03-03 未能下单：库存不足：牛奶0 (需要 7，可用 3)"
    assert "Milk 0 (Asked 7, free 3)" in told[1]
    assert told[2] == f"/standing/{standing.id}"
    await trade.stock(100)
    trade.wait(timedelta(hours=1))
    assert (await freeze(trade), await work(trade)) == (0, 0)
    assert await trade.one("select count(*) from orders.order") == 0
    trade.wait(timedelta(days=1))
    await freeze(trade)
    await work(trade)
    assert [(run.due_on.day, run.state) for run in (await read(trade, standing)).runs] == [
        (4, "placed"),
        (3, "refused"),
    ]


async def test_a_date_that_is_over_says_so_and_not_that_fields_are_marked(chain: Any) -> None:
    trade = chain
    await trade.stock(100)
    await trade.money(1_000_000)
    user_id = await _notified(trade)
    await make(trade, (0, 7))
    await freeze(trade)
    trade.wait(timedelta(days=3))
    await work(trade)
    told = await trade.one("select title_zh, title_en from notice.notice where user_id = %s", user_id)
    assert told[0] == "周期订单“早市”2026-03-03 未能下单：要求日期早于订单日期"
    assert "marked fields" not in told[1]
    assert await trade.one("select count(*) from orders.order") == 0


async def _notified(trade: Any) -> int:
    """Give the buyer somebody who may place orders and so is told."""

    async def add(tx: Tx) -> int:
        roles = await find_built_in_roles(tx)
        user = NewUser(
            login="buyer",
            name="买家",
            party_id=trade.buyers[0].party_id,
            role_ids=(roles["dealer", "sales"],),
            password_hash="x",
        )
        (user_id,) = await add_users(tx, users=[user])
        return user_id

    user_id: int = await trade.run(add)
    return user_id


async def test_pause_skip_and_end_place_nothing_and_a_pause_leaves_no_backlog(chain: Any) -> None:
    trade = chain
    await trade.stock(1_000)
    await trade.money(10_000_000)
    standing = await make(trade, (0, 1), skipped_on=[date(2026, 3, 3)])
    assert await freeze(trade) == 0
    paused = await change(trade, standing, (0, 1), if_match=1, is_paused=True)
    assert (paused.state, paused.next_due_on, paused.upcoming) == ("paused", None, [])
    trade.wait(timedelta(days=5))
    assert await freeze(trade) == 0
    again = await change(trade, standing, (0, 1), if_match=2)
    assert again.next_due_on == date(2026, 3, 7)
    assert await freeze(trade) == 1
    with pytest.raises(Refusal) as refused:
        await change(trade, standing, (0, 2), if_match=2)
    assert refused.value.code == "common.stale"
    scope = trade.scope(trade.buyers[0])
    await trade.run(lambda tx: end_standing(tx, scope=scope, standing_id=standing.id), who=trade.buyers[0])
    trade.wait(timedelta(days=3))
    assert await freeze(trade) == 0
    assert (await read(trade, standing)).state == "ended"


async def test_the_day_is_the_buyers_own(chain: Any) -> None:
    """09:00 in Shanghai is still the day before in Chicago."""
    trade = chain
    await trade.one(
        "update network.organization set time_zone = 'America/Chicago' where id = %s returning 1", trade.buyers[0].id
    )
    await make(trade, (0, 1), starts_on=date(2026, 3, 2), lead_days=0)
    assert await freeze(trade) == 0
    trade.wait(timedelta(hours=5))  # midnight in Chicago is 06:00 UTC
    assert await freeze(trade) == 1


async def test_a_list_is_followed_until_it_is_gone(chain: Any) -> None:
    trade = chain
    await trade.stock(1_000)
    await trade.money(10_000_000)
    user_id = await _notified(trade)
    scope, who = trade.scope(trade.buyers[0]), trade.buyers[0]
    new = NewTemplate(name="早餐", seller_id=trade.seller.id, lines=lines_of(trade, (0, 2)))
    template = await trade.run(lambda tx: save_template(tx, scope=scope, new=new), who=who)
    standing = await make(trade, lines=[], template_id=template.id)
    await trade.one("update orders.template set lines = jsonb_set(lines, '{0,packs}', '5') returning 1")
    await freeze(trade)
    await work(trade)
    assert await trade.one("select sum(total_minor) from orders.order") == 5_000
    await trade.run(lambda tx: delete_template(tx, scope=scope, template_id=template.id), who=who)
    trade.wait(timedelta(days=1))
    assert (await freeze(trade), await work(trade)) == (1, 0)
    (run, _) = (await read(trade, standing)).runs
    assert (run.state, run.problem["code"]) == ("refused", "orders.list-gone")
    assert await trade.one("select count(*) from notice.notice where user_id = %s", user_id) == 1


async def test_both_sides_see_it_and_the_seller_sees_what_will_be_asked(chain: Any) -> None:
    trade = chain
    mondays = Rhythm(kind="weekly", weekdays=[1])
    standing = await make(trade, (0, 2), (1, 1), rhythm=mondays, wishes=Wishes(note="秘密"))
    await make(trade, (0, 3), rhythm=mondays, buyer=1, lead_days=0)
    seen = await read(trade, standing, who=trade.seller)
    assert (seen.side, seen.wishes, seen.template_id, [line.packs for line in seen.lines]) == (
        "seller",
        None,
        None,
        [2, 1],
    )
    selling = trade.scope(trade.seller)
    listed = await trade.run(lambda tx: list_standing(tx, scope=selling, query=StandingQuery(side="selling")))
    assert len(listed.items) == 2
    demand = await trade.run(lambda tx: expected_demand(tx, scope=selling, query=DemandQuery(days=15)))
    assert [(one.sku_code, one.quantity, one.order_count, one.first_due_on.day) for one in demand.items] == [
        ("K0", 10, 4, 9),
        ("K1", 2, 2, 9),
    ]
    for who in (trade.buyers[1], trade.maker):
        with pytest.raises(Refusal) as refused:
            await read(trade, standing, who=who)
        assert refused.value.code == "common.not-found"
    with pytest.raises(Refusal) as refused:
        await trade.run(lambda tx: end_standing(tx, scope=selling, standing_id=standing.id), who=trade.seller)
    assert refused.value.code == "common.not-found"


async def test_a_placed_date_without_its_order_is_found(chain: Any) -> None:
    trade = chain
    await trade.stock(100)
    await trade.money(1_000_000)
    await make(trade, (0, 7))
    await freeze(trade)
    await work(trade)
    await trade.one("update orders.standing_run set due_on = due_on + 1 returning 1")
    assert await trade.violations() == {"orders.standing-runs-stand": 1}
