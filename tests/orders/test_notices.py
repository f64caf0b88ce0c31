"""The other side of an order is told, by name, and only those who must act."""

from datetime import date, timedelta
from typing import Any

from lingqu.kernel.ids import uuid7
from lingqu.modules.identity.api import NewUser, add_users, find_built_in_roles
from lingqu.modules.orders.api import Confirmation, confirm
from lingqu.modules.orders.consumers import close_draft
from lingqu.modules.orders.drafts import save_draft
from lingqu.modules.orders.events import (
    ChangeDeclined,
    ChangeProposed,
    OrderChanged,
    OrderConfirmed,
    OrderHeld,
    OrderLinesClosed,
    OrderPlaced,
)
from lingqu.modules.orders.notices import tell_of_order
from lingqu.runtime.inbox import Delivered


async def _users(trade: Any) -> dict[str, int]:
    """Give each side somebody who sells and somebody who keeps the warehouse."""

    async def add(tx: Any) -> dict[str, int]:
        roles = dict(await find_built_in_roles(tx))
        found = {}
        for side, kind, place in (("seller", "distributor", trade.seller), ("buyer", "dealer", trade.buyers[0])):
            for role in ("sales", "warehouse"):
                user = NewUser(
                    login=f"{side}-{role}",
                    name=f"{side} {role}",
                    party_id=place.party_id,
                    role_ids=(roles[kind, role],),
                    password_hash="x",
                )
                (found[f"{side}-{role}"],) = await add_users(tx, users=[user])
        return found

    return await trade.run(add)


async def _told(trade: Any) -> list[tuple[int, str, str]]:
    async with trade.database.begin(now=trade.now) as tx:
        cursor = await tx.connection.execute("select user_id, title_zh, path from notice.notice order by told_at")
        return [tuple(row) for row in await cursor.fetchall()]


async def test_each_side_is_told_what_waits_for_it(trade: Any) -> None:
    users = await _users(trade)
    await trade.stock(10)
    await trade.money(50_000)
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 1))
    )
    order = {
        "order_id": placed.id,
        "buyer_id": trade.buyers[0].id,
        "seller_id": trade.seller.id,
        "business_on": trade.today,
    }
    event = OrderPlaced(
        **order, kind="channel", channel="console", currency="CNY", total_minor=1_000, draft_id=None, lines=()
    )
    await trade.run(lambda tx: tell_of_order(tx, Delivered(trade.cell, uuid7(), event)))
    assert await _told(trade) == [(users["seller-sales"], "小店一 下了新订单", f"/orders/{placed.id}")]
    scope = trade.scope(trade.seller)
    trade.wait(timedelta(minutes=1))
    await trade.run(
        lambda tx: confirm(tx, scope=scope, confirmations=[Confirmation(order_id=placed.id)]), who=trade.seller
    )
    confirmed = OrderConfirmed(**order, number="SO-202603-000001")
    await trade.run(lambda tx: tell_of_order(tx, Delivered(trade.cell, uuid7(), confirmed)))
    assert (await _told(trade))[1:] == [
        (users["buyer-sales"], "经销商 已确认订单 SO-202603-000001", f"/orders/{placed.id}")
    ]
    old = OrderConfirmed(**(order | {"business_on": date(2026, 2, 1)}), number="SO-202602-000009")
    await trade.run(lambda tx: tell_of_order(tx, Delivered(trade.cell, uuid7(), old)))
    assert len(await _told(trade)) == 2


async def test_the_draft_that_became_an_order_is_closed(trade: Any) -> None:
    buyer = trade.scope(trade.buyers[1])
    content = trade.order((0, 1))
    kept = await trade.run(lambda tx: save_draft(tx, scope=buyer, content=content), who=trade.buyers[1])
    other = await trade.run(lambda tx: save_draft(tx, scope=buyer, content=content), who=trade.buyers[1])
    event = OrderPlaced(
        order_id=uuid7(),
        buyer_id=trade.buyers[1].id,
        seller_id=trade.seller.id,
        business_on=trade.today,
        kind="channel",
        channel="console",
        currency="CNY",
        total_minor=1_000,
        draft_id=kept.id,
        lines=(),
    )
    await trade.run(lambda tx: close_draft(tx, Delivered(trade.cell, uuid7(), event)))
    assert await trade.one("select array_agg(id) from orders.draft") == [other.id]


async def test_the_other_side_hears_of_a_change_and_of_its_answer(trade: Any) -> None:
    users = await _users(trade)
    await trade.stock(20)
    await trade.money(100_000)
    buyer = trade.scope(trade.buyers[0])
    placed = await trade.intake.place(scope=buyer, key=trade.new_key(), order=trade.order((0, 5)))
    who = {
        "order_id": placed.id,
        "buyer_id": trade.buyers[0].id,
        "seller_id": trade.seller.id,
        "business_on": trade.today,
    }
    change = {"revision_id": uuid7(), "reason": "", "side": "buyer"}
    sums = {"payable_before_minor": 1, "payable_after_minor": 2, "lines": ()}
    for event in (
        ChangeProposed(**who, **change),
        OrderChanged(**who, **change, **sums, was_proposed=True),
        ChangeDeclined(**who, **change, is_withdrawn=False),
        ChangeDeclined(**who, **change, is_withdrawn=True),
        OrderChanged(**who, **change, **sums, was_proposed=False),
        OrderLinesClosed(**who, side="seller", reason="", freed_minor=1, lines=()),
    ):
        delivered = Delivered(trade.cell, uuid7(), event)
        await trade.run(lambda tx, one=delivered: tell_of_order(tx, one))
        trade.wait(timedelta(seconds=1))
    told = [(user_id, title) for user_id, title, _ in await _told(trade)]
    sold, bought = users["seller-sales"], users["buyer-sales"]
    assert told == [
        (sold, "小店一 请求变更订单 2026-03-02，待您确认"),
        (bought, "经销商 同意了您对订单 2026-03-02 的变更"),
        (bought, "经销商 拒绝了您对订单 2026-03-02 的变更"),
        (sold, "小店一 撤回了对订单 2026-03-02 的变更"),
        (sold, "小店一 修改了订单 2026-03-02"),
        (bought, "经销商 关闭了订单 2026-03-02 的未发部分"),
    ]


async def test_the_warehouse_hears_what_nobody_can_send(trade: Any) -> None:
    users = await _users(trade)
    await trade.stock(10)
    await trade.money(50_000)
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 1))
    )
    event = OrderHeld(
        order_id=placed.id,
        buyer_id=trade.buyers[0].id,
        seller_id=trade.seller.id,
        business_on=trade.today,
        cause="rejected",
        reason="",
        owed=1,
    )
    await trade.run(lambda tx: tell_of_order(tx, Delivered(trade.cell, uuid7(), event)))
    ((user_id, title, _),) = await _told(trade)
    assert user_id == users["seller-warehouse"]
    assert title.endswith("无仓可发，已挂起")
