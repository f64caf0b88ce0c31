"""Cases of approval: in each distributor something waits for the manager, who lets its sales decide meanwhile."""

from datetime import timedelta

from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.approval.api import Level, NewDelegation, NewRequest, delegate, request_approval
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

_PLACES = ("east", "west")


async def build(tx: Tx, world: World) -> None:
    """Ask each manager something, and hand its decisions to its sales."""
    for key in _PLACES:
        place = world[key]
        party_id = place.added.party_id
        request = NewRequest(
            kind="access.test",
            object_id=uuid7(at=tx.now),
            party_id=party_id,
            requested_by=None,
            levels=[Level(party_id=party_id, permission="network.approve")],
        )
        world.made["request", key] = await request_approval(tx, request=request)
        scope = Scope(
            actor=Actor(party_id, place.users["manager"], "manager"),
            organization_id=place.id,
            party_id=party_id,
            cell_id=place.added.home_cell,
            organization_ids=(place.id,),
            party_ids=(party_id,),
            cell_ids=(place.added.home_cell,),
        )
        new = NewDelegation(
            to_user_id=place.users["sales"],
            valid_from=tx.now - timedelta(days=1),
            valid_until=tx.now + timedelta(days=30),
            reason="test",
        )
        world.made["delegation", key] = (await delegate(tx, scope=scope, new=new)).id


def _both(key: str) -> frozenset[str]:
    return frozenset({f"{key}/manager", f"{key}/sales"})


def _requests(world: World) -> list[Target]:
    return [
        Target(owners=_both(key), by=by, id=world.made["request", key])
        for key in _PLACES
        for by in (f"{key}/manager", f"{key}/sales")
    ]


def _delegations(world: World) -> list[Target]:
    return [
        Target(
            owners=_both(key),
            by=f"{key}/manager",
            id=world.made["delegation", key],
            path={"delegation_id": world.made["delegation", key]},
        )
        for key in _PLACES
    ]


def _own(_world: World) -> list[Target]:
    """What is always the caller's own names nothing that belongs to anybody."""
    return [Target(owners=None, by=f"{key}/viewer") for key in _PLACES]


def _handing(world: World) -> list[Target]:
    """Only to somebody of the same organization."""
    return [
        Target(
            owners=frozenset({f"{key}/{role}" for role in ("manager", "sales", "warehouse", "accountant", "viewer")}),
            by=f"{key}/manager",
            body={
                "to_user_id": world[key].users["warehouse"],
                "valid_from": "2026-01-01T00:00:00Z",
                "valid_until": "2099-01-01T00:00:00Z",
                "reason": "test",
            },
        )
        for key in _PLACES
    ]


CASES = {
    "list_approvals": Case(targets=_requests, is_list=True),
    "count_approvals": Case(targets=_own),
    "list_delegations": Case(targets=_delegations, is_list=True),
    "list_colleagues": Case(targets=_own),
    "delegate": Case(targets=_handing),
    "revoke_delegation": Case(targets=_delegations),
}
