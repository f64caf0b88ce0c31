"""Pain 36: the buyer's and the seller's copy of one trade drift apart (OCA/multi-company#559 #988, odoo#138459).

There is one document: both sides read the same row, and each has fields of its own that the other cannot see.
"""

from typing import Any

import msgspec

from tests.orders.life import Life

_OWN = {"side", "actions", "buyer_side", "seller_side"}


async def _common(life: Life, who: Any) -> dict[str, Any]:
    order = msgspec.to_builtins(await life.read(who))
    return {name: value for name, value in order.items() if name not in _OWN}


async def test_after_every_step_both_sides_read_the_same(trade: Any) -> None:
    await trade.stock(10)
    await trade.money(100_000)
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 7), po_number="PO-1")
    )
    life = Life(trade, placed.id)
    buyer, seller = trade.buyers[0], trade.seller

    async def both() -> dict[str, Any]:
        mine = await _common(life, buyer)
        assert mine == await _common(life, seller)
        return mine

    assert (await both())["total_minor"] == 7_000
    await life.confirm()
    assert (await both())["status"] == "confirmed"
    sent = await life.ship((1, 5))
    assert (await both())["lines"][0]["shipped"] == 5
    await life.receive(sent.document_id, (1, 4, "one is missing"))
    assert (await both())["lines"][0]["short"] == 1
    await life.accept((await life.give_back((1, 2))).document_id)
    assert (await both())["returns"][0]["refund_minor"] == 2_000
    await life.cancel(seller)
    assert (await both())["lines"][0]["cancelled"] == 2
    assert (await life.read(buyer)).buyer_side.po_number == "PO-1"
    assert (await life.read(seller)).buyer_side is None
    assert (await life.read(buyer)).seller_side is None
    assert await trade.one("select count(*)::int from orders.order") == 1
