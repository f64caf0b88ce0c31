"""People of a trade's seller who decide, and rules for them: what the tests of approval share."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.approval.api import NewDelegation, delegate
from lingqu.modules.approval.to_do import ToDoQuery, list_to_do
from lingqu.modules.approval.types import Delegation, ToDo
from lingqu.modules.credit.api import NewAgreement, add_agreements
from lingqu.modules.identity.api import NewUser, add_users, find_built_in_roles
from lingqu.modules.orders.approve import approve, reject
from lingqu.modules.orders.queries import read_order
from lingqu.modules.orders.rules import ApprovalRule, ApprovalRules, DecidingLevel, NewApprovalRules
from lingqu.modules.orders.set_rules import set_rules
from lingqu.modules.orders.step import StepDone
from lingqu.modules.orders.types import Placed
from tests.orders.trade import Trade

ONE = (DecidingLevel(),)
TWO = (DecidingLevel(), DecidingLevel(permission="orders.approve-final"))


class Office(Struct):
    """A trade whose organizations have people: managers, who may decide, and clerks, who may not."""

    trade: Trade
    users: dict[str, int]
    rights: dict[str, frozenset[str]]

    def scope(self, name: str) -> Scope:
        """Act as somebody: `seller-boss`, `buyer-clerk` …"""
        trade = self.trade
        place = trade.seller if name.startswith("seller") else trade.buyers[0]
        kind = "distributor" if name.startswith("seller") else "dealer"
        return replace(
            trade.scope(place),
            actor=Actor(place.party_id, self.users[name], name),
            permissions=self.rights[name],
            kind=kind,
        )

    async def run(self, name: str, work: Any) -> Any:
        scope = self.scope(name)

        async def attempt(tx: Any) -> Any:
            tx.actor, tx.cell_id = scope.actor, scope.cell_id
            return await work(tx, scope)

        return await self.trade.database.run(attempt, now=self.trade.now)

    async def set(self, *rules: ApprovalRule, if_match: int = 0) -> ApprovalRules:
        new = NewApprovalRules(is_active=True, rules=rules)
        answer: ApprovalRules = await self.run(
            "seller-boss", lambda tx, scope: set_rules(tx, scope=scope, rules=new, if_match=if_match)
        )
        return answer

    async def place(self, *lines: tuple[int, int], who: str = "buyer-clerk", **given: Any) -> Placed:
        trade = self.trade
        return await trade.intake.place(scope=self.scope(who), key=trade.new_key(), order=trade.order(*lines, **given))

    async def seen(self, order_id: UUID, who: str = "seller-boss") -> Any:
        return await self.run(who, lambda tx, scope: read_order(tx, scope=scope, order_id=order_id))

    async def approve(self, name: str, order_id: UUID, reason: str = "") -> StepDone:
        answer: StepDone = await self.run(
            name, lambda tx, scope: approve(tx, scope=scope, order_id=order_id, reason=reason)
        )
        return answer

    async def reject(self, name: str, order_id: UUID, reason: str = "no") -> StepDone:
        answer: StepDone = await self.run(
            name, lambda tx, scope: reject(tx, scope=scope, order_id=order_id, reason=reason)
        )
        return answer

    async def to_do(self, name: str) -> list[ToDo]:
        page = await self.run(name, lambda tx, scope: list_to_do(tx, scope=scope, query=ToDoQuery()))
        items: list[ToDo] = page.items
        return items

    async def delegate(self, giver: str, to: str, *, days: int = 3) -> Delegation:
        new = NewDelegation(
            to_user_id=self.users[to],
            valid_from=self.trade.now,
            valid_until=self.trade.now + timedelta(days=days),
            reason="出差",
        )
        made: Delegation = await self.run(giver, lambda tx, scope: delegate(tx, scope=scope, new=new))
        return made


async def build_office(trade: Trade) -> Office:
    """Give the seller three managers and two clerks, the first buyer two of each."""
    people = {
        "seller": ["boss", "deputy", "chief", "clerk", "temp"],
        "buyer": ["boss", "deputy", "clerk", "temp"],
    }

    async def add(tx: Any) -> tuple[dict[str, int], dict[str, frozenset[str]]]:
        roles = dict(await find_built_in_roles(tx))
        cursor = await tx.connection.execute("select id, permissions from identity.role")
        held = {row[0]: frozenset(row[1]) for row in await cursor.fetchall()}
        users: dict[str, int] = {}
        rights: dict[str, frozenset[str]] = {}
        for side, names in people.items():
            place = trade.seller if side == "seller" else trade.buyers[0]
            for name in names:
                role = roles[
                    "distributor" if side == "seller" else "dealer", "sales" if name in {"clerk", "temp"} else "manager"
                ]
                new = NewUser(
                    login=f"{side}-{name}",
                    name=f"{side}-{name}",
                    party_id=place.party_id,
                    role_ids=(role,),
                    password_hash="x",
                )
                (users[f"{side}-{name}"],) = await add_users(tx, users=[new])
                rights[f"{side}-{name}"] = held[role]
        return users, rights

    users, rights = await trade.run(add)
    return Office(trade=trade, users=users, rights=rights)


async def agree(trade: Trade, limit: int, *, days: int = 30) -> None:
    """Let the first buyer owe up to a limit."""
    new = NewAgreement(seller_id=trade.seller.id, buyer_id=trade.buyers[0].id, limit_minor=limit, payment_days=days)
    await trade.run(lambda tx: add_agreements(tx, agreements=[new]), who=trade.seller)
