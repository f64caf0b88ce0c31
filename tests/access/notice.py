"""Cases of notice: a user reads its own notices, nobody else's, not even its organization's manager."""

from collections.abc import Callable
from typing import Any

from lingqu.kernel.errors import Words
from lingqu.modules.identity.api import start_reset
from lingqu.modules.notice.api import NewNotice, tell
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

_TOLD = ("east/manager", "east/sales", "east1/viewer", "west/manager")


async def build(tx: Tx, world: World) -> None:
    """Tell some users something, and let one forget its password."""
    for caller in _TOLD:
        key, _, role = caller.partition("/")
        place = world[key]
        notice = NewNotice(
            cell_id=place.added.home_cell,
            party_id=place.added.party_id,
            user_ids=(place.users[role],),
            kind="test",
            title=Words("Hello", "你好"),
            path="/",
        )
        await tell(tx, notice=notice)
    rows = await (await tx.connection.execute("select user_id, id from notice.notice where kind = 'test'")).fetchall()
    id_of = dict(rows)
    for caller in _TOLD:
        key, _, role = caller.partition("/")
        world.made["notice", caller] = id_of[world[key].users[role]]
    user_id = world["mill"].users["viewer"]
    await tx.connection.execute("update identity.user set email = 'mill@example.org' where id = %s", [user_id])
    reset = await start_reset(tx, login="mill-viewer")
    assert reset is not None
    world.made["reset", "mill"] = reset.path.partition("=")[2]


def _notices(world: World) -> list[Target]:
    return [
        Target(owners=frozenset({caller}), by=caller, path={"notice_id": made}, id=made)
        for caller in _TOLD
        for made in [world.made["notice", caller]]
    ]


def _only_self(**request: Any) -> Case:
    return Case(targets=lambda _: [Target(owners=None, by="east/sales", **request)])


def _rules(body: Any = None) -> Callable[[World], list[Target]]:
    """What an organization sets is always its own: it names nothing that belongs to anybody."""
    target = Target(owners=None, by="east/manager", body=body, if_match=None if body is None else 0)
    return lambda _: [target]


CASES = {
    "list_notices": Case(targets=_notices, is_list=True),
    "count_unread_notices": _only_self(),
    "read_notice": Case(targets=_notices),
    "read_notices": _only_self(),
    "read_notice_preference": _only_self(),
    "set_notice_preference": _only_self(body={"is_by_mail": True}),
    "read_reminder_rule": Case(targets=_rules()),
    "set_reminder_rule": Case(targets=_rules({"after_hours": 2})),
    "ask_password_reset": Case(targets=lambda _: [Target(owners=None, body={"login": "east-sales"})]),
    "finish_password_reset": Case(
        targets=lambda world: [
            Target(owners=None, body={"token": world.made["reset", "mill"], "password": "a wholly new phrase"})
        ],
    ),
}
