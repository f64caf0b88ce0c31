"""Each check of direct delivery finds the row that a test corrupts, and nothing before."""

import pytest

from lingqu.modules.orders.checks import CHECKS
from tests.orders.direct import Supply

_ALTER = {
    "orders.direct-pairs-stand-alike": (
        "update orders.line set received = received - 1 where supplier_id is not null",
        "update orders.line set supplier_id = supplier_id + 1 where supplier_id is not null",
        "update orders.line set key = key + (1::bigint << 52) where supplier_id is not null",
        "delete from orders.direct_line",
        "delete from orders.direct_order",
    ),
    "orders.direct-returns-stand-alike": (
        "update orders.return set status = 'rejected' where twin_cell = 0",
        "update orders.return_line set quantity = quantity + 1 where line_no = 1 and cell_id = 0",
    ),
    "orders.service-fee-is-the-rate": (
        "update orders.direct_order set fee_ppm = fee_ppm + 1000",
        (
            "update ledger.posting p set amount = amount + 1 from ledger.entry e where e.cell_id = p.cell_id "
            "and e.id = p.entry_id and e.kind = 'service-fee' and p.cell_id = 1"
        ),
        "update ledger.entry set state = 'voided' where kind = 'service-fee'",
    ),
    "orders.direct-goods-only-pass": (
        (
            "update stock.balance b set on_hand = 1 from network.bin i join network.node n on n.id = i.node_id "
            "where i.id = b.bin_id and i.owner_id <> n.organization_id"
        ),
    ),
}


@pytest.mark.parametrize("name", sorted(_ALTER))
async def test_a_corrupt_row_is_found(supply: Supply, name: str) -> None:
    await supply.offer()
    await supply.places.switch_on(direct=(supply.supplier.id,))
    await supply.stock(50)
    await supply.money(1_000_000)
    await supply.trade.money(1_000_000)
    placed = await supply.place((0, 10))
    bought = await supply.both_confirmed(placed.id)
    await supply.ship(bought, (1, 6))
    await supply.receive(await supply.arrived(placed.id))
    await supply.give_back(placed.id, (1, 2))
    assert await supply.trade.violations() == {}
    for statement in _ALTER[name]:
        async with (
            supply.trade.database.begin(now=supply.trade.now) as tx,
            tx.connection.transaction(force_rollback=True),
        ):
            await tx.connection.execute(statement)  # type: ignore[arg-type]
            found = [check.name for check in CHECKS if await tx.tuples(check.statement)]
        assert name in found, statement
