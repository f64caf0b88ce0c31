"""A buyer's own approval before an order leaves: submit a basket, take it back, release it or turn it down."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import Refusal, Unavailable, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.approval.api import (
    Level,
    NewRequest,
    NothingWaits,
    State,
    decide,
    find_able,
    request_approval,
    withdraw,
)
from lingqu.modules.identity.api import home_cell_of
from lingqu.modules.notice.api import NewNotice, tell
from lingqu.modules.orders.drafts import DRAFT, Draft, DraftState, DraftSubmitted, lock_draft, read_draft
from lingqu.modules.orders.exact import place_exactly
from lingqu.modules.orders.market import Market
from lingqu.modules.orders.offer_draft import price_draft
from lingqu.modules.orders.types import Placed, Quantity
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_ROUNDS = 3
_WAITS = Words("A basket for {seller} waits for your approval", "有一份向 {seller} 采购的采购单待您审批")
_RELEASED = Words("Your basket for {seller} was released and ordered", "您向 {seller} 采购的采购单已批准并下单")
_CHANGED = Words(
    "Your basket for {seller} was ordered; the total changed from {before} to {after}",
    "您向 {seller} 采购的采购单已下单，金额由 {before} 变为 {after}",
)
_SHORT = Words(
    "Your basket for {seller} was ordered in part: {count} lines are short",
    "您向 {seller} 采购的采购单已下单，其中 {count} 行缺货",
)
_RETURNED = Words("Your basket for {seller} came back: {reason}", "您向 {seller} 采购的采购单被退回：{reason}")


class Release(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Yes or no to a basket; with ``expected_total_minor`` only if it still costs what was looked at."""

    is_accepted: bool
    reason: Annotated[str, Meta(max_length=1000)] = ""
    expected_total_minor: Quantity | None = None


class Released(Struct, frozen=True, kw_only=True):
    """What became of a basket: the order it was placed as, or it went back.

    ``before_minor`` is what it cost when it was submitted.
    """

    draft_id: UUID
    state: Literal["ordered", "returned"]
    order: Placed | None = None
    before_minor: int | None = None


async def submit_draft(tx: Tx, *, scope: Scope, draft_id: UUID) -> Draft:
    """Ask the buyer's own approvers to let a basket leave. It is priced now, so that a later change shows.

    Raises: NotFound, DraftSubmitted, and what placing refuses of prices and links.
    """
    draft = await lock_draft(tx, scope=scope, draft_id=draft_id)
    if draft.state == "submitted":
        raise DraftSubmitted
    order = await price_draft(tx, scope=scope, draft=draft)
    await tx.run(
        SQL["move_draft"],
        cell_id=scope.cell_id,
        id=draft_id,
        state="submitted",
        submitted_by=scope.actor.user_id,
        submitted_at=tx.now,
        total_minor=order.total_minor,
        reason="",
    )
    await request_approval(
        tx,
        request=NewRequest(
            kind=DRAFT,
            object_id=draft_id,
            party_id=scope.party_id,
            requested_by=scope.actor.user_id,
            levels=[Level(party_id=scope.party_id, permission="orders.release")],
            reason=draft.content.note,
            subject={
                "name": draft.seller_name,
                "total_minor": order.total_minor,
                "currency": order.currency,
                "line_count": len(order.lines),
            },
        ),
    )
    after = await read_draft(tx, scope=scope, draft_id=draft_id)
    tx.record("draft", draft_id, before=draft, after=after)
    users = await find_able(tx, kind=DRAFT, object_id=draft_id)
    await _tell(tx, scope, draft_id, users, _WAITS, seller=draft.seller_name)
    return after


async def take_back_draft(tx: Tx, *, scope: Scope, draft_id: UUID) -> Draft:
    """Take a submitted basket back, to change it.

    Raises: NotFound, NothingWaits.
    """
    draft = await lock_draft(tx, scope=scope, draft_id=draft_id)
    if draft.state != "submitted":
        raise NothingWaits
    await withdraw(tx, kind=DRAFT, object_ids=[draft_id])
    return await _move(tx, scope, draft, "open", "")


async def release_draft(tx: Tx, *, scope: Scope, draft_id: UUID, release: Release) -> Released:
    """Let a basket leave as an order at this moment's prices, or send it back with a reason; in one transaction.

    The order is priced, judged by the seller's rules and placed as every other; what is refused there is refused here,
    and the basket goes on waiting.

    Raises: NotFound, NothingWaits, NotYourLevel, RequesterCannotDecide, DecidedBefore, and what placing refuses.
    """
    draft = await lock_draft(tx, scope=scope, draft_id=draft_id)
    if draft.state != "submitted":
        raise NothingWaits
    decided = await decide(
        tx, scope=scope, kind=DRAFT, object_id=draft_id, is_approved=release.is_accepted, reason=release.reason
    )
    if decided.state is not State.APPROVED:
        await _move(tx, scope, draft, "returned", release.reason)
        await _answer(tx, scope, draft, _RETURNED, path=f"/baskets/{draft_id}", reason=release.reason)
        return Released(draft_id=draft_id, state="returned")
    placed = await _place(tx, scope, draft, release.expected_total_minor)
    await tx.run(SQL["delete_draft"], cell_id=scope.cell_id, id=draft_id)
    tx.record("draft", draft_id, before=draft)
    before = draft.submitted_total_minor
    words = _RELEASED
    if placed.short_lines:
        words = _SHORT
    elif before is not None and before != placed.total_minor:
        words = _CHANGED
    await _answer(
        tx,
        scope,
        draft,
        words,
        path=f"/orders/{placed.id}",
        before=_amount(before or 0),
        after=_amount(placed.total_minor),
        count=len(placed.short_lines),
    )
    return Released(draft_id=draft_id, state="ordered", order=placed, before_minor=before)


async def _place(tx: Tx, scope: Scope, draft: Draft, expected_total_minor: int | None) -> Placed:
    """Place the order by the exact path; a seller whose prices move at this moment is read again."""
    market = Market()
    for _ in range(_ROUNDS):
        order = await price_draft(
            tx, scope=scope, draft=draft, expected_total_minor=expected_total_minor, market=market
        )
        outcome = await place_exactly(tx, cell_id=order.cell_id, business_on=order.business_on, orders=[order])
        verdict = outcome.verdicts.get(order.id)
        if isinstance(verdict, Refusal):
            raise verdict
        if verdict is not None:
            return verdict
    raise Unavailable("prices change faster than the order can be placed")


async def _move(tx: Tx, scope: Scope, draft: Draft, state: DraftState, reason: str) -> Draft:
    await tx.run(
        SQL["move_draft"],
        cell_id=scope.cell_id,
        id=draft.id,
        state=state,
        submitted_by=draft.submitted_by,
        submitted_at=draft.submitted_at,
        total_minor=draft.submitted_total_minor,
        reason=reason,
    )
    after = await read_draft(tx, scope=scope, draft_id=draft.id)
    tx.record("draft", draft.id, before=draft, after=after)
    return after


async def _answer(tx: Tx, scope: Scope, draft: Draft, words: Words, *, path: str, **facts: object) -> None:
    """Tell whoever submitted the basket."""
    if draft.submitted_by is not None:
        await _tell(tx, scope, draft.id, [draft.submitted_by], words, path=path, seller=draft.seller_name, **facts)


async def _tell(
    tx: Tx, scope: Scope, draft_id: UUID, users: list[int], words: Words, *, path: str = "", **facts: object
) -> None:
    if not users:
        return
    notice = NewNotice(
        cell_id=await home_cell_of(tx, party_id=scope.party_id),
        party_id=scope.party_id,
        user_ids=tuple(users),
        kind=DRAFT,
        title=Words(words.en.format(**facts), words.zh.format(**facts)),
        path=path or f"/baskets/{draft_id}",
    )
    await tell(tx, notice=notice)


def _amount(minor: int) -> str:
    return f"{minor // 100:,}.{minor % 100:02d}"
