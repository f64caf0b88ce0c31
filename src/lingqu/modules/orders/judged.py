"""What judging an order means for placing it: who is asked, until when, what is kept; and questions to the ledger."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from lingqu.kernel.errors import Refusal
from lingqu.modules.approval.api import Level, NewRequest, request_approvals
from lingqu.modules.credit.api import find_standings
from lingqu.modules.orders.allot import Allotted
from lingqu.modules.orders.judge import Question, answer, check_late
from lingqu.modules.orders.prepared import Prepared
from lingqu.modules.orders.rules import Judgement
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
APPROVAL = "orders.order"
"""The kind of an order's request."""
CONSENTING = "orders.place"
"""Who may order for a buyer may agree to what its seller has entered for it."""


class _Name(Struct, frozen=True):
    id: UUID
    name: str


def waiting_until(judgement: Judgement | Question | None, now: datetime) -> datetime | None:
    """Tell when an order that waits for approval expires; None for one that does not wait."""
    if isinstance(judgement, Judgement) and judgement.outcome == "waits":
        return now + timedelta(hours=judgement.hours)
    return None


async def ask_ledger(tx: Tx, *, business_on: date, orders: Sequence[Prepared]) -> dict[UUID, Refusal]:
    """Read how the buyers stand whose orders only the ledger can judge, and name the orders of who pays too late.

    One read for all; none where there is no question.
    """
    asked = [(order, order.judged) for order in orders if isinstance(order.judged, Question)]
    if not asked:
        return {}
    pairs = {(order.seller_id, order.buyer_id) for order, _ in asked if order.buyer_id is not None}
    standings = await find_standings(tx, pairs=pairs, today=business_on)
    refused: dict[UUID, Refusal] = {}
    for order, question in asked:
        question.case.standing = standings.get((order.seller_id, order.buyer_id or 0, order.currency))
        try:
            check_late(question)
        except Refusal as refusal:
            refused[order.id] = refusal
    return refused


def judge_served(
    allotted: Sequence[Allotted | Refusal], *, available: Mapping[UUID, int], now: datetime
) -> list[Allotted | Refusal]:
    """Answer the open questions of orders that goods and money reach, in the order in which they take credit.

    Shapes: one verdict per order, in the order given.
    """
    if not any(isinstance(one, Allotted) and isinstance(one.order.judged, Question) for one in allotted):
        return list(allotted)
    left = dict(available)
    return [one if isinstance(one, Refusal) else _answered(one, left, now) for one in allotted]


def _answered(one: Allotted, left: dict[UUID, int], now: datetime) -> Allotted:
    for account, amount in one.payments:
        left[account] -= amount
    question = one.order.judged
    if not isinstance(question, Question):
        return one
    case = question.case
    case.total_minor = one.order.total_minor
    if case.standing is not None:
        case.credit_used_minor = case.standing.limit_minor - left.get(case.standing.account_id, 0)
    return replace(one, order=_settled(one.order, answer(question), now))


def _settled(order: Prepared, judgement: Judgement | None, now: datetime) -> Prepared:
    until = waiting_until(judgement, now)
    return replace(order, judged=judgement, approval_status="none" if until is None else "waiting", expires_at=until)


async def keep_judgements(tx: Tx, *, cell_id: int, orders: Sequence[Prepared]) -> None:
    """Write down what the rules said and ask those who decide, in the transaction that places the orders."""
    judged = [(order, order.judged) for order in orders if isinstance(order.judged, Judgement)]
    if not judged:
        return
    await write_judgements(tx, cell_id=cell_id, judged=[(order.id, one) for order, one in judged])
    waiting = [(order, one) for order, one in judged if one.outcome == "waits"]
    if waiting:
        sides = {party for order, _ in waiting for party in (order.buyer, order.seller)}
        names = {row.id: row.name for row in await tx.all(SQL["name_parties"], _Name, ids=sorted(sides))}
        requests = [
            _request(order, one, buyer_name=names[order.buyer], seller_name=names[order.seller])
            for order, one in waiting
        ]
        await request_approvals(tx, requests=requests)


async def write_judgements(tx: Tx, *, cell_id: int, judged: Sequence[tuple[UUID, Judgement]]) -> None:
    """Keep what the rules said of some orders of a cell."""
    await tx.run(
        SQL["keep_judgements"],
        cell_id=cell_id,
        now=tx.now,
        order_id=[order_id for order_id, _ in judged],
        outcome=[one.outcome for _, one in judged],
        rule=[one.rule for _, one in judged],
        version=[one.rules_version for _, one in judged],
        facts=[_json(one.facts) for _, one in judged],
        trace=[_json(one.trace) for _, one in judged],
    )


def levels_of(judgement: Judgement, *, seller: UUID, buyer: UUID) -> list[Level]:
    """Name who decides: the buyer where it has to agree, then people of the seller, level by level."""
    own = [Level(party_id=buyer, permission=CONSENTING)] if judgement.needs_consent else []
    return own + [Level(party_id=seller, permission=one.permission, role_id=one.role_id) for one in judgement.levels]


def _request(order: Prepared, judgement: Judgement, *, buyer_name: str, seller_name: str) -> NewRequest:
    return NewRequest(
        kind=APPROVAL,
        object_id=order.id,
        party_id=order.actor_party,
        requested_by=order.placed_by,
        levels=levels_of(judgement, seller=order.seller, buyer=order.buyer),
        subject={
            "name": buyer_name,
            "seller_name": seller_name,
            "asks_buyer": judgement.needs_consent,
            "rule": judgement.rule,
            "facts": judgement.facts,
            "total_minor": order.total_minor,
            "currency": order.currency,
            "line_count": len(order.lines),
        },
        expires_at=order.expires_at,
    )


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
