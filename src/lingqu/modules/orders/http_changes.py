"""Routes of an order's life after placing: closing what is open, changing it, deciding proposed changes."""

from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import NotFound, Refusal, Stale
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.orders.approve import TimeOver
from lingqu.modules.orders.change import Asked, ChangeDone, NothingChanged, ProposalOpen, change
from lingqu.modules.orders.close import CannotClose, Closure, close
from lingqu.modules.orders.dated import Backdated
from lingqu.modules.orders.decide_change import ChangeDecision, ProposalDecided, ProposalOutdated, decide_change
from lingqu.modules.orders.prepare import NeedsRelease, NoLink
from lingqu.modules.orders.refusals import OtherSide
from lingqu.modules.orders.revision import OrderChange
from lingqu.modules.orders.step import StepDone
from lingqu.modules.orders.types import LongText
from lingqu.modules.orders.wish import CannotChange
from lingqu.modules.pricing.api import Changed
from lingqu.runtime.http.route import post
from lingqu.runtime.tx import Tx

_CHANGE: tuple[type[Refusal], ...] = (NotFound, WrongState, Stale, TimeOver, CannotChange, NoLink)


class ChangeAnswer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Yes or no to a proposed change; no to one's own withdraws it."""

    is_accepted: bool
    reason: LongText = ""


@post(
    "/orders/{order_id:uuid}/closure",
    permission="orders.cancel",
    summary="Close what is open of some lines, or of all",
    status=200,
    refusals=(NotFound, WrongState, CannotClose, Backdated),
)
async def close_order(tx: Tx, *, scope: Scope, order_id: UUID, body: Closure) -> StepDone:
    return await close(tx, scope=scope, order_id=order_id, closure=body)


@post(
    "/orders/{order_id:uuid}/changes",
    permission="orders.change",
    summary="Change a placed order, or propose a change to the other side",
    refusals=(*_CHANGE, Changed, NothingChanged, ProposalOpen, NeedsRelease),
)
async def change_order(tx: Tx, *, scope: Scope, order_id: UUID, if_match: int, body: OrderChange) -> ChangeDone:
    return await change(tx, scope=scope, asked=Asked(order_id=order_id, change=body, if_match=if_match))


@post(
    "/orders/{order_id:uuid}/changes/{revision_id:uuid}/decision",
    permission="orders.change",
    summary="Accept or decline a proposed change, or withdraw one's own",
    status=200,
    refusals=(*_CHANGE, ProposalDecided, ProposalOutdated, OtherSide),
)
async def answer_change(
    tx: Tx, *, scope: Scope, order_id: UUID, revision_id: UUID, if_match: int, body: ChangeAnswer
) -> ChangeDone:
    decision = ChangeDecision(
        order_id=order_id,
        revision_id=revision_id,
        is_accepted=body.is_accepted,
        if_match=if_match,
        reason=body.reason,
    )
    return await decide_change(tx, scope=scope, decision=decision)


ROUTES = (close_order, change_order, answer_change)
