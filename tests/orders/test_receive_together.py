"""Several buyers take in what came to them in one transaction: everything stands as if each had come alone."""

from typing import Any

from msgspec.structs import replace

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.arrivals import NewReceipt, ReceiptLine
from lingqu.modules.orders.receive import receive_for
from lingqu.modules.orders.step import StepDone
from lingqu.runtime.sql import Statement
from tests.orders.life import Life


def _sql(text: str) -> Statement:
    return Statement("test", "inline", text)  # type: ignore[arg-type]


async def _shipped(trade: Any, *lines: tuple[int, int], buyer: int = 0) -> tuple[Life, Any]:
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[buyer]), key=trade.new_key(), order=trade.order(*lines)
    )
    life = Life(trade, placed.id, buyer=buyer)
    await life.confirm()
    return life, (await life.ship()).document_id


def _shop(trade: Any, buyer: int) -> Any:
    """Act as somebody of a shop whom no other shop has."""
    scope = trade.scope(trade.buyers[buyer])
    return replace(scope, actor=replace(scope.actor, user_id=901 + buyer, name=f"shop {buyer}"))


async def _take_in(trade: Any, *wanted: tuple[int, NewReceipt]) -> list[list[Any]]:
    pairs = [(_shop(trade, buyer), [item]) for buyer, item in wanted]
    verdicts: list[list[Any]] = await trade.run(lambda tx: receive_for(tx, wanted=pairs))
    return verdicts


async def _stocked(trade: Any) -> None:
    await trade.stock(100)
    await trade.stock(100, sku=1)
    for buyer in (0, 1):
        await trade.money(100_000, buyer=buyer)


async def test_buyers_in_different_cells_each_get_their_own(trade: Any) -> None:
    await _stocked(trade)
    first, sent = await _shipped(trade, (0, 7), (1, 3))
    other, sent_other = await _shipped(trade, (0, 5), buyer=1)
    short = NewReceipt(shipment_id=sent_other, lines=[ReceiptLine(position=1, received=4, reason="broken")])
    verdicts = await _take_in(trade, (0, NewReceipt(shipment_id=sent)), (1, short))
    assert [[one.status for one in some] for some in verdicts] == [["completed"], ["completed"]]
    for buyer, quantity in ((0, 7), (1, 4)):
        shop = trade.buyers[buyer]
        assert await trade.on_hand(trade.key(who=shop), cell=shop.home_cell) == (quantity, 0)
    assert await trade.on_hand(trade.key(state="in-transit")) == (0, 0)
    assert await trade.violations() == {}
    for life, buyer in ((first, 0), (other, 1)):
        step = (await life.read(trade.seller)).steps[-1]
        assert (step.name, step.actor_name) == ("receive", f"shop {buyer}")


async def test_another_ones_shipment_is_refused_and_the_neighbour_served(trade: Any) -> None:
    await _stocked(trade)
    _, sent = await _shipped(trade, (0, 7))
    _, sent_other = await _shipped(trade, (0, 5), buyer=1)
    verdicts = await _take_in(trade, (1, NewReceipt(shipment_id=sent)), (1, NewReceipt(shipment_id=sent_other)))
    (stranger,), (own,) = verdicts
    assert isinstance(stranger, Refusal)
    assert stranger.code == "common.not-found"
    assert isinstance(own, StepDone)
    assert await trade.on_hand(trade.key(who=trade.buyers[0]), cell=trade.buyers[0].home_cell) == (0, 0)
    assert await trade.violations() == {}


async def test_two_parts_of_one_order_are_taken_in_one_after_the_other(trade: Any) -> None:
    await _stocked(trade)
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 7), (1, 3))
    )
    life = Life(trade, placed.id)
    await life.confirm()
    parts = [(await life.ship((1, 4))).document_id, (await life.ship()).document_id]
    verdicts = await _take_in(trade, *[(0, NewReceipt(shipment_id=part)) for part in (*parts, parts[0])])
    codes = [one.code if isinstance(one, Refusal) else one.status for (one,) in verdicts]
    assert codes == ["confirmed", "completed", "orders.already-received"]
    assert [step.name for step in (await life.read(trade.seller)).steps][-2:] == ["receive", "receive"]
    assert await trade.violations() == {}


async def test_moves_entries_and_the_audit_log_name_who_took_the_goods_in(trade: Any) -> None:
    await _stocked(trade)

    async def pass_at_receipt(tx: Any) -> None:
        await tx.connection.execute("update network.trade_link set title_passes = 'receipt'")

    await trade.run(pass_at_receipt)
    first, sent = await _shipped(trade, (0, 7))
    other, sent_other = await _shipped(trade, (0, 5), buyer=1)
    await _take_in(trade, (0, NewReceipt(shipment_id=sent)), (1, NewReceipt(shipment_id=sent_other)))

    async def read(tx: Any) -> Any:
        moved = _sql("select distinct document_id, user_id from stock.move where document_kind = 'shipment'")
        sold = _sql("select document_id, user_id from ledger.entry where kind = 'sale'")
        noted = _sql(
            "select object_id, user_id from runtime.audit where kind = 'order' and after ->> 'status' = 'completed'"
        )
        return [dict(await tx.tuples(one)) for one in (moved, sold, noted)]

    moved, sold, noted = await trade.run(read)
    assert moved == {sent: 901, sent_other: 902}
    assert sold == {first.id: 901, other.id: 902}
    assert noted == {str(first.id): 901, str(other.id): 902}


async def test_what_a_shipped_order_held_is_gone_and_what_is_left_of_another_stays(trade: Any) -> None:
    await _stocked(trade)
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 7), (1, 3))
    )
    life = Life(trade, placed.id)
    await life.confirm()

    async def held(tx: Any) -> Any:
        return await tx.tuples(_sql("select line_no, quantity from stock.reservation where quantity > 0 order by 1"))

    async def rows(tx: Any) -> Any:
        return await tx.tuples(_sql("select count(*) from stock.reservation"))

    await life.ship((1, 4))
    assert await trade.run(held) == [(1, 3), (2, 3)]
    await life.ship()
    assert await trade.run(rows) == [(0,)]
    assert await trade.violations() == {}
