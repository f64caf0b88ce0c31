from datetime import date, timedelta
from typing import Any

import pytest

from lingqu.kernel.errors import Invalid, NotFound
from lingqu.kernel.scope import Forbidden, Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.ledger.api import CHECKS, Floor, Insufficient, NewAccount, open_accounts, set_floor
from lingqu.modules.ledger.end_entry import NotReversible, confirm_entry, reverse_entry, void_entry
from lingqu.modules.ledger.list_accounts import AccountQuery, list_accounts, read_account
from lingqu.modules.ledger.list_postings import EntryQuery, PostingQuery, list_entries, list_postings
from lingqu.modules.ledger.open_balances import OpeningBalance, open_balances
from lingqu.modules.ledger.pay import MoreThanOwed, Payment, Withdrawal, pay_in, pay_out
from lingqu.modules.ledger.write_entry import ManualEntry, WriteOff, write_entry, write_off
from lingqu.runtime.check import run_checks
from lingqu.runtime.tx import Tx

TODAY = date(2026, 3, 2)


async def balances(tx: Tx, scope: Scope) -> dict[str, int]:
    assert [finding.check.name for finding in await run_checks(tx, CHECKS) if finding.by_cell] == []
    page = await list_accounts(tx, scope=scope, query=AccountQuery())
    return {account.kind.value: account.balance_minor for account in page.items if account.balance_minor}


async def lend(tx: Tx, trade: Any, limit: int) -> None:
    account = NewAccount(
        kind="credit",
        owner=trade.seller.party_id,
        counterparty=trade.buyer.party_id,
        currency="CNY",
        floor=0,
    )
    (credit,) = await open_accounts(tx, cell_id=1, accounts=[account])
    await set_floor(tx, cell_id=1, floors=[Floor(credit, -limit)])


async def test_money_goes_in_and_out_of_a_prepaid_account(tx: Tx, trade: Any, scope: Scope) -> None:
    entry = await pay_in(tx, scope=scope, payment=Payment(buyer_id=trade.buyer.id, amount_minor=500, memo="wire"))
    await pay_out(tx, scope=scope, withdrawal=Withdrawal(buyer_id=trade.buyer.id, amount_minor=120))

    assert (entry.kind, entry.state.value, entry.amount_minor, entry.memo) == ("top-up", "posted", 500, "wire")
    assert await balances(tx, scope) == {"prepaid": 380, "cash": -380}
    assert [type(event).__name__ for _, event in tx.events] == ["EntryWritten", "EntryWritten"]
    with pytest.raises(Insufficient):
        await pay_out(tx, scope=scope, withdrawal=Withdrawal(buyer_id=trade.buyer.id, amount_minor=381))


async def test_each_side_sees_the_account_in_its_own_books(tx: Tx, trade: Any, scope: Scope) -> None:
    await pay_in(tx, scope=scope, payment=Payment(buyer_id=trade.buyer.id, amount_minor=500))
    tx.now += timedelta(seconds=1)
    await pay_out(tx, scope=scope, withdrawal=Withdrawal(buyer_id=trade.buyer.id, amount_minor=120))
    buyer, stranger = trade.scope(trade.buyer), trade.scope(trade.stranger)

    mine = await read_account(tx, scope=scope, account_id=trade.account("prepaid"))
    theirs = await read_account(tx, scope=buyer, account_id=trade.account("prepaid"))
    assert (mine.side.value, mine.balance_minor, mine.available_minor) == ("owner", 380, 380)
    assert (theirs.side.value, theirs.balance_minor, theirs.available_minor) == ("counterparty", -380, 380)
    assert (theirs.owner_name, theirs.counterparty_id) == ("卖方商贸", trade.buyer.id)
    assert await balances(tx, buyer) == {"prepaid": -380}
    with pytest.raises(NotFound):
        await read_account(tx, scope=stranger, account_id=trade.account("prepaid"))
    with pytest.raises(NotFound):
        await read_account(tx, scope=buyer, account_id=trade.own("cash"))

    async def lines(who: Scope) -> list[tuple[int, int]]:
        page = await list_postings(tx, scope=who, account_id=trade.account("prepaid"), query=PostingQuery())
        return sorted((line.amount_minor, line.balance_minor) for line in page.items)

    assert await lines(scope) == [(-120, 380), (500, 500)]
    assert await lines(buyer) == [(-500, -500), (120, -380)]
    assert len((await list_entries(tx, scope=buyer, query=EntryQuery())).items) == 2
    assert (await list_entries(tx, scope=stranger, query=EntryQuery())).items == []


async def test_a_credit_line_is_repaid_but_not_beyond_what_is_owed(tx: Tx, trade: Any, scope: Scope) -> None:
    payment = Payment(buyer_id=trade.buyer.id, account="credit", amount_minor=50)
    with pytest.raises(NotFound):
        await pay_in(tx, scope=scope, payment=payment)
    await lend(tx, trade, 1000)
    owed = OpeningBalance(buyer_id=trade.buyer.id, account="credit", amount_minor=80)
    await open_balances(tx, scope=scope, balances=[owed])
    await pay_in(tx, scope=scope, payment=payment)

    assert await balances(tx, scope) == {"credit": -30, "opening": 80, "cash": -50}
    with pytest.raises(MoreThanOwed) as refused:
        await pay_in(tx, scope=scope, payment=payment)
    assert refused.value.facts == {"owed": 30, "amount": 50}


async def test_what_will_not_be_paid_is_written_off(tx: Tx, trade: Any, scope: Scope) -> None:
    await lend(tx, trade, 1000)
    owed = OpeningBalance(buyer_id=trade.buyer.id, account="credit", amount_minor=80)
    await open_balances(tx, scope=scope, balances=[owed])

    await write_off(tx, scope=scope, loss=WriteOff(buyer_id=trade.buyer.id, amount_minor=80, reason="bankrupt"))
    assert await balances(tx, scope) == {"opening": 80, "write-off": -80}
    with pytest.raises(MoreThanOwed):
        await write_off(tx, scope=scope, loss=WriteOff(buyer_id=trade.buyer.id, amount_minor=1, reason="again"))


async def test_opening_balances_are_loaded_together_or_not_at_all(tx: Tx, trade: Any, scope: Scope) -> None:
    prepaid = OpeningBalance(buyer_id=trade.buyer.id, account="prepaid", amount_minor=300)
    owed = OpeningBalance(buyer_id=trade.buyer.id, account="credit", amount_minor=80)

    with pytest.raises(Insufficient):
        async with tx.connection.transaction():
            await open_balances(tx, scope=scope, balances=[prepaid, owed])
    assert await balances(tx, scope) == {}
    with pytest.raises(Invalid):
        await open_balances(tx, scope=scope, balances=[prepaid, prepaid])

    opened = await open_balances(tx, scope=scope, balances=[prepaid])
    assert (opened.entry_count, opened.prepaid_minor, opened.owed_minor) == (1, 300, 0)
    assert await balances(tx, scope) == {"prepaid": 300, "opening": -300}


async def test_an_announced_payment_counts_once_confirmed(tx: Tx, trade: Any, scope: Scope) -> None:
    payment = Payment(buyer_id=trade.buyer.id, amount_minor=500, is_pending=True)
    one, two = await pay_in(tx, scope=scope, payment=payment), await pay_in(tx, scope=scope, payment=payment)
    assert await balances(tx, scope) == {}

    assert (await confirm_entry(tx, scope=scope, entry_id=one.id)).state.value == "posted"
    assert (await void_entry(tx, scope=scope, entry_id=two.id)).state.value == "voided"

    assert await balances(tx, scope) == {"prepaid": 500, "cash": -500}
    for entry in (one, two):
        with pytest.raises(WrongState):
            await confirm_entry(tx, scope=scope, entry_id=entry.id)
    with pytest.raises(NotFound):
        await void_entry(tx, scope=trade.scope(trade.buyer), entry_id=one.id)


async def test_an_entry_is_taken_back_once_by_its_mirror(tx: Tx, trade: Any, scope: Scope) -> None:
    entry = await pay_in(tx, scope=scope, payment=Payment(buyer_id=trade.buyer.id, amount_minor=500))
    mirror = await reverse_entry(tx, scope=scope, entry_id=entry.id, reason="wrong buyer")

    assert (mirror.reverses, mirror.memo) == (entry.id, "wrong buyer")
    assert await balances(tx, scope) == {}
    (listed,) = (await list_entries(tx, scope=scope, query=EntryQuery(kind="top-up"))).items
    assert listed.reversed_by == mirror.id
    for again in (entry, mirror):
        with pytest.raises(NotReversible):
            await reverse_entry(tx, scope=scope, entry_id=again.id, reason="again")


async def test_money_that_was_spent_cannot_be_taken_back(tx: Tx, trade: Any, scope: Scope) -> None:
    entry = await pay_in(tx, scope=scope, payment=Payment(buyer_id=trade.buyer.id, amount_minor=500))
    await pay_out(tx, scope=scope, withdrawal=Withdrawal(buyer_id=trade.buyer.id, amount_minor=1))

    with pytest.raises(Insufficient):
        await reverse_entry(tx, scope=scope, entry_id=entry.id, reason="x")


async def test_entries_by_hand_stay_within_the_own_books(tx: Tx, trade: Any, scope: Scope) -> None:
    await pay_in(tx, scope=scope, payment=Payment(buyer_id=trade.buyer.id, amount_minor=500))
    manual = ManualEntry(
        debit=trade.account("prepaid"), credit=trade.own("write-off"), amount_minor=20, reason="bank fee"
    )

    await write_entry(tx, scope=scope, manual=manual)
    assert await balances(tx, scope) == {"prepaid": 480, "cash": -500, "write-off": 20}
    with pytest.raises(NotFound):
        await write_entry(tx, scope=trade.scope(trade.buyer), manual=manual)
    same = ManualEntry(debit=trade.own("cash"), credit=trade.own("cash"), amount_minor=1, reason="x")
    with pytest.raises(Invalid):
        await write_entry(tx, scope=scope, manual=same)


async def test_only_buyers_pay_and_only_the_day_is_free(tx: Tx, trade: Any, scope: Scope) -> None:
    with pytest.raises(NotFound):
        await pay_in(tx, scope=scope, payment=Payment(buyer_id=trade.stranger.id, amount_minor=1))
    yesterday = Payment(buyer_id=trade.buyer.id, amount_minor=1, business_on=TODAY - timedelta(days=1))
    with pytest.raises(Forbidden):
        await pay_in(tx, scope=scope, payment=yesterday)
    may = trade.scope(trade.seller, "ledger.backdate")
    assert (await pay_in(tx, scope=may, payment=yesterday)).business_on == TODAY - timedelta(days=1)
    tomorrow = Payment(buyer_id=trade.buyer.id, amount_minor=1, business_on=TODAY + timedelta(days=1))
    with pytest.raises(Invalid):
        await pay_in(tx, scope=may, payment=tomorrow)
