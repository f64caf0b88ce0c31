"""Register the demo's members week by week, and give them the points of what they bought."""

from collections import Counter
from itertools import groupby
from uuid import UUID

from lingqu.kernel.ids import uuid7
from lingqu.modules.membership.api import Award, NewMember, add_members, award_points
from lingqu.roles.demo.load.known import Known, at
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

_AT_ONCE = 1_000


async def register_members(database: Database, known: Known) -> None:
    """Register every member on its own day, at its shop."""
    for on, some in groupby(known.plan.members, key=lambda member: member.registered_on):
        members = [
            NewMember(phone=one.phone, name=one.name, organization_id=known.organizations[one.dealer].id)
            for one in some
        ]
        known.members += await database.run(lambda tx, new=members: _register(tx, new), now=at(on, 7))  # type: ignore[misc]


async def give_points(database: Database, known: Known, points: Counter[int]) -> None:
    """Give each member, by place, the points it has earned over the months."""
    earned = sorted(points.items())
    for start in range(0, len(earned), _AT_ONCE):
        some = earned[start : start + _AT_ONCE]
        await database.run(lambda tx, part=some: _award(tx, known, part), now=at(known.plan.last, 23, 30))  # type: ignore[misc]


async def _register(tx: Tx, members: list[NewMember]) -> list[tuple[int, UUID]]:
    made = await add_members(tx, members=members)
    for (cell_id, member_id), member in zip(made, members, strict=True):
        tx.record("member", member_id, after=member, cell_id=cell_id)
    return made


async def _award(tx: Tx, known: Known, earned: list[tuple[int, int]]) -> None:
    document_id = uuid7(at=tx.now)
    awards = []
    for place, points in earned:
        cell_id, member_id = known.members[place]
        awards.append(
            Award(
                member_id=member_id,
                cell_id=cell_id,
                organization_id=known.organizations[known.plan.members[place].dealer].id,
                points=points,
                document_kind="points-opening",
                document_id=document_id,
                memo="历史消费积分",
            )
        )
    await award_points(tx, awards=awards, business_on=known.plan.last)
