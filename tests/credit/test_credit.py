"""Credit lines: limits that the ledger keeps, and what is overdue by age."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from lingqu.kernel.errors import NotFound, Stale
from lingqu.kernel.scope import Actor, Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.credit.agreements import AgreementQuery, list_agreements, read_agreement
from lingqu.modules.credit.api import CHECKS, AlreadyGranted, NewAgreement, add_agreements
from lingqu.modules.credit.change import AgreementEdit, change, resume, suspend
from lingqu.modules.credit.grant import Grant, grant
from lingqu.modules.ledger.api import Insufficient, NewAccount, NewEntry, Posting, account_id, open_accounts, post
from lingqu.modules.network.api import AddedOrganization, Kind, NewLink, NewOrganization, add_links, add_organizations
from lingqu.runtime.check import run_checks
from lingqu.runtime.tx import Tx

TODAY = date(2026, 3, 2)


def scope_of(one: AddedOrganization) -> Scope:
    return Scope(
        actor=Actor(one.party_id, 7, "manager"),
        organization_id=one.id,
        party_id=one.party_id,
        cell_id=one.home_cell,
        organization_ids=(one.id,),
        party_ids=(one.party_id,),
        cell_ids=(0, 1, 2, 3),
    )


@pytest.fixture
async def trade(tx: Tx) -> SimpleNamespace:
    """A seller in cell 1, two buyers, and a stranger."""
    seller, buyer, other, stranger = await add_organizations(
        tx,
        organizations=[
            NewOrganization(kind=Kind.DISTRIBUTOR, code=code, name=code, home_cell=cell)
            for code, cell in (("SELLER", 1), ("BUYER", 2), ("OTHER", 1), ("STRANGER", 3))
        ],
    )
    day = date(2025, 1, 1)
    links = [NewLink(seller_id=seller.id, buyer_id=one.id, valid_from=day) for one in (buyer, other)]
    await add_links(tx, links=links)
    tx.cell_id = 1
    credit = account_id(kind="credit", owner=seller.party_id, counterparty=buyer.party_id, currency="CNY")
    revenue, cash = await open_accounts(
        tx,
        cell_id=1,
        accounts=[NewAccount(kind=kind, owner=seller.party_id, currency="CNY") for kind in ("revenue", "cash")],
    )

    async def move(debit: Any, to: Any, amount: int, on: date) -> None:
        entry = NewEntry(
            id=uuid4(),
            kind="sale",
            document_kind="order",
            document_id=uuid4(),
            postings=(Posting(debit, to, amount),),
            business_on=on,
        )
        await post(tx, cell_id=1, entries=[entry])

    return SimpleNamespace(
        seller=seller,
        buyer=buyer,
        other=other,
        scope=scope_of(seller),
        buying=scope_of(buyer),
        strange=scope_of(stranger),
        buy=lambda amount, on=TODAY: move(credit, revenue, amount, on),
        repay=lambda amount: move(cash, credit, amount, TODAY),
    )


async def sound(tx: Tx) -> bool:
    return not any(finding.by_cell for finding in await run_checks(tx, CHECKS))


async def test_a_granted_limit_is_what_can_be_bought(tx: Tx, trade: SimpleNamespace) -> None:
    made = await grant(tx, scope=trade.scope, grant=Grant(buyer_id=trade.buyer.id, limit_minor=1000, payment_days=30))
    await trade.buy(600)

    found = await read_agreement(tx, scope=trade.buying, agreement_id=made.id)
    assert (found.limit_minor, found.owed_minor, found.available_minor, found.over_limit_minor) == (1000, 600, 400, 0)
    with pytest.raises(Insufficient):
        await trade.buy(401)
    assert await sound(tx)
    assert [type(event).__name__ for _, event in tx.events] == ["CreditChanged"]
    with pytest.raises(AlreadyGranted):
        await grant(tx, scope=trade.scope, grant=Grant(buyer_id=trade.buyer.id, limit_minor=1, payment_days=1))


async def test_a_lowered_limit_lends_nothing_until_it_is_repaid(tx: Tx, trade: SimpleNamespace) -> None:
    made = await grant(tx, scope=trade.scope, grant=Grant(buyer_id=trade.buyer.id, limit_minor=1000, payment_days=30))
    await trade.buy(800)

    less = await change(
        tx, scope=trade.scope, agreement_id=made.id, edit=AgreementEdit(limit_minor=500), if_match=made.version
    )
    assert (less.owed_minor, less.available_minor, less.over_limit_minor, less.payment_days) == (800, 0, 300, 30)
    over = await list_agreements(tx, scope=trade.scope, query=AgreementQuery(is_over_limit=True))
    assert [item.id for item in over.items] == [made.id]
    with pytest.raises(Stale):
        await change(tx, scope=trade.scope, agreement_id=made.id, edit=AgreementEdit(), if_match=made.version)

    await trade.repay(400)
    after = await read_agreement(tx, scope=trade.scope, agreement_id=made.id)
    assert (after.owed_minor, after.available_minor, after.over_limit_minor) == (400, 100, 0)
    assert await sound(tx)


async def test_a_suspended_line_lends_nothing_and_resumes(tx: Tx, trade: SimpleNamespace) -> None:
    made = await grant(tx, scope=trade.scope, grant=Grant(buyer_id=trade.buyer.id, limit_minor=1000, payment_days=30))
    off = await suspend(tx, scope=trade.scope, agreement_id=made.id, reason="late again", if_match=made.version)

    assert (off.status.value, off.suspended_reason, off.available_minor, off.steps) == (
        "suspended",
        "late again",
        0,
        ["resume"],
    )
    assert await sound(tx)
    with pytest.raises(Insufficient):
        await trade.buy(1)
    with pytest.raises(WrongState):
        await suspend(tx, scope=trade.scope, agreement_id=made.id, reason="x", if_match=off.version)
    on = await resume(tx, scope=trade.scope, agreement_id=made.id, if_match=off.version)
    assert (on.status.value, on.suspended_reason, on.available_minor) == ("active", None, 1000)
    assert await sound(tx)


async def test_what_is_owed_is_split_by_age_the_oldest_repaid_first(tx: Tx, trade: SimpleNamespace) -> None:
    made = await grant(tx, scope=trade.scope, grant=Grant(buyer_id=trade.buyer.id, limit_minor=10_000, payment_days=30))
    for days, amount in ((200, 100), (125, 200), (100, 300), (70, 400), (35, 500), (30, 600), (1, 700)):
        await trade.buy(amount, TODAY - timedelta(days=days))
    await trade.repay(150)

    found = await read_agreement(tx, scope=trade.scope, agreement_id=made.id)
    assert found.owed_minor == 2650
    assert (found.not_due_minor, found.overdue_1_30_minor, found.overdue_31_60_minor) == (1300, 500, 400)
    assert (found.overdue_61_90_minor, found.overdue_90_minor, found.overdue_days) == (300, 150, 95)
    assert found.overdue_minor == 1350


async def test_nothing_is_overdue_of_a_line_that_is_paid(tx: Tx, trade: SimpleNamespace) -> None:
    made = await grant(tx, scope=trade.scope, grant=Grant(buyer_id=trade.buyer.id, limit_minor=500, payment_days=0))
    await trade.buy(500, TODAY - timedelta(days=9))
    late = await list_agreements(tx, scope=trade.scope, query=AgreementQuery(is_overdue=True))
    assert [(item.id, item.overdue_days) for item in late.items] == [(made.id, 9)]

    await trade.repay(500)
    assert (await list_agreements(tx, scope=trade.scope, query=AgreementQuery(is_overdue=True))).items == []


async def test_only_the_seller_changes_and_only_the_two_see(tx: Tx, trade: SimpleNamespace) -> None:
    made = await grant(tx, scope=trade.scope, grant=Grant(buyer_id=trade.buyer.id, limit_minor=500, payment_days=0))

    with pytest.raises(NotFound):
        await read_agreement(tx, scope=trade.strange, agreement_id=made.id)
    assert (await list_agreements(tx, scope=trade.strange, query=AgreementQuery())).items == []
    with pytest.raises(NotFound):
        await change(tx, scope=trade.buying, agreement_id=made.id, edit=AgreementEdit(limit_minor=9), if_match=1)
    with pytest.raises(NotFound):
        await grant(tx, scope=trade.strange, grant=Grant(buyer_id=trade.buyer.id, limit_minor=1, payment_days=0))


async def test_many_are_granted_at_once(tx: Tx, trade: SimpleNamespace) -> None:
    new = [
        NewAgreement(seller_id=trade.seller.id, buyer_id=one.id, limit_minor=limit, payment_days=30)
        for one, limit in ((trade.buyer, 100), (trade.other, 200))
    ]
    first, second = await add_agreements(tx, agreements=new)

    page = await list_agreements(tx, scope=trade.scope, query=AgreementQuery(sort="limit"))
    assert [(item.id, item.available_minor) for item in page.items] == [(first, 100), (second, 200)]
    assert [
        item.id for item in (await list_agreements(tx, scope=trade.scope, query=AgreementQuery(q="oth"))).items
    ] == [second]
    assert await sound(tx)


async def test_a_floor_changed_behind_the_agreement_is_found(tx: Tx, trade: SimpleNamespace) -> None:
    await grant(tx, scope=trade.scope, grant=Grant(buyer_id=trade.buyer.id, limit_minor=500, payment_days=0))
    assert await sound(tx)

    await tx.connection.execute("update ledger.balance set wanted_floor = -1, floor = -1 where wanted_floor = -500")

    found = [(finding.check.name, finding.by_cell) for finding in await run_checks(tx, CHECKS) if finding.by_cell]
    assert found == [("credit.floor-is-the-limit", ((1, 1),))]
