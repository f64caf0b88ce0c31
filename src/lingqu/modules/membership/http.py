"""Routes of membership."""

from uuid import UUID

from lingqu.kernel.errors import Invalid, NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.membership import list_points, members, points
from lingqu.modules.membership import register as registering
from lingqu.modules.membership.list_points import PointsLine
from lingqu.modules.membership.members import MemberQuery
from lingqu.modules.membership.points import PointsAdjustment, TooFewPoints
from lingqu.modules.membership.register import Enrolment, MemberEdit, PhoneTaken, Registration
from lingqu.modules.membership.types import Member
from lingqu.runtime.http.route import get, patch, post
from lingqu.runtime.paging import Listed, ListQuery
from lingqu.runtime.tx import Tx


@get("/members", permission="membership.read", summary="Members of one's organizations", refusals=[Invalid])
async def list_members(tx: Tx, *, scope: Scope, query: MemberQuery) -> Listed[Member]:
    return await members.list_members(tx, scope=scope, query=query)


@get("/members/{member_id:uuid}", permission="membership.read", summary="One member", refusals=[NotFound])
async def read_member(tx: Tx, *, scope: Scope, member_id: UUID) -> Member:
    return await members.read_member(tx, scope=scope, member_id=member_id)


@get(
    "/members/{member_id:uuid}/points",
    permission="membership.read",
    summary="Points a member got and gave",
    refusals=[NotFound],
)
async def list_member_points(tx: Tx, *, scope: Scope, member_id: UUID, query: ListQuery) -> Listed[PointsLine]:
    return await list_points.list_points(tx, scope=scope, member_id=member_id, query=query)


@post("/members", permission="membership.edit", summary="Register a member", refusals=[Invalid, PhoneTaken])
async def register_member(tx: Tx, *, scope: Scope, body: Registration) -> Member:
    return await registering.register(tx, scope=scope, registration=body)


@post(
    "/members/enrolments",
    permission="membership.edit",
    summary="Make a member known to one's organization",
    refusals=[Invalid, NotFound],
)
async def enrol_member(tx: Tx, *, scope: Scope, body: Enrolment) -> Member:
    return await registering.enrol(tx, scope=scope, enrolment=body)


@patch("/members/{member_id:uuid}", permission="membership.edit", summary="Rename a member", refusals=[NotFound, Stale])
async def rename_member(tx: Tx, *, scope: Scope, member_id: UUID, body: MemberEdit, if_match: int) -> Member:
    return await registering.rename_member(tx, scope=scope, member_id=member_id, edit=body, if_match=if_match)


@post(
    "/members/{member_id:uuid}/points-adjustments",
    permission="membership.points",
    summary="Give or take points",
    refusals=[NotFound, Invalid, TooFewPoints],
)
async def adjust_member_points(tx: Tx, *, scope: Scope, member_id: UUID, body: PointsAdjustment) -> Member:
    return await points.adjust_points(tx, scope=scope, member_id=member_id, adjustment=body)


ROUTES = (
    list_members,
    read_member,
    list_member_points,
    register_member,
    enrol_member,
    rename_member,
    adjust_member_points,
)
