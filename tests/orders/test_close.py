"""Short close: the open rest of lines is given up, exact to the unit and to the fen, line by line."""

from typing import Any

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.close import CannotClose, CloseLine, Closure, close
from tests.orders.life import Life


async def _placed(trade: Any, *lines: tuple[int, int], **given: Any) -> Life:
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order(*lines, **given)
    )
    return Life(trade, placed.id)


async def _close(life: Life, who: Any, *lines: tuple[int, int | None]) -> Any:
    scope = life.trade.scope(who)
    asked = [CloseLine(line_no=line_no, quantity=quantity) for line_no, quantity in lines] or None
    closure = Closure(reason="out of season", lines=asked)
    return await life.trade.run(lambda tx: close(tx, scope=scope, order_id=life.id, closure=closure), who=who)


async def _faults(life: Life, who: Any, *lines: tuple[int, int | None]) -> list[tuple[str, str]]:
    with pytest.raises(CannotClose) as refused:
        await _close(life, who, *lines)
    return [(error.path, error.code) for error in refused.value.errors]


async def test_the_rest_of_a_part_shipped_line_is_closed_to_the_fen(trade: Any) -> None:
    await trade.stock(10)
    await trade.stock(7, sku=1)
    account = await trade.money(100_000)
    life = await _placed(trade, (0, 10), (1, 7))
    await life.confirm()
    first = await life.ship((1, 4), (2, 3))
    done = await _close(life, trade.seller, (2, None))
    assert (done.status, done.fulfilment_status) == ("confirmed", "part-shipped")
    assert await trade.balance(account) == (100_000 - 4_000 - 999, 6_000)
    assert await trade.on_hand(trade.key(1)) == (4, 0)
    document = await life.read(trade.buyers[0])
    assert [(line.reserved, line.cancelled, line.shipped) for line in document.lines] == [(6, 0, 4), (0, 4, 3)]
    assert (document.steps[-1].name, document.steps[-1].reason) == ("close", "out of season")
    assert document.steps[-1].facts == {"side": "seller", "units": 4, "lines": {"2": 4}}
    await _close(life, trade.seller, (1, 2))
    await _close(life, trade.seller)
    assert (await life.receive(first.document_id)).status == "completed"
    assert await trade.balance(account) == (100_000 - 4_000 - 999, 0)
    assert await trade.on_hand(trade.key()) == (6, 0)
    assert await trade.violations() == {}


async def test_an_order_with_nothing_left_to_come_is_completed_at_once(trade: Any) -> None:
    await trade.stock(5)
    await trade.money(100_000)
    life = await _placed(trade, (0, 8), shortage_policy="back-order")
    await life.confirm()
    await life.receive((await life.ship()).document_id)
    done = await _close(life, trade.buyers[0])
    assert (done.status, done.payment_status, done.fulfilment_status) == ("completed", "paid", "received")
    subjects = {event["subject"] for event in await trade.events()}
    assert {"orders.lines-closed.v1", "orders.completed.v1"} <= subjects
    assert await trade.violations() == {}


async def test_what_is_owed_goes_before_what_is_reserved(trade: Any) -> None:
    await trade.stock(5)
    account = await trade.money(100_000)
    life = await _placed(trade, (0, 8), shortage_policy="back-order")
    await _close(life, trade.seller, (1, 4))
    (line,) = (await life.read(trade.seller)).lines
    assert (line.reserved, line.back_ordered, line.cancelled) == (4, 0, 4)
    assert await trade.on_hand(trade.key()) == (5, 4)
    assert await trade.balance(account) == (100_000, 4_000)
    assert await trade.violations() == {}


async def test_an_order_closed_whole_is_cancelled_and_its_freight_free(trade: Any) -> None:
    async def freight(tx: Any) -> None:
        await tx.connection.execute(
            "update orders.order set freight_minor = 500, total_minor = total_minor + 500 where status = 'placed'"
        )
        await tx.connection.execute("update orders.payment set amount_minor = amount_minor + 500")
        await tx.connection.execute("update ledger.hold set amount = amount + 500")
        await tx.connection.execute("update ledger.balance set held = held + 500 where held > 0")

    await trade.stock(5)
    account = await trade.money(100_000)
    life = await _placed(trade, (0, 5))
    await trade.run(freight)
    assert await trade.violations() == {}
    done = await _close(life, trade.buyers[0])
    assert (done.status, done.payment_status) == ("cancelled", "none")
    assert await trade.balance(account) == (100_000, 0)
    assert await trade.on_hand(trade.key()) == (5, 0)
    subjects = {event["subject"] for event in await trade.events()}
    assert "orders.cancelled.v1" in subjects
    assert "orders.lines-closed.v1" not in subjects
    assert await trade.violations() == {}
    with pytest.raises(Refusal) as refused:
        await _close(life, trade.seller)
    assert refused.value.code == "common.wrong-state"


async def test_freight_of_goods_that_all_got_lost_is_free_again(trade: Any) -> None:
    async def prepare(tx: Any) -> None:
        await tx.connection.execute("update network.trade_link set title_passes = 'receipt'")

    async def freight(tx: Any) -> None:
        await tx.connection.execute("update orders.order set freight_minor = 500, total_minor = total_minor + 500")
        await tx.connection.execute("update orders.payment set amount_minor = amount_minor + 500")
        await tx.connection.execute("update ledger.hold set amount = amount + 500")
        await tx.connection.execute("update ledger.balance set held = held + 500 where held > 0")

    await trade.run(prepare)
    await trade.stock(5)
    account = await trade.money(100_000)
    life = await _placed(trade, (0, 5))
    await trade.run(freight)
    await life.confirm()
    done = await life.receive((await life.ship()).document_id, (1, 0, "the lorry burnt"))
    assert done.status == "completed"
    assert await trade.balance(account) == (100_000, 0)
    assert await trade.violations() == {}


async def test_refusals_name_the_line_and_nothing_is_closed(trade: Any) -> None:
    await trade.stock(5)
    await trade.stock(5, sku=1)
    account = await trade.money(100_000)
    life = await _placed(trade, (0, 8), (1, 5), shortage_policy="back-order")
    assert await _faults(life, trade.seller, (1, 9), (2, None), (2, 1), (3, None)) == [
        ("/lines/0/quantity", "too-many"),
        ("/lines/2/line_no", "duplicate"),
        ("/lines/3/line_no", "unknown"),
    ]
    await life.confirm()
    assert await _faults(life, trade.buyers[0]) == [
        ("/lines/0/quantity", "ask-the-seller"),
        ("/lines/1/quantity", "ask-the-seller"),
    ]
    assert await trade.balance(account) == (100_000, 8_000 + 5 * 333)
    await _close(life, trade.buyers[0], (1, 3))
    assert await _faults(life, trade.buyers[0], (1, 1)) == [("/lines/0/quantity", "ask-the-seller")]
    await life.ship((1, 5))
    assert await _faults(life, trade.seller, (1, None)) == [("/lines/0/line_no", "nothing-open")]
    for who in (trade.maker, trade.buyers[1]):
        with pytest.raises(Refusal) as refused:
            await _close(life, who)
        assert refused.value.code == "common.not-found"
    assert await trade.violations() == {}


async def test_the_button_says_what_the_step_allows(trade: Any) -> None:
    await trade.stock(5)
    await trade.money(100_000)
    life = await _placed(trade, (0, 5))
    assert "close" in (await life.read(trade.buyers[0])).actions
    await life.confirm()
    assert "close" not in (await life.read(trade.buyers[0])).actions
    assert "close" in (await life.read(trade.seller)).actions
    await life.ship((1, 1))
    assert "close" in (await life.read(trade.buyers[0])).actions
    await _close(life, trade.buyers[0])
    assert "close" not in (await life.read(trade.seller)).actions
