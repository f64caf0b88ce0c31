"""Cases of the ledger: each supplier keeps accounts of the distributor that buys from it."""

from collections.abc import Callable
from typing import Any

from lingqu.kernel.scope import Actor
from lingqu.modules.ledger.api import Floor, NewAccount, account_id, open_accounts, set_floor
from lingqu.modules.ledger.open_balances import OpeningBalance, open_balances
from lingqu.modules.ledger.pay import Payment, pay_in
from lingqu.modules.network.api import scope_of_party
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

PAIRS = {"factory": "east", "mill": "west"}
"""Who sells, and who buys."""


async def build(tx: Tx, world: World) -> None:
    """Let each buyer pay in twice, once only announced, and owe something."""
    for seller, buyer in PAIRS.items():
        owner, other = world[seller].added, world[buyer].added
        scope = await scope_of_party(tx, actor=Actor(owner.party_id), permissions=frozenset())
        assert scope is not None
        line = NewAccount(kind="credit", owner=owner.party_id, counterparty=other.party_id, currency="CNY", floor=0)
        (credit,) = await open_accounts(tx, cell_id=owner.home_cell, accounts=[line])
        await set_floor(tx, cell_id=owner.home_cell, floors=[Floor(credit, -1000)])
        await open_balances(
            tx, scope=scope, balances=[OpeningBalance(buyer_id=other.id, account="credit", amount_minor=100)]
        )
        paid = await pay_in(tx, scope=scope, payment=Payment(buyer_id=other.id, amount_minor=500))
        announced = await pay_in(tx, scope=scope, payment=Payment(buyer_id=other.id, amount_minor=500, is_pending=True))
        prepaid = account_id(kind="prepaid", owner=owner.party_id, counterparty=other.party_id, currency="CNY")
        cash = account_id(kind="cash", owner=owner.party_id, currency="CNY")
        made = {"prepaid": prepaid, "cash": cash, "paid": paid.id, "announced": announced.id}
        for kind, value in made.items():
            world.made[f"ledger-{kind}", seller] = value


def own(by: str, describe: Callable[[World, str], dict[str, Any]]) -> Callable[[World], list[Target]]:
    """Make targets that only the seller's side may touch."""

    def targets(world: World) -> list[Target]:
        return [Target(owners=frozenset({key}), by=f"{key}/{by}", **describe(world, key)) for key in PAIRS]

    return targets


def both(kind: str, path: str) -> Callable[[World], list[Target]]:
    """Make targets that both sides may see; the buyer proves it."""

    def targets(world: World) -> list[Target]:
        return [
            Target(
                owners=frozenset({seller, buyer}),
                by=f"{buyer}/viewer",
                path={path: world.made[f"ledger-{kind}", seller]},
                id=world.made[f"ledger-{kind}", seller],
            )
            for seller, buyer in PAIRS.items()
        ]

    return targets


def _entry(kind: str, **given: Any) -> Callable[[World, str], dict[str, Any]]:
    return lambda world, key: {"path": {"entry_id": world.made[f"ledger-{kind}", key]}} | given


def _buyer(**given: Any) -> Callable[[World, str], dict[str, Any]]:
    return lambda world, key: {"body": {"buyer_id": world[PAIRS[key]].id} | given}


def _openings(world: World, key: str) -> dict[str, Any]:
    lines = [{"buyer_id": world[PAIRS[key]].id, "account": "prepaid", "amount_minor": 1}]
    return {"body": {"lines": lines}}


def _manual(world: World, key: str) -> dict[str, Any]:
    accounts = {"debit": world.made["ledger-prepaid", key], "credit": world.made["ledger-cash", key]}
    return {"body": accounts | {"amount_minor": 1, "reason": "bank fee"}}


CASES = {
    "list_accounts": Case(targets=both("prepaid", "account_id"), is_list=True),
    "read_account": Case(targets=both("prepaid", "account_id")),
    "list_postings": Case(targets=both("prepaid", "account_id")),
    "list_entries": Case(targets=both("paid", "entry_id"), is_list=True),
    "read_entry": Case(targets=both("paid", "entry_id")),
    "pay_in": Case(targets=own("accountant", _buyer(amount_minor=1))),
    "pay_out": Case(targets=own("accountant", _buyer(amount_minor=1))),
    "open_balances": Case(targets=own("manager", _openings)),
    "write_manual_entry": Case(targets=own("manager", _manual)),
    "write_off": Case(targets=own("manager", _buyer(amount_minor=1, reason="bankrupt"))),
    "confirm_entry": Case(targets=own("accountant", _entry("announced"))),
    "void_entry": Case(targets=own("accountant", _entry("announced"))),
    "reverse_entry": Case(targets=own("manager", _entry("paid", body={"reason": "wrong buyer"}))),
}
