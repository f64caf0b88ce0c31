"""Cases of identity: a user reaches its own record and sessions, nobody else's."""

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


def _sessions(world: World) -> list[Target]:
    return [
        Target(owners=frozenset({caller}), by=caller, path={"session_id": session}, id=session)
        for (kind, caller), session in world.made.items()
        if kind == "session" and caller in {"east/manager", "east/sales", "west1/viewer", "platform/manager"}
    ]


def _only_self(**request: object) -> Case:
    return Case(targets=lambda _: [Target(owners=None, by="east/sales", **request)])


CASES = {
    "sign_in": Case(
        targets=lambda _: [Target(owners=None, body={"login": "east-sales", "password": PASSWORD})],
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
    "end_session": Case(targets=_sessions),
}
