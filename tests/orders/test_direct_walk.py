"""Any steps of any side, in any order: the pair stands alike, money and goods add up; races end in one of both."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.cancel import cancel
from lingqu.runtime.tx import Tx
from tests.orders.direct import Supply

PLENTY = 10_000_000


async def _placed(supply: Supply) -> tuple[UUID, UUID]:
    await supply.offer()
    await supply.places.switch_on(direct=(supply.supplier.id,))
    await supply.stock(15)
    await supply.stock(15, lot="M2")
    await supply.stock(20, sku=1)
    await supply.money(PLENTY)
    await supply.trade.money(PLENTY)
    placed = await supply.place((0, 20), (1, 7))
    return placed.id, await supply.bought(placed.id)


def _steps(supply: Supply, sold: UUID, bought: UUID, chance: random.Random) -> list[Callable[[], Awaitable[Any]]]:
    trade = supply.trade
    line, quantity = chance.randint(1, 2), chance.randint(1, 9)
    seller, shop, supplier = trade.seller, trade.buyers[0], supply.supplier

    async def receive() -> None:
        shipment = await trade.one(
            "select s.id, l.position, l.quantity from orders.shipment s join orders.shipment_line l "
            "on l.cell_id = s.cell_id and l.shipment_id = s.id "
            "where s.order_id = %s and s.status = 'shipped' order by s.shipped_at, s.number, l.position limit 1",
            sold,
        )
        if shipment is not None:
            lost = chance.choice([0, 0, 1])
            await supply.receive(shipment[0], (shipment[1], shipment[2] - lost, "lost" if lost else ""))

    async def decide() -> None:
        waiting = await trade.one(
            "select id from orders.return where order_id = %s and status = 'requested' limit 1", bought
        )
        if waiting is not None:
            await supply.decide(waiting, who=supplier, is_accepted=chance.random() < 0.7)

    return [
        lambda: supply.confirm(sold, seller),
        lambda: supply.confirm(bought, supplier),
        lambda: supply.ship(bought, (line, quantity)),
        lambda: supply.ship(bought, (line, quantity)),
        receive,
        receive,
        lambda: supply.close(sold, (line, quantity), who=chance.choice([seller, shop])),
        lambda: supply.close(bought, (line, quantity), who=supplier),
        lambda: supply.give_back(sold, (line, quantity)),
        decide,
    ]


async def _move_near(supply: Supply) -> None:
    """Let the supplier live in the distributor's own cell."""
    cell_id = supply.trade.cell

    async def work(tx: Tx) -> None:
        for table, column in (("organization", "id"), ("node", "organization_id"), ("bin", "owner_id")):
            text = f"update network.{table} set home_cell = %s where {column} = %s"
            await tx.connection.execute(text, (cell_id, supply.supplier.id))  # type: ignore[arg-type]

    await supply.trade.run(work)
    supply.trade.maker = replace(supply.supplier, home_cell=cell_id)


@pytest.mark.parametrize(("seed", "is_near"), [(0, False), (1, False), (2, False), (3, True), (4, True)])
async def test_the_pair_stands_alike_whatever_is_done(supply: Supply, *, seed: int, is_near: bool) -> None:
    if is_near:
        await _move_near(supply)
    sold, bought = await _placed(supply)
    await supply.both_confirmed(sold)
    chance = random.Random(seed)
    done = 0
    for _ in range(30):
        step = chance.choice(_steps(supply, sold, bought, chance))
        try:
            await step()
            done += 1
        except Refusal:
            continue
        finally:
            assert await supply.trade.violations() == {}
    assert done > 5


async def test_a_cancellation_races_a_shipment(supply: Supply) -> None:
    sold, bought = await _placed(supply)
    await supply.both_confirmed(sold)
    trade = supply.trade
    scope = trade.scope(trade.seller)

    async def give_up() -> Any:
        return await trade.run(lambda tx: cancel(tx, scope=scope, order_id=sold, reason="race"), who=trade.seller)

    answers = await asyncio.gather(supply.ship(bought), give_up(), return_exceptions=True)
    refused = [one for one in answers if isinstance(one, BaseException)]
    assert all(isinstance(one, Refusal) for one in refused)
    assert len(refused) == 1
    assert await trade.violations() == {}


async def test_both_ends_giving_up_at_once_end_in_one_way(supply: Supply) -> None:
    sold, bought = await _placed(supply)
    await supply.both_confirmed(sold)
    trade = supply.trade

    async def give_up(order_id: UUID, who: Any) -> Any:
        return await trade.run(lambda tx: cancel(tx, scope=trade.scope(who), order_id=order_id, reason="race"), who=who)

    answers = await asyncio.gather(
        give_up(bought, supply.supplier), give_up(sold, trade.seller), return_exceptions=True
    )
    assert all(isinstance(one, Refusal) for one in answers if isinstance(one, BaseException))
    assert await trade.one("select status from orders.order where id = %s", bought) == "cancelled"
    assert await trade.on_hand(supply.key(), supply.supplier.home_cell) == (30, 0)
    assert await trade.violations() == {}
