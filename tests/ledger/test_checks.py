"""Each check finds nothing in sound books and fails after one row was changed behind its back."""

from typing import Any
from uuid import UUID

import pytest

from lingqu.modules.ledger.api import CHECKS, INSTALLATION, Hold, NewAccount, hold, open_accounts, post
from lingqu.runtime.check import run_checks
from lingqu.runtime.tx import Tx

DOCUMENT = UUID("01900000-0000-7000-8000-000000000001")

# What a hand in the database might do, and the checks that must notice.
CORRUPTIONS = {
    "update ledger.posting set amount = amount + 1 where amount = 120": {"ledger.balance-is-the-sum-of-postings"},
    "update ledger.balance set posted = posted + 1 where posted = 380": {
        "ledger.balance-is-the-sum-of-postings",
        "ledger.cell-sums-to-zero",
    },
    "update ledger.hold set amount = amount - 1": {"ledger.held-is-the-sum-of-holds"},
    """
    insert into ledger.entry (cell_id, id, kind, state, document_kind, document_id, business_on, recorded_at)
    values (1, gen_random_uuid(), 'x', 'posted', 'x', gen_random_uuid(), '2026-03-02', '2026-03-02')
    """: {"ledger.entry-has-postings"},
    "update ledger.account set currency = 'USD' where kind = 'cash'": {"ledger.posting-keeps-its-currency"},
    """
    update ledger.delta set amount = amount + 1
    where cell_id = 1 and account_id = (select id from ledger.account where cell_id = 1 and kind = 'clearing')
    """: {"ledger.clearing-mirrors", "ledger.cell-sums-to-zero", "ledger.balance-is-the-sum-of-postings"},
}


@pytest.fixture
async def deals(tx: Tx, books: Any) -> None:
    """Pay in, hold, buy, and let money cross from cell 1 to cell 2."""
    await books.pay_in(tx, 500)
    await hold(tx, cell_id=1, holds=[Hold(DOCUMENT, books.credit, 10)])
    await post(tx, cell_id=1, entries=[books.entry(books.prepaid, books.revenue, 120)])
    (out,) = await open_accounts(
        tx, cell_id=1, accounts=[NewAccount(kind="clearing", owner=INSTALLATION, peer_cell=2, currency="CNY")]
    )
    there, income = await open_accounts(
        tx,
        cell_id=2,
        accounts=[
            NewAccount(kind="clearing", owner=INSTALLATION, peer_cell=1, currency="CNY"),
            NewAccount(kind="revenue", owner=books.buyer, currency="CNY"),
        ],
    )
    await post(tx, cell_id=1, entries=[books.entry(books.credit, out, 7)])
    await post(tx, cell_id=2, entries=[books.entry(there, income, 7)])


@pytest.mark.usefixtures("deals")
async def test_sound_books_violate_nothing(tx: Tx) -> None:
    assert [finding.check.name for finding in await run_checks(tx, CHECKS) if finding.by_cell] == []


@pytest.mark.usefixtures("deals")
@pytest.mark.parametrize("corruption", CORRUPTIONS)
async def test_a_row_changed_by_hand_is_found(tx: Tx, corruption: str) -> None:
    await tx.connection.execute(corruption)

    found = {finding.check.name: finding.by_cell for finding in await run_checks(tx, CHECKS) if finding.by_cell}

    assert set(found) == CORRUPTIONS[corruption]
    assert {cell for by_cell in found.values() for cell, _ in by_cell} == {1}


def test_every_check_is_seen_to_fail() -> None:
    assert {check.name for check in CHECKS} == set().union(*CORRUPTIONS.values())
