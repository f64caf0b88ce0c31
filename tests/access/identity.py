"""Cases of identity: a user reaches its own record and sessions, nobody else's."""

from typing import Any

from msgspec.structs import replace

from lingqu.kernel.scope import Actor
from lingqu.modules.identity.api import invite
from lingqu.modules.identity.roles import RoleBody, add_role
from lingqu.modules.network.api import scope_of_party
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import PASSWORD, World


async def build(tx: Tx, world: World) -> None:
    """Read the sessions that stand, by caller."""
    rows = await (await tx.connection.execute("select user_id, id from identity.session")).fetchall()
    session_of = dict(rows)
    for caller in world.callers():
        place, _, role = caller.partition("/")
        world.made["session", caller] = session_of[world[place].users[role]]
    for key in ("east", "west", "east1"):
        await _staff(tx, world, key)


async def _staff(tx: Tx, world: World, key: str) -> None:
    """Give a place a role of its own and an open invitation."""
    actor = Actor(world[key].added.party_id, world[key].users["manager"], key)
    scope = await scope_of_party(tx, actor=actor, permissions=frozenset({"network.read"}))
    assert scope is not None
    body = RoleBody(code="intern", name_zh="实习", name_en="Intern", permissions=["network.read"])
    world.made["role", key] = (await add_role(tx, scope=scope, body=body)).id
    world.made["invitation", key] = await invite(
        tx,
        scope=scope,
        party_id=world[key].added.party_id,
        role_ids=[world.role_ids[world[key].kind, "viewer"]],
        name="新人",
        email=None,
    )


def _sessions(world: World) -> list[Target]:
    return [
        Target(owners=frozenset({caller}), by=caller, path={"session_id": session}, id=session)
        for (kind, caller), session in world.made.items()
        if kind == "session" and caller in {"east/manager", "east/sales", "west1/viewer", "platform/manager"}
    ]


def _only_self(**request: object) -> Case:
    return Case(targets=lambda _: [Target(owners=None, by="east/sales", **request)])


def _people(world: World) -> list[Target]:
    """Whom the list shows: users of one's own organization and of those below."""
    return [
        Target(owners=frozenset({key}), by=f"{key}/manager", id=world[key].users["sales"])
        for key in ("east", "east1", "west", "rival")
    ]


def _colleagues(world: World, **request: Any) -> list[Target]:
    """About a user only its own organization decides: not the one above, so every role of the place is an owner."""
    return [
        Target(
            owners=frozenset(f"{key}/{role}" for role in world[key].users),
            by=f"{key}/manager",
            path={"user_id": world[key].users["viewer"]},
            **request,
        )
        for key in ("east", "west1")
    ]


def _new_roles(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset(f"{key}/{role}" for role in world[key].users),
            by=f"{key}/manager",
            path={"user_id": world[key].users["viewer"]},
            body={"role_ids": [world.role_ids[world[key].kind, "sales"]]},
        )
        for key in ("east", "west1")
    ]


def _roles(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset(f"{key}/{role}" for role in world[key].users),
            by=f"{key}/manager",
            path={"role_id": world.made["role", key]},
            id=world.made["role", key],
        )
        for key in ("east", "west", "east1")
    ]


def _edited_roles(world: World) -> list[Target]:
    edit = {"name_zh": "新名", "name_en": "Renamed", "permissions": ["network.read"]}
    return [replace(target, body=edit, if_match=1) for target in _roles(world)]


def _invitations(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({key}),
            by=f"{key}/manager",
            path={"invitation_id": world.made["invitation", key].id},
            id=world.made["invitation", key].id,
        )
        for key in ("east", "west", "east1")
    ]


CASES = {
    "sign_in": Case(
        targets=lambda _: [Target(owners=None, body={"login": "east-sales", "password": PASSWORD})],
    ),
    "switch_organization": Case(
        targets=lambda world: [
            Target(
                owners=frozenset(f"{key}/{role}" for role in world[key].users),
                by=f"{key}/sales",
                body={"party_id": world[key].added.party_id},
            )
            for key in ("east", "west1")
        ],
    ),
    "sign_out": _only_self(),
    "read_me": _only_self(),
    "edit_me": _only_self(body={"language": "en"}, if_match=1),
    "change_password": _only_self(body={"present": PASSWORD, "new": "a wholly new phrase"}),
    "list_sessions": Case(targets=_sessions, is_list=True),
    "list_regions": Case(
        targets=lambda _: [Target(owners=None, by="east/sales", id=156_000_000)],
        is_list=True,
    ),
    "list_users": Case(targets=_people, is_list=True),
    "read_user": Case(targets=_colleagues),
    "set_user_roles": Case(targets=_new_roles),
    "set_user_lock": Case(targets=lambda world: _colleagues(world, body={"is_locked": True})),
    "remove_user": Case(targets=_colleagues),
    "list_roles": Case(targets=_roles, is_list=True),
    "read_role": Case(targets=_roles),
    "list_permissions": Case(
        targets=lambda _: [Target(owners=None, by="east/manager", id="network.read")], is_list=True, item="code"
    ),
    "add_role": Case(
        targets=lambda _: [
            Target(
                owners=None,
                by="east/manager",
                body={"code": "driver", "name_zh": "司机", "name_en": "Driver", "permissions": ["network.read"]},
            )
        ],
    ),
    "edit_role": Case(targets=_edited_roles),
    "delete_role": Case(targets=_roles),
    "list_invitations": Case(targets=_invitations, is_list=True),
    "revoke_invitation": Case(targets=_invitations),
    "accept_invitation": Case(
        targets=lambda world: [
            Target(
                owners=None,
                body={
                    "token": world.made["invitation", "west"].token,
                    "login": "newcomer",
                    "password": "a wholly new phrase",
                },
            )
        ],
    ),
    "join_organization": Case(
        targets=lambda world: [
            Target(owners=None, by="east/sales", body={"token": world.made["invitation", "west"].token})
        ],
    ),
    "end_session": Case(targets=_sessions),
}
