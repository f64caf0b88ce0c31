"""Points: money of another kind, on accounts of the ledger."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import FieldError, Invalid, Refusal, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.ledger.api import (
    Crossing,
    Insufficient,
    NewAccount,
    account_id,
    open_accounts,
    post_across,
)
from lingqu.modules.membership.events import PointsChanged
from lingqu.modules.membership.members import read_member
from lingqu.modules.membership.types import Award, Member, Program
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
CURRENCY = "PTS"
_ZERO = Words("The number of points must not be zero.", "积分数不能为零。")


class TooFewPoints(Refusal):
    """A member has not so many points."""

    code = "membership.too-few-points"
    status = 409
    title = Words("Not enough points", "积分不足")
    detail = Words("The member has {points} points.", "会员现有 {points} 积分。")


class PointsAdjustment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Points given (above zero) or taken (below), and why."""

    points: Annotated[int, Meta(ge=-1_000_000_000, le=1_000_000_000)]
    reason: Annotated[str, Meta(min_length=1, max_length=500)]


async def adjust_points(tx: Tx, *, scope: Scope, member_id: UUID, adjustment: PointsAdjustment) -> Member:
    """Give points to a member, or take some, with a reason.

    Raises: NotFound for a member who is not enrolled in the caller's tree; Invalid for zero; TooFewPoints.
    """
    before = await read_member(tx, scope=scope, member_id=member_id)
    if not adjustment.points:
        raise Invalid(errors=[FieldError("/points", "zero", _ZERO)])
    award = Award(
        member_id=member_id,
        cell_id=before.cell_id,
        organization_id=scope.organization_id,
        points=adjustment.points,
        document_kind="points-adjustment",
        document_id=uuid7(at=tx.now),
        memo=adjustment.reason,
    )
    try:
        await award_points(tx, awards=[award])
    except Insufficient:
        raise TooFewPoints(points=before.points) from None
    after = await read_member(tx, scope=scope, member_id=member_id)
    tx.record("member-points", member_id, before=before, after={"member": after, "reason": adjustment.reason})
    return after


async def award_points(tx: Tx, *, awards: Sequence[Award], business_on: date | None = None) -> None:
    """Give or take points because of documents. All or none.

    The points stand against the program at the top of each organization's tree, wherever its books lie.

    Raises: Insufficient if a member has not so many points as are taken.
    """
    programs = await find_programs(tx, organization_ids=[award.organization_id for award in awards])
    for cell_id in sorted({award.cell_id for award in awards}):
        accounts = [
            NewAccount(
                kind="points",
                owner=award.member_id,
                counterparty=programs[award.organization_id].party_id,
                currency=CURRENCY,
                floor=0,
            )
            for award in awards
            if award.cell_id == cell_id
        ]
        await open_accounts(tx, cell_id=cell_id, accounts=accounts)
    for program in programs.values():
        issuer = NewAccount(kind="points", owner=program.party_id, currency=CURRENCY)
        await open_accounts(tx, cell_id=program.home_cell, accounts=[issuer])
    crossings = [_crossing(award, programs[award.organization_id]) for award in awards if award.points]
    zone = next((program.time_zone for program in programs.values()), "UTC")
    day = business_on or business_date(tx.now, zone)
    user_id = None if tx.actor is None else tx.actor.user_id
    await post_across(tx, crossings=crossings, business_on=day, user_id=user_id)
    for award in awards:
        if award.points:
            tx.emit(
                PointsChanged(
                    member_id=award.member_id,
                    points=award.points,
                    document_kind=award.document_kind,
                    document_id=award.document_id,
                ),
                cell_id=award.cell_id,
            )


async def find_programs(tx: Tx, *, organization_ids: Sequence[int]) -> dict[int, Program]:
    """Find who stands behind the points of some organizations: the top of each one's tree.

    Shapes: by the organization asked about.
    """
    rows = await tx.tuples(SQL["find_programs"], organization_ids=sorted(set(organization_ids)))
    return {
        asked: Program(organization_id=id_, party_id=party_id, home_cell=home_cell, time_zone=time_zone)
        for asked, id_, party_id, home_cell, time_zone in rows
    }


def points_account(*, member_id: UUID, program: Program) -> UUID:
    """Derive a member's account with a program."""
    return account_id(kind="points", owner=member_id, counterparty=program.party_id, currency=CURRENCY)


def _crossing(award: Award, program: Program) -> Crossing:
    issuer = (program.home_cell, account_id(kind="points", owner=program.party_id, currency=CURRENCY))
    member = (award.cell_id, points_account(member_id=award.member_id, program=program))
    (from_cell, debit), (to_cell, credit) = (issuer, member) if award.points > 0 else (member, issuer)
    return Crossing(
        kind="points",
        document_kind=award.document_kind,
        document_id=award.document_id,
        from_cell=from_cell,
        debit=debit,
        to_cell=to_cell,
        credit=credit,
        amount=abs(award.points),
        currency=CURRENCY,
        memo=award.memo,
    )
