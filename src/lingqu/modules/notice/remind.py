"""Remind people of what waits for their decision: after so many working hours, then once a working day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from lingqu.kernel.errors import Words
from lingqu.modules.identity.api import users_with
from lingqu.modules.notice.reminder_rule import ReminderRule, find_rules
from lingqu.modules.notice.tell import tell
from lingqu.modules.notice.types import NewNotice
from lingqu.runtime.cells import cell_count
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

KIND = "notice.reminder"
SOONEST = timedelta(hours=1)
"""What has waited less is due nowhere: the least that a rule may say."""
_KEPT = timedelta(days=400)

_GIVES_RIGHTS = "identity.edit"
_NOBODY = Words(
    "Nobody may decide here: {thing} waits until somebody is given the right", "无人有权处理{thing}，请为同事授权"
)
_NOBODY_MANY = Words(
    "Nobody may decide here: {count} things wait until somebody is given the right",
    "有 {count} 项无人有权处理，请为同事授权",
)
_RIGHTS = "/users"


class Waiting(Struct, frozen=True, kw_only=True):
    """Something that waits since an instant for people of one party, on one level; ``cell_id`` is the party's home."""

    kind: str
    object_id: str
    level: int
    cell_id: int
    party_id: UUID
    time_zone: str
    since: datetime

    @property
    def key(self) -> tuple[str, str, int]:
        return self.kind, self.object_id, self.level


class Reminder(Struct, frozen=True, kw_only=True):
    """What some users are reminded of; ``title`` and ``path`` are used where it is all that waits for one of them.

    ``thing`` is what it is, to be said where no user may decide.
    """

    waiting: Waiting
    user_ids: Sequence[int]
    thing: Words
    title: Words
    path: str


class _Reminded(Struct, frozen=True):
    kind: str
    object_id: str
    level: int
    reminded_on: date


async def find_due(tx: Tx, *, waiting: Sequence[Waiting]) -> list[Waiting]:
    """Choose what its people must be reminded of now: it waited long enough, they are at work, and not yet today."""
    rules = await find_rules(tx, party_ids={one.party_id for one in waiting})
    reminded = {
        (row.kind, row.object_id, row.level): row.reminded_on
        for row in await tx.all(SQL["find_reminded"], _Reminded, **_keys(waiting))
    }
    usual = ReminderRule()
    due = []
    for one in waiting:
        rule = rules.get(one.party_id, usual)
        hours = rule.working_time(ZoneInfo(one.time_zone))
        last, enough = reminded.get(one.key), timedelta(hours=rule.after_hours)
        if (
            rule.is_active
            and hours.is_open(tx.now)
            and (last is None or last < _today(one, tx.now))
            and hours.passed(one.since, tx.now, enough=enough) >= enough
        ):
            due.append(one)
    return due


async def remind(tx: Tx, *, reminders: Sequence[Reminder], many: Words, path: str) -> int:
    """Tell everybody who can decide, each once however much waits for it; count what was reminded of.

    ``many`` says it with ``count`` where several things wait for one person, and leads to ``path``. What nobody may
    decide on is told to those who give rights; where there is nobody either, it is not given and stays due.
    """
    able = [one for one in reminders if one.user_ids]
    orphaned = await _to_who_gives_rights(tx, [one for one in reminders if not one.user_ids])
    claimed = await _claim(tx, [*able, *orphaned])
    await _tell(tx, [one for one in able if one.waiting.key in claimed], many, path)
    await _tell(tx, [one for one in orphaned if one.waiting.key in claimed], _NOBODY_MANY, _RIGHTS)
    return len(claimed)


async def _to_who_gives_rights(tx: Tx, orphaned: Sequence[Reminder]) -> list[Reminder]:
    party_ids = sorted({one.waiting.party_id for one in orphaned})
    users = {party_id: await users_with(tx, party_id=party_id, permission=_GIVES_RIGHTS) for party_id in party_ids}
    return [
        replace(
            one,
            user_ids=users[one.waiting.party_id],
            title=Words(_NOBODY.en.format(thing=one.thing.en), _NOBODY.zh.format(thing=one.thing.zh)),
            path=_RIGHTS,
        )
        for one in orphaned
        if users[one.waiting.party_id]
    ]


async def _claim(tx: Tx, reminders: Sequence[Reminder]) -> set[tuple[str, str, int]]:
    waiting = sorted((one.waiting for one in reminders), key=lambda one: (one.cell_id, *one.key))
    days = [_today(one, tx.now) for one in waiting]
    rows = await tx.all(SQL["claim_reminders"], _Reminded, days=days, now=tx.now, **_keys(waiting))
    return {(row.kind, row.object_id, row.level) for row in rows}


async def _tell(tx: Tx, reminders: Sequence[Reminder], many: Words, path: str) -> None:
    told: dict[tuple[int, UUID, int], list[Reminder]] = defaultdict(list)
    for one in reminders:
        for user_id in one.user_ids:
            told[one.waiting.cell_id, one.waiting.party_id, user_id].append(one)
    alike: dict[NewNotice, list[int]] = defaultdict(list)
    for (cell_id, party_id, user_id), own in told.items():
        facts = {"count": len(own)}
        several = Words(many.say("en", facts), many.say("zh", facts))
        notice = NewNotice(
            cell_id=cell_id,
            party_id=party_id,
            user_ids=(),
            kind=KIND,
            title=own[0].title if len(own) == 1 else several,
            path=own[0].path if len(own) == 1 else path,
        )
        alike[notice].append(user_id)
    for notice, user_ids in alike.items():
        await tell(tx, notice=replace(notice, user_ids=tuple(sorted(user_ids))))


async def drop_old_reminded(tx: Tx) -> bool:
    """Forget what was reminded of long ago; what still waits is then reminded of anew."""
    for cell_id in range(await cell_count(tx)):
        await tx.run(SQL["drop_old_reminded"], cell_id=cell_id, before=tx.now - _KEPT)
    return False


def _today(one: Waiting, now: datetime) -> date:
    return now.astimezone(ZoneInfo(one.time_zone)).date()


def _keys(waiting: Sequence[Waiting]) -> dict[str, object]:
    return {
        "cell_ids": [one.cell_id for one in waiting],
        "kinds": [one.kind for one in waiting],
        "object_ids": [one.object_id for one in waiting],
        "levels": [one.level for one in waiting],
    }
