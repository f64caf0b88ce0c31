"""A placed order is changed by both sides: all of it or nothing, stock and money exact, what changed kept for both."""

from datetime import date, timedelta
from typing import Any

import pytest

from lingqu.kernel.errors import Refusal, Stale
from lingqu.modules.orders.change import Asked, change
from lingqu.modules.orders.decide_change import ChangeDecision, decide_change
from lingqu.modules.orders.revision import LineAdded, LineChange, OrderChange
from lingqu.modules.orders.types import Address
from lingqu.modules.orders.wish import CannotChange
from tests.orders.life import Life


async def _placed(trade: Any, *lines: tuple[int, int], **given: Any) -> Life:
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order(*lines, **given)
    )
    return Life(trade, placed.id)


def _lines(*lines: tuple[int, int]) -> list[LineChange]:
    return [LineChange(line_no=line_no, packs=packs) for line_no, packs in lines]


async def _change(life: Life, who: Any, *, if_match: int | None = None, **given: Any) -> Any:
    version = if_match or (await life.read(who)).version
    scope = life.trade.scope(who)
    asked = Asked(order_id=life.id, change=OrderChange(**given), if_match=version)
    return await life.trade.run(lambda tx: change(tx, scope=scope, asked=asked), who=who)


async def _decide(life: Life, who: Any, revision_id: Any, *, yes: bool, reason: str = "") -> Any:
    version = (await life.read(who)).version
    scope = life.trade.scope(who)
    decision = ChangeDecision(
        order_id=life.id, revision_id=revision_id, is_accepted=yes, if_match=version, reason=reason
    )
    return await life.trade.run(lambda tx: decide_change(tx, scope=scope, decision=decision), who=who)


async def _faults(life: Life, who: Any, **given: Any) -> list[tuple[str, str]]:
    with pytest.raises(CannotChange) as refused:
        await _change(life, who, **given)
    return [(error.path, error.code) for error in refused.value.errors]


def _added(trade: Any, sku: int, packs: int, *, units: int = 1, price_minor: int | None = None) -> LineAdded:
    return LineAdded(sku_id=trade.skus[sku], pack_id=trade.packs[sku][units], packs=packs, price_minor=price_minor)


async def test_the_buyer_changes_everything_until_the_seller_confirms(trade: Any) -> None:
    await trade.stock(20)
    await trade.stock(20, sku=1)
    await trade.stock(20, sku=2)
    account = await trade.money(100_000)
    life = await _placed(trade, (0, 10), (1, 7), note="old")
    done = await _change(
        life,
        trade.buyers[0],
        lines=_lines((1, 12), (2, 0)),
        added=[_added(trade, 2, 3)],
        requested_on=date(2026, 3, 9),
        ship_to=Address(contact="Li", text="Side door"),
        note="new",
        po_number="PO-7",
        reason="fair is longer",
        expected_total_minor=12_000 + 7_500,
    )
    assert (done.revision_status, done.payable_minor, done.status) == ("made", 19_500, "placed")
    assert await trade.balance(account) == (100_000, 19_500)
    assert await trade.on_hand(trade.key()) == (20, 12)
    assert await trade.on_hand(trade.key(1)) == (20, 0)
    assert await trade.on_hand(trade.key(2)) == (20, 3)
    bought, sold = await life.read(trade.buyers[0]), await life.read(trade.seller)
    assert [(line.line_no, line.quantity, line.total_minor) for line in sold.lines] == [
        (1, 12, 12_000),
        (2, 0, 0),
        (3, 3, 7_500),
    ]
    assert (sold.total_minor, sold.requested_on, sold.ship_to.contact) == (19_500, date(2026, 3, 9), "Li")
    assert (bought.buyer_side.note, bought.buyer_side.po_number) == ("new", "PO-7")
    (revision,) = sold.revisions
    assert [(line.line_no, line.quantity) for line in revision.before.lines] == [(1, 10), (2, 7)]
    assert [(line.line_no, line.quantity) for line in revision.after.lines] == [(1, 12), (2, 0), (3, 3)]
    assert (revision.before.payable_minor, revision.after.payable_minor) == (12_331, 19_500)
    assert (revision.side, revision.reason, revision.asked_by_name) == ("buyer", "fair is longer", "tester")
    assert "new" not in str(sold.revisions), "a note is the buyer's own"
    assert sold.steps[-1].name == "change"
    assert await trade.violations() == {}
    await life.confirm()
    await life.receive((await life.ship()).document_id)
    assert await trade.balance(account) == (100_000 - 19_500, 0)
    assert await trade.violations() == {}


async def test_two_tabs_conflict_clearly(trade: Any) -> None:
    await trade.stock(20)
    await trade.money(100_000)
    life = await _placed(trade, (0, 10))
    version = (await life.read(trade.buyers[0])).version
    await _change(life, trade.buyers[0], if_match=version, lines=_lines((1, 11)))
    with pytest.raises(Stale):
        await _change(life, trade.buyers[0], if_match=version, lines=_lines((1, 9)))
    assert (await life.read(trade.buyers[0])).lines[0].quantity == 11
    with pytest.raises(Refusal) as refused:
        await _change(life, trade.buyers[0], lines=_lines((1, 11)))
    assert refused.value.code == "orders.nothing-changed"


async def test_what_does_not_reach_is_named_and_nothing_is_changed(trade: Any) -> None:
    await trade.stock(12)
    await trade.stock(50, sku=1)
    account = await trade.money(12_000)
    life = await _placed(trade, (0, 10), (1, 3))
    faults = await _faults(
        life, trade.buyers[0], lines=_lines((1, 15), (2, 1)), added=[_added(trade, 2, 4), _added(trade, 1, 30)]
    )
    assert faults == [("/lines/0/packs", "short"), ("/added/0/packs", "short"), ("", "money-short")]
    assert await _faults(life, trade.buyers[0], lines=_lines((1, 1), (1, 2), (9, 1))) == [
        ("/lines/1/line_no", "duplicate"),
        ("/lines/2/line_no", "unknown"),
    ]
    assert await _faults(life, trade.buyers[0], lines=_lines((1, 0), (2, 0))) == [("/lines", "empty")]
    assert await _faults(
        life, trade.buyers[0], lines=[LineChange(line_no=1, packs=9, price_minor=1)], added=[_added(trade, 0, 1)]
    ) == [("/lines/0/price_minor", "foreign-price")]
    unknown = LineAdded(sku_id=trade.skus[0], pack_id=trade.packs[1][1], packs=1)
    assert await _faults(life, trade.buyers[0], added=[unknown]) == [("/added/0", "pricing.unknown-pack")]
    with pytest.raises(Refusal) as refused:
        await _change(life, trade.buyers[0], lines=_lines((1, 9)), expected_total_minor=1)
    assert refused.value.code == "pricing.changed"
    assert (await life.read(trade.buyers[0])).version == 1
    assert await trade.balance(account) == (12_000, 10_999)
    assert await trade.on_hand(trade.key()) == (12, 10)
    assert await trade.violations() == {}


async def test_goods_that_one_line_frees_serve_another_of_the_same_change(trade: Any) -> None:
    await trade.stock(10)
    account = await trade.money(10_000)
    life = await _placed(trade, (0, 6), (0, 4))
    await _change(life, trade.buyers[0], lines=_lines((1, 2), (2, 8)))
    assert [line.reserved for line in (await life.read(trade.seller)).lines] == [2, 8]
    assert await trade.on_hand(trade.key()) == (10, 10)
    assert await trade.balance(account) == (10_000, 10_000)
    assert await trade.violations() == {}


async def test_a_back_order_takes_what_is_free_and_owes_the_rest(trade: Any) -> None:
    await trade.stock(7)
    await trade.money(100_000)
    life = await _placed(trade, (0, 5), shortage_policy="back-order")
    await _change(life, trade.buyers[0], lines=_lines((1, 10)))
    (line,) = (await life.read(trade.seller)).lines
    assert (line.reserved, line.back_ordered) == (7, 3)
    await _change(life, trade.buyers[0], lines=_lines((1, 6)))
    (line,) = (await life.read(trade.seller)).lines
    assert (line.reserved, line.back_ordered) == (6, 0)
    assert await trade.on_hand(trade.key()) == (7, 6)
    assert await trade.violations() == {}


async def test_two_accounts_pay_more_in_order_and_less_backwards(trade: Any) -> None:
    await trade.stock(50)
    prepaid = await trade.money(5_000)
    credit = await trade.money(0, kind="credit", floor=-20_000)
    life = await _placed(trade, (0, 4))
    await _change(life, trade.buyers[0], lines=_lines((1, 9)))
    assert (await trade.balance(prepaid), await trade.balance(credit)) == ((5_000, 5_000), (0, 4_000))
    await _change(life, trade.buyers[0], lines=_lines((1, 3)))
    assert (await trade.balance(prepaid), await trade.balance(credit)) == ((5_000, 3_000), (0, 0))
    assert await _faults(life, trade.buyers[0], lines=_lines((1, 26))) == [("", "money-short")]
    await _change(life, trade.buyers[0], lines=_lines((1, 25)))
    await life.confirm()
    await life.receive((await life.ship()).document_id)
    assert (await trade.balance(prepaid), await trade.balance(credit)) == ((0, 0), (-20_000, 0))
    assert await trade.violations() == {}


async def test_after_confirmation_the_seller_has_to_agree(trade: Any) -> None:
    await trade.stock(20)
    account = await trade.money(100_000)
    life = await _placed(trade, (0, 10))
    await life.confirm()
    asked = await _change(life, trade.buyers[0], lines=_lines((1, 15)), reason="more guests")
    assert (asked.revision_status, asked.payable_minor) == ("proposed", 15_000)
    assert await trade.balance(account) == (100_000, 10_000)
    with pytest.raises(Refusal) as refused:
        await _change(life, trade.buyers[0], lines=_lines((1, 16)))
    assert refused.value.code == "orders.proposal-open"
    assert "decide-change" in (await life.read(trade.seller)).actions
    assert "withdraw-change" in (await life.read(trade.buyers[0])).actions
    with pytest.raises(Refusal) as refused:
        await _decide(life, trade.buyers[0], asked.revision_id, yes=True)
    assert refused.value.code == "orders.other-side"
    made = await _decide(life, trade.seller, asked.revision_id, yes=True)
    assert (made.revision_status, made.status) == ("made", "confirmed")
    assert await trade.balance(account) == (100_000, 15_000)
    assert await trade.on_hand(trade.key()) == (20, 15)
    with pytest.raises(Refusal) as refused:
        await _decide(life, trade.seller, asked.revision_id, yes=True)
    assert refused.value.code == "orders.proposal-decided"
    again = await _change(life, trade.buyers[0], lines=_lines((1, 1)))
    await _decide(life, trade.seller, again.revision_id, yes=False, reason="packed already")
    third = await _change(life, trade.buyers[0], lines=_lines((1, 2)))
    await _decide(life, trade.buyers[0], third.revision_id, yes=False)
    document = await life.read(trade.buyers[0])
    assert [revision.status for revision in document.revisions] == ["made", "declined", "withdrawn"]
    assert document.revisions[1].decision_reason == "packed already"
    assert document.lines[0].quantity == 15
    subjects = {event["subject"] for event in await trade.events()}
    assert {"orders.changed.v1", "orders.change-proposed.v1", "orders.change-declined.v1"} <= subjects
    assert await trade.violations() == {}


async def test_the_seller_gives_less_alone_and_more_only_with_the_buyer(trade: Any) -> None:
    await trade.stock(30)
    await trade.stock(30, sku=1)
    account = await trade.money(100_000)
    life = await _placed(trade, (0, 10))
    with pytest.raises(Refusal) as refused:
        await _change(life, trade.seller, lines=_lines((1, 8)))
    assert [error.path for error in refused.value.errors] == ["/reason"]
    less = await _change(life, trade.seller, lines=_lines((1, 8)), reason="two broken")
    assert less.revision_status == "made"
    cheaper = await _change(
        life, trade.seller, lines=[LineChange(line_no=1, packs=8, price_minor=900)], reason="best before is near"
    )
    assert (cheaper.revision_status, cheaper.payable_minor) == ("made", 7_200)
    assert await trade.balance(account) == (100_000, 7_200)
    for wish in (
        {"lines": [LineChange(line_no=1, packs=8, price_minor=901)]},
        {"lines": _lines((1, 9))},
        {"added": [_added(trade, 1, 1, price_minor=1)]},
        {"requested_on": date(2026, 3, 20)},
    ):
        proposed = await _change(life, trade.seller, reason="please", **wish)
        assert proposed.revision_status == "proposed", wish
        await _decide(life, trade.buyers[0], proposed.revision_id, yes=False)
    proposed = await _change(life, trade.seller, lines=_lines((1, 0)), added=[_added(trade, 1, 8)], reason="instead")
    await _decide(life, trade.buyers[0], proposed.revision_id, yes=True)
    assert [(line.quantity, line.reserved) for line in (await life.read(trade.buyers[0])).lines] == [(0, 0), (8, 8)]
    assert await trade.balance(account) == (100_000, 8 * 333)
    assert await trade.on_hand(trade.key()) == (30, 0)
    assert await trade.violations() == {}


async def test_a_line_in_motion_is_only_cut_and_keeps_its_price(trade: Any) -> None:
    await trade.stock(20)
    await trade.stock(20, sku=1)
    account = await trade.money(100_000)
    life = await _placed(trade, (1, 7), (0, 5))
    await life.confirm()
    first = await life.ship((1, 3))
    assert await _faults(life, trade.seller, lines=_lines((1, 8)), reason="x") == [("/lines/0/packs", "in-motion")]
    assert await _faults(life, trade.seller, lines=_lines((1, 2)), reason="x") == [("/lines/0/packs", "in-motion")]
    done = await _change(life, trade.seller, lines=_lines((1, 4), (2, 2)), reason="short crop")
    assert (done.revision_status, done.payable_minor) == ("made", 4 * 333 + 2_000)
    document = await life.read(trade.buyers[0])
    assert [(line.quantity, line.cancelled, line.reserved) for line in document.lines] == [(7, 3, 1), (2, 0, 2)]
    assert await trade.balance(account) == (100_000 - 999, 333 + 2_000)
    last = await _change(life, trade.seller, lines=_lines((1, 3), (2, 0)), reason="nothing left")
    assert last.fulfilment_status == "shipped"
    assert (await life.receive(first.document_id)).status == "completed"
    assert await trade.balance(account) == (100_000 - 999, 0)
    with pytest.raises(Refusal) as refused:
        await _change(life, trade.seller, lines=_lines((1, 1)), reason="x")
    assert refused.value.code == "common.wrong-state"
    assert await trade.violations() == {}


async def test_a_change_that_is_no_longer_what_was_shown_is_not_made(trade: Any) -> None:
    async def dearer(tx: Any) -> None:
        await tx.connection.execute("update pricing.price_item set price_minor = price_minor + 1")

    await trade.stock(20)
    await trade.money(100_000)
    life = await _placed(trade, (0, 10))
    await life.confirm()
    asked = await _change(life, trade.buyers[0], lines=_lines((1, 12)))
    await trade.run(dearer)
    with pytest.raises(Refusal) as refused:
        await _decide(life, trade.seller, asked.revision_id, yes=True)
    assert refused.value.code == "orders.proposal-outdated"
    await life.ship((1, 10))
    with pytest.raises(CannotChange):
        await _decide(life, trade.seller, asked.revision_id, yes=True)
    assert (await life.receive(await _shipment(life))).status == "completed"
    assert (await life.read(trade.seller)).revisions[0].status == "lapsed"
    assert await trade.violations() == {}


async def _shipment(life: Life) -> Any:
    return (await life.read(life.trade.seller)).shipments[0].id


async def test_what_stays_keeps_its_price_and_what_differs_gets_the_price_of_the_orders_day(trade: Any) -> None:
    async def reprice(tx: Any) -> None:
        await tx.connection.execute("update pricing.price_item set valid_until = '2026-03-05'")
        await tx.connection.execute(
            "insert into pricing.price_item (list_id, sku_id, pack_id, valid_from, price_minor) "
            "select list_id, sku_id, pack_id, '2026-03-05', price_minor * 2 from pricing.price_item"
        )

    await trade.stock(30)
    await trade.stock(30, sku=1)
    await trade.money(100_000)
    life = await _placed(trade, (0, 10), (1, 10))
    await trade.run(reprice)
    trade.wait(timedelta(days=5))
    done = await _change(life, trade.buyers[0], lines=_lines((1, 12)))
    assert done.payable_minor == 12_000 + 3_330


async def test_more_than_the_limit_is_had_only_with_who_may_approve(trade: Any) -> None:
    async def limit(tx: Any) -> None:
        await tx.connection.execute("update network.trade_link set approval_above_minor = 5000, approval_hours = 2")

    await trade.run(limit)
    await trade.stock(30)
    account = await trade.money(100_000)
    life = await _placed(trade, (0, 4))
    assert (await _change(life, trade.buyers[0], lines=_lines((1, 5)))).revision_status == "made"
    asked = await _change(life, trade.buyers[0], lines=_lines((1, 6)))
    assert (asked.revision_status, asked.approval_status) == ("proposed", "none")
    assert await trade.balance(account) == (100_000, 5_000)
    scope = trade.scope(trade.seller, without=["orders.approve"])
    decision = ChangeDecision(order_id=life.id, revision_id=asked.revision_id, is_accepted=True, if_match=asked.version)
    with pytest.raises(Refusal) as refused:
        await trade.run(lambda tx: decide_change(tx, scope=scope, decision=decision), who=trade.seller)
    assert refused.value.code == "common.forbidden"
    await _decide(life, trade.seller, asked.revision_id, yes=True)
    assert await trade.balance(account) == (100_000, 6_000)
    assert (await _change(life, trade.buyers[0], lines=_lines((1, 3)))).revision_status == "made"
    waiting = await _placed(trade, (0, 9))
    assert (await _change(waiting, trade.buyers[0], lines=_lines((1, 8)))).approval_status == "waiting"
    trade.wait(timedelta(hours=2))
    with pytest.raises(Refusal) as refused:
        await _change(waiting, trade.buyers[0], lines=_lines((1, 3)))
    assert refused.value.code == "orders.time-over"
    assert await trade.violations() == {}


async def test_freight_and_the_least_amount_follow_the_new_total(trade: Any) -> None:
    async def terms(tx: Any) -> None:
        await tx.connection.execute(
            "insert into pricing.terms (seller_id, minimum_minor, freight_minor, free_freight_from_minor) "
            "values (%s, 3000, 700, 8000)",
            (trade.seller.id,),
        )

    await trade.run(terms)
    await trade.stock(30)
    account = await trade.money(100_000)
    life = await _placed(trade, (0, 5))
    assert await trade.balance(account) == (100_000, 5_700)
    assert (await _change(life, trade.buyers[0], lines=_lines((1, 8)))).payable_minor == 8_000
    assert (await _change(life, trade.buyers[0], lines=_lines((1, 7)))).payable_minor == 7_700
    assert await _faults(life, trade.buyers[0], lines=_lines((1, 2))) == [("", "pricing.below-minimum-amount")]
    less = await _change(life, trade.seller, lines=_lines((1, 2)), reason="rats")
    assert (less.revision_status, less.payable_minor) == ("made", 2_700)
    assert await trade.balance(account) == (100_000, 2_700)
    assert await trade.violations() == {}


async def test_strangers_find_no_order_and_a_closed_link_gives_no_more(trade: Any) -> None:
    async def shut(tx: Any) -> None:
        await tx.connection.execute("update network.trade_link set status = 'suspended'")

    await trade.stock(30)
    await trade.money(100_000)
    life = await _placed(trade, (0, 5))
    for who in (trade.maker, trade.buyers[1]):
        with pytest.raises(Refusal) as refused:
            await _change(life, who, if_match=1, lines=_lines((1, 4)))
        assert refused.value.code == "common.not-found"
    await trade.run(shut)
    with pytest.raises(Refusal) as refused:
        await _change(life, trade.buyers[0], lines=_lines((1, 6)))
    assert refused.value.code in {"orders.no-link", "orders.cannot-change"}
    await _change(life, trade.buyers[0], lines=_lines((1, 4)))
    assert await trade.violations() == {}


async def test_a_note_needs_nobody(trade: Any) -> None:
    await trade.stock(5)
    await trade.money(100_000)
    life = await _placed(trade, (0, 5), po_number="PO-1")
    await life.confirm()
    done = await _change(life, trade.buyers[0], note="ring twice")
    assert (done.revision_id, done.revision_status) == (None, "made")
    side = (await life.read(trade.buyers[0])).buyer_side
    assert (side.note, side.po_number) == ("ring twice", "PO-1")
    await _change(life, trade.seller, note="ours")
    document = await life.read(trade.seller)
    assert (document.seller_side.note, document.revisions) == ("ours", [])
