"""Cases of membership: each branch's dealer has a member."""

from collections.abc import Callable
from typing import Any

from lingqu.modules.membership.api import Award, NewMember, add_members, award_points
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

SHOPS = {"east1": "13800000001", "west1": "13800000002"}


async def build(tx: Tx, world: World) -> None:
    """Register a member with ten points at each shop."""
    for shop, phone in SHOPS.items():
        new = NewMember(phone=f"+86{phone}", name="会员", organization_id=world[shop].id)
        ((cell_id, member_id),) = await add_members(tx, members=[new])
        world.made["member", shop] = member_id
        award = Award(
            member_id=member_id,
            cell_id=cell_id,
            organization_id=world[shop].id,
            points=10,
            document_kind="test",
            document_id=member_id,
        )
        await award_points(tx, awards=[award])


def _members(by: str, **given: Any) -> Callable[[World], list[Target]]:
    def targets(world: World) -> list[Target]:
        return [
            Target(
                owners=frozenset({shop}),
                by=f"{shop}/{by}",
                path={"member_id": world.made["member", shop]},
                id=world.made["member", shop],
                **given,
            )
            for shop in SHOPS
        ]

    return targets


def _anybody(body: dict[str, Any]) -> Callable[[World], list[Target]]:
    return lambda _: [Target(owners=None, by=f"{shop}/sales", body=body) for shop in SHOPS]


CASES = {
    "list_members": Case(targets=_members("viewer"), is_list=True),
    "read_member": Case(targets=_members("viewer")),
    "list_member_points": Case(targets=_members("viewer")),
    "register_member": Case(targets=_anybody({"phone": "13800000009", "name": "新会员"})),
    "enrol_member": Case(targets=_anybody({"phone": SHOPS["east1"]})),
    "rename_member": Case(targets=_members("sales", body={"name": "新名"}, if_match=1)),
    "adjust_member_points": Case(targets=_members("manager", body={"points": 1, "reason": "gift"})),
}
