"""Pain 39: whoever knows an id reads or changes a stranger's row (mall#994, kugelpos#133).

Every route with every role and every foreign object: tests/access/test_access.py, and its mutation in test_scope.py.
"""

from typing import Any

import pytest

from lingqu.kernel.errors import NotFound
from lingqu.modules.orders.queries import OrderQuery, list_orders
from lingqu.roles.api import routes
from tests.access.cases import cases
from tests.orders.life import Life


def test_no_route_is_left_out_of_the_matrix() -> None:
    assert {route.name for route in routes()} == cases().keys()


async def test_a_stranger_with_every_right_finds_nothing_and_changes_nothing(trade: Any) -> None:
    await trade.stock(10)
    await trade.money(100_000)
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 3))
    )
    own, strange = Life(trade, placed.id), Life(trade, placed.id, buyer=1)
    await own.confirm()
    sent = await own.ship((1, 1))
    stranger = trade.buyers[1]
    before = await own.read(trade.buyers[0])
    for step in (
        lambda: strange.read(stranger),
        lambda: strange.cancel(stranger),
        lambda: strange.receive(sent.document_id),
        lambda: strange.give_back((1, 1)),
    ):
        with pytest.raises(NotFound):
            await step()
    listed = await trade.run(lambda tx: list_orders(tx, scope=trade.scope(stranger), query=OrderQuery()))
    assert listed.items == []
    assert await own.read(trade.buyers[0]) == before


async def test_a_price_kept_in_memory_is_never_another_buyers(trade: Any) -> None:
    """The market remembers links and prices: by pair of seller and buyer, never by seller alone."""

    async def discount(tx: Any) -> None:
        cursor = await tx.connection.execute(
            "insert into pricing.price_list (seller_id, code, name, currency, is_tax_included, status, valid_from, "
            "sort_key, search, created_at) values (%s, 'VIP', 'VIP', 'CNY', true, 'published', '2026-01-01', 'v', "
            "'{}', %s) returning id",
            (trade.seller.id, tx.now),
        )
        (list_id,) = await cursor.fetchone()
        await tx.connection.execute(
            "insert into pricing.assignment (list_id, audience, organization_id) values (%s, 'organization', %s)",
            (list_id, trade.buyers[0].id),
        )
        await tx.connection.execute(
            "insert into pricing.price_item (list_id, sku_id, pack_id, valid_from, price_minor) "
            "values (%s, %s, %s, '2026-01-01', 700)",
            (list_id, trade.skus[0], trade.packs[0][1]),
        )
        await tx.connection.execute("select network.bump_epoch_v1(%s, %s)", (trade.cell, [trade.seller.id]))

    await trade.run(discount)
    await trade.stock(10)
    totals = []
    for number in (0, 1, 0, 1):
        await trade.money(10_000, buyer=number)
        placed = await trade.intake.place(
            scope=trade.scope(trade.buyers[number]), key=trade.new_key(), order=trade.order((0, 1))
        )
        totals.append(placed.total_minor)
    assert totals == [700, 1_000, 700, 1_000]
