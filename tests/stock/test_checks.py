"""Each check finds nothing in sound books and exactly one violation after one row was changed behind its back."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from lingqu.modules.stock.api import CHECKS, Claim, Issue, Receipt, issue, receive, reserve
from lingqu.runtime.check import run_checks
from lingqu.runtime.tx import Tx

TODAY = date(2026, 3, 2)
DOCUMENT = UUID("01900000-0000-7000-8000-000000000001")

# What a hand in the database might do, and the checks that must notice.
CORRUPTIONS = {
    "update stock.move set quantity = quantity + 1 where kind = 'receipt' and lot_id is null": {
        "stock.on-hand-is-the-sum-of-moves",
    },
    "update stock.reservation set quantity = quantity + 1": {"stock.reserved-is-the-sum-of-reservations"},
    "update stock.lot_balance set on_hand = on_hand - 1": {
        "stock.lots-make-up-on-hand",
        "stock.lot-is-the-sum-of-its-moves",
    },
    "update stock.move set lot_id = null where kind = 'issue' and lot_id is not null": {
        "stock.lot-is-the-sum-of-its-moves"
    },
    "update stock.balance set next_expiry_on = null where next_expiry_on is not null": {
        "stock.next-expiry-is-the-earliest"
    },
    "update stock.lot set expires_on = expires_on + 1": {"stock.lot-has-one-expiry"},
    "update stock.cost set quantity = quantity + 1 where quantity = 9": {"stock.cost-covers-what-is-owned"},
    "update stock.cost set value_minor = value_minor + 1 where quantity = 9": {"stock.value-is-the-sum-of-moves"},
    "update network.bin set home_cell = 3 where state = 'sellable' and home_cell = 1": {"stock.lies-in-its-home-cell"},
    "insert into stock.balance (cell_id, key, bin_id, sku_id) "
    "select 1, (2000000000::bigint << 32) | 1, 2000000000, 1": {"stock.rows-belong"},
    "insert into stock.cost (cell_id, owner_id, sku_id, currency, quantity, value_minor) "
    "select 1, min(owner_id), 2000000000, 'CNY', 0, 0 from stock.cost": {"stock.rows-belong"},
}


@pytest.fixture
async def trade(tx: Tx, world: Any) -> None:
    """Receive, reserve and issue a little of everything."""
    milk, tea = world.here.key(world.milk), world.here.key(world.tea)
    receipts = [
        Receipt(DOCUMENT, 1, milk, 10, "L1", None, TODAY + timedelta(days=9), 1000),
        Receipt(DOCUMENT, 2, tea, 12, cost_minor=500),
    ]
    await receive(tx, cell_id=1, document_kind="receipt", receipts=receipts, business_on=TODAY, user_id=None)
    await reserve(tx, cell_id=1, claims=[Claim(DOCUMENT, 3, tea, 2)])
    issues = [Issue(DOCUMENT, 3, tea, 1), Issue(DOCUMENT, 4, milk, 1)]
    await issue(tx, cell_id=1, document_kind="order", issues=issues, business_on=TODAY, user_id=None)


@pytest.mark.usefixtures("trade")
async def test_sound_stock_violates_nothing(tx: Tx) -> None:
    assert [finding.check.name for finding in await run_checks(tx, CHECKS) if finding.by_cell] == []


@pytest.mark.usefixtures("trade")
@pytest.mark.parametrize("corruption", CORRUPTIONS)
async def test_a_row_changed_by_hand_is_found(tx: Tx, corruption: str) -> None:
    await tx.connection.execute(corruption)

    found = {finding.check.name: finding.by_cell for finding in await run_checks(tx, CHECKS) if finding.by_cell}

    assert set(found) == CORRUPTIONS[corruption]
    assert {cell for by_cell in found.values() for cell, _ in by_cell} == {1}


def test_every_check_is_seen_to_fail() -> None:
    assert {check.name for check in CHECKS} == set().union(*CORRUPTIONS.values())
