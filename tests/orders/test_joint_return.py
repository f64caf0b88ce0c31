"""Goods go back from many orders in one request: booked by the seller's rule, decided once, exact to the fen."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from lingqu.kernel.errors import Refusal
from lingqu.modules.network.api import Capability
from lingqu.modules.orders.paste_return import PastedReturn, paste_return
from lingqu.modules.orders.return_goods import accept_return
from tests.orders.joint import ask, asked, bought, decide, plan, read, rule


async def _refused(work: Any) -> Refusal:
    with pytest.raises(Refusal) as refused:
        await work
    return refused.value


async def _filled(trade: Any) -> tuple[Any, Any, Any]:
    """Three orders of one buyer, a day apart, the first the oldest."""
    for sku in range(2):
        await trade.stock(100, sku=sku)
    await trade.money(1_000_000)
    lives = []
    for lines in (((0, 5), (1, 7)), ((0, 3),), ((1, 2), (0, 4))):
        lives.append(await bought(trade, *lines))
        trade.wait(timedelta(days=1))
    return lives[0], lives[1], lives[2]


@pytest.mark.parametrize("first", ["newest", "oldest"])
async def test_goods_are_booked_on_purchases_by_the_sellers_rule(trade: Any, first: str) -> None:
    one, two, three = await _filled(trade)
    await rule(trade, first=first)
    shown = await plan(trade, (0, 6), (1, 8))
    found = [(line.order_id, line.line_no, line.quantity, line.refund_minor) for line in shown.lines]
    if first == "newest":
        assert found == [
            (three.id, 2, 4, 4_000), (two.id, 1, 2, 2_000), (three.id, 1, 2, 666), (one.id, 2, 6, 1_998),
        ]  # fmt: skip
    else:
        assert found == [(one.id, 1, 5, 5_000), (two.id, 1, 1, 1_000), (one.id, 2, 7, 2_331), (three.id, 1, 1, 333)]
    assert (shown.order_count, shown.left_out) == (3, [])
    assert shown.refund_minor == 6_000 + 8 * 333
    assert [line.reason for line in shown.lines] == ["reason 0", "reason 0", "reason 1", "reason 1"]


async def test_one_request_is_decided_once_for_all_orders(trade: Any) -> None:
    one, two, three = await _filled(trade)
    account = await trade.money(0)
    before = await trade.balance(account)
    made = await ask(trade, asked(await plan(trade, (0, 6), (1, 8))))
    assert (made.number, made.status, made.shown_minor, made.order_count) == (
        "RT-202603-000001", "requested", 8_664, 3,
    )  # fmt: skip
    assert await trade.balance(account) == before
    assert [step.name for step in (await two.read(trade.seller)).steps][-1] == "request-return"
    # A part of it is decided by nobody alone.
    part = (await two.read(trade.seller)).returns[0]
    assert "decide-return" not in (await two.read(trade.seller)).actions
    alone = accept_of(trade, part.id)
    assert (await _refused(alone)).code == "orders.decided-together"
    done = await decide(trade, made.id)
    assert (done.status, done.refund_minor, done.actions) == ("accepted", 8_664, [])
    assert await trade.balance(account) == (before[0] + 8_664, 0)
    shop = trade.buyers[0]
    assert await trade.on_hand(trade.key(who=shop)) == (12 - 6, 0)
    assert await trade.on_hand(trade.key(sku=1, who=shop)) == (9 - 8, 0)
    assert await trade.on_hand(trade.key()) == (100 - 12 + 6, 0)
    assert [(await life.read(shop)).return_status for life in (one, two, three)] == ["part", "part", "all"]
    assert (await _refused(decide(trade, made.id))).code == "orders.return-decided"
    assert await trade.violations() == {}
    told = [one["subject"] for one in await trade.events() if "return" in one["subject"]]
    assert told.count("orders.return-requested.v1") == told.count("orders.return-accepted.v1") == 3
    assert told.count("orders.joint-return-requested.v1") == told.count("orders.joint-return-decided.v1") == 1


async def accept_of(trade: Any, return_id: Any) -> None:
    scope = trade.scope(trade.seller)
    await trade.run(lambda tx: accept_return(tx, scope=scope, return_id=return_id), who=trade.seller)


async def test_a_part_is_taken_back_with_its_reason(trade: Any) -> None:
    one, two, three = await _filled(trade)
    account = await trade.money(0)
    before = await trade.balance(account)
    made = await ask(trade, asked(await plan(trade, (0, 6), (1, 8))))
    assert (await _refused(decide(trade, made.id, (one.id, 2, 7)))).code == "orders.too-many"
    assert (await _refused(decide(trade, made.id, (one.id, 1, 0)))).code == "common.not-found"
    assert (await _refused(decide(trade, made.id, is_accepted=False, lines=[]))).code == "common.invalid"
    assert (await read(trade, made.id)).status == "requested"
    done = await decide(trade, made.id, (one.id, 2, 1), (two.id, 1, 0))
    assert (done.status, done.refund_minor) == ("part", 4_000 + 666 + 333)
    assert {(x.order_id, x.line_no): (x.accepted, x.refund_minor, x.decision_reason) for x in done.lines} == {
        (three.id, 1): (2, 666, ""),
        (three.id, 2): (4, 4_000, ""),
        (one.id, 2): (1, 333, "broken"),
        (two.id, 1): (0, 0, "broken"),
    }
    assert await trade.balance(account) == (before[0] + 4_999, 0)
    assert [(await x.read(trade.seller)).returns[0].status for x in (one, two, three)] == [
        "accepted", "rejected", "accepted",
    ]  # fmt: skip
    assert await trade.violations() == {}
    # What was not taken back can be asked for again.
    assert (await plan(trade, (1, 9))).refund_minor == 6 * 333


async def test_a_no_moves_nothing(trade: Any) -> None:
    await _filled(trade)
    account = await trade.money(0)
    before = await trade.balance(account)
    made = await ask(trade, asked(await plan(trade, (0, 12))))
    done = await decide(trade, made.id, is_accepted=False, reason="used", lines=[])
    assert (done.status, done.refund_minor, done.decision_reason) == ("rejected", 0, "used")
    assert await trade.balance(account) == before
    assert await trade.on_hand(trade.key(who=trade.buyers[0])) == (12, 0)
    assert (await plan(trade, (0, 12))).left_out == []
    assert await trade.violations() == {}


async def test_goods_that_are_gone_take_nothing_back_at_all(trade: Any) -> None:
    await _filled(trade)
    account = await trade.money(0)
    before = await trade.balance(account)
    made = await ask(trade, asked(await plan(trade, (0, 6), (1, 8))))
    shop = trade.buyers[0]

    async def sold(tx: Any) -> None:
        await tx.connection.execute(
            "update stock.balance set reserved = on_hand where key = %s and cell_id = %s",
            (trade.key(sku=1, who=shop), shop.home_cell),
        )

    await trade.run(sold)
    assert (await _refused(decide(trade, made.id))).code == "stock.out-of-stock"
    assert (await read(trade, made.id)).status == "requested"
    assert await trade.balance(account) == before
    assert await trade.on_hand(trade.key(who=shop)) == (12, 0)


async def test_what_was_not_bought_is_named_and_nothing_is_asked(trade: Any) -> None:
    await _filled(trade)
    shown = await plan(trade, (0, 20), (2, 1))
    assert [(x.code, x.asked, x.possible) for x in shown.left_out] == [
        ("orders.too-many", 20, 12), ("orders.nothing-to-return", 1, 0),
    ]  # fmt: skip
    assert [(x.sku_id, x.quantity) for x in shown.goods] == [(trade.skus[0], 12)]
    assert shown.left_out[1].name_zh == ""  # nobody learns of goods that it has not bought
    wanted = asked(shown)
    more = replace(wanted, lines=[replace(wanted.lines[0], quantity=13)])
    assert (await _refused(ask(trade, more))).code == "orders.cannot-return"
    cheaper = replace(wanted, plan=[replace(wanted.plan[0], refund_minor=1), *wanted.plan[1:]])
    assert (await _refused(ask(trade, cheaper))).code == "orders.return-plan-changed"
    twice = replace(wanted, lines=[*wanted.lines, *wanted.lines])
    assert (await _refused(ask(trade, twice))).code == "common.invalid"
    # Another buyer's orders cannot be named.
    assert (await _refused(ask(trade, wanted, who=trade.buyers[1]))).code == "orders.cannot-return"
    assert await trade.one("select count(*) from orders.return") == 0


async def test_only_what_arrived_within_the_window_goes_back(trade: Any) -> None:
    one, two, _ = await _filled(trade)
    await rule(trade, window_days=2)
    shown = await plan(trade, (0, 8))
    assert shown.order_count == 2
    assert one.id not in {x.order_id for x in shown.lines}
    assert [(x.code, x.possible) for x in shown.left_out] == [("orders.return-window-over", 7)]
    with pytest.raises(Refusal) as refused:
        await one.give_back((1, 1))
    assert refused.value.code == "orders.return-window-over"
    await two.give_back((1, 1))
    assert (await plan(trade, (0, 7))).left_out[0].possible == 6


async def test_without_the_grant_nothing_goes_back(trade: Any) -> None:
    one, _, _ = await _filled(trade)

    async def revoke(tx: Any) -> None:
        await tx.connection.execute(
            "update network.link_grant set revoked_at = %s where capability = %s", (trade.now, Capability.RETURN.value)
        )

    await trade.run(revoke)
    assert [x.code for x in (await plan(trade, (0, 1))).left_out] == ["orders.return-not-allowed"]
    with pytest.raises(Refusal) as refused:
        await one.give_back((1, 1))
    assert refused.value.code == "orders.return-not-allowed"


async def test_a_seller_asks_for_its_buyer_and_another_person_decides(trade: Any) -> None:
    await _filled(trade)
    buyer_id = trade.buyers[0].id
    shown = await plan(trade, (0, 2), who=trade.seller, buyer_id=buyer_id)
    made = await ask(trade, asked(shown, buyer_id=buyer_id), who=trade.seller, user_id=7)
    assert (made.side, made.actions) == ("seller", [])
    own = decide(trade, made.id, user_id=7)
    assert (await _refused(own)).code == "approval.requester-cannot-decide"
    assert (await _refused(decide(trade, made.id, who=trade.buyers[0]))).code == "orders.other-side"
    assert (await _refused(decide(trade, made.id, who=trade.buyers[1]))).code == "common.not-found"
    assert (await decide(trade, made.id, user_id=8)).status == "accepted"
    without = trade.scope(trade.seller, without=["orders.on-behalf"])
    with pytest.raises(Refusal) as refused:
        await trade.run(
            lambda tx: paste_return(
                tx, scope=without, pasted=PastedReturn(seller_id=trade.seller.id, buyer_id=buyer_id, text="K0 1")
            )
        )
    assert refused.value.code == "common.forbidden"


async def test_pasted_rows_become_a_plan(chain: Any) -> None:
    trade = chain
    await _filled(trade)
    text = "商品编码,数量,退货原因\nK0,5,破损\nK1,1 箱,过期\nK0,1,临期\nXX,1,\nK1,many,"
    pasted = PastedReturn(seller_id=trade.seller.id, text=text)
    shown = await trade.run(lambda tx: paste_return(tx, scope=trade.scope(trade.buyers[0]), pasted=pasted))
    assert [(x.sku_id, x.quantity, x.reason) for x in shown.goods] == [
        (trade.skus[0], 6, "破损; 临期"), (trade.skus[1], 9, "过期"),
    ]  # fmt: skip
    assert [(x.row, x.code, x.asked, x.possible) for x in shown.left_out] == [
        (5, "orders.unknown-code", 1, 0),
        (6, "orders.bad-quantity", 0, 0),
        (None, "orders.too-many", 12, 9),
    ]
    plain = PastedReturn(seller_id=trade.seller.id, text="K0 2 wet and dirty")
    shown = await trade.run(lambda tx: paste_return(tx, scope=trade.scope(trade.buyers[0]), pasted=plain))
    assert [(x.quantity, x.reason) for x in shown.goods] == [(2, "wet and dirty")]


async def test_of_two_requests_for_the_last_goods_one_passes(trade: Any) -> None:
    await _filled(trade)
    wanted = asked(await plan(trade, (0, 8), (1, 9)))
    answers = await asyncio.gather(*[ask(trade, wanted) for _ in range(4)], return_exceptions=True)
    refused = [one for one in answers if isinstance(one, Refusal)]
    assert [one.code for one in refused] == ["orders.cannot-return"] * 3
    assert await trade.one("select sum(quantity) from orders.return_line") == 17
    (made,) = [one for one in answers if not isinstance(one, BaseException)]
    verdicts = await asyncio.gather(*[decide(trade, made.id) for _ in range(3)], return_exceptions=True)
    assert [one.code for one in verdicts if isinstance(one, Refusal)] == ["orders.return-decided"] * 2
    assert await trade.violations() == {}


async def test_crossing_requests_wait_for_each_other_and_never_lock_up(trade: Any) -> None:
    """One asks for the first SKU, the other for the second, over the same orders in another order."""
    await _filled(trade)
    newest = asked(await plan(trade, (0, 12)))
    others = asked(await plan(trade, (1, 9)))
    answers = await asyncio.gather(
        *[ask(trade, one) for one in (newest, others, newest, others)], return_exceptions=True
    )
    assert sorted(one.code for one in answers if isinstance(one, Refusal)) == ["orders.cannot-return"] * 2
    made = [one for one in answers if not isinstance(one, BaseException)]
    done = await asyncio.gather(*[decide(trade, one.id) for one in made])
    assert sum(one.refund_minor for one in done) == 12_000 + 9 * 333
    assert await trade.violations() == {}


_ALTER = {
    "orders.returns-add-up": "update orders.return_line set accepted = 1",
    "orders.joint-returns-add-up": "update orders.return_line set refund_minor = refund_minor + 1",
}


@pytest.mark.parametrize("name", sorted(_ALTER))
async def test_a_corrupt_return_is_found(trade: Any, name: str) -> None:
    await _filled(trade)
    made = await ask(trade, asked(await plan(trade, (0, 6))))
    await decide(trade, made.id)
    assert await trade.violations() == {}
    await trade.run(lambda tx: tx.connection.execute(_ALTER[name]))
    assert name in await trade.violations()
