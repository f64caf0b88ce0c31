"""Remind the other side of a proposed link that it waits for an answer."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Words
from lingqu.modules.identity.api import users_with
from lingqu.modules.network.tell_partner import RIGHT
from lingqu.modules.notice.api import SOONEST, Reminder, Waiting, find_due, remind
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

KIND = "network.link-proposal"
_AT_ONCE = 500
_PATH = "/link-proposals"
_ONE = Words("Reminder: {name} proposed a trade link and waits for your answer", "提醒：{name} 提议的供货关系待您答复")
_MANY = Words("Reminder: {count} proposed links wait for your answer", "提醒：有 {count} 项供货关系提议待您答复")


class _Open(Struct, frozen=True, kw_only=True):
    id: int
    party_id: UUID
    cell_id: int
    time_zone: str
    partner_name: str
    partner_name_en: str
    proposed_at: datetime


async def remind_of_proposals(tx: Tx) -> bool:
    """Remind of proposals that have waited long enough, in working hours and once a day."""
    after_id = 0
    while True:
        found = await tx.all(
            SQL["list_waiting_proposals"],
            _Open,
            before=tx.now - SOONEST,
            now=tx.now,
            after_id=after_id,
            limit=_AT_ONCE,
        )
        await _remind_of(tx, found)
        if len(found) < _AT_ONCE:
            return False
        after_id = found[-1].id


async def _remind_of(tx: Tx, proposals: Sequence[_Open]) -> None:
    waiting = {
        Waiting(
            kind=KIND,
            object_id=str(one.id),
            level=1,
            cell_id=one.cell_id,
            party_id=one.party_id,
            time_zone=one.time_zone,
            since=one.proposed_at,
        ): one
        for one in proposals
    }
    if not waiting:
        return
    reminders = []
    for due in await find_due(tx, waiting=list(waiting)):
        one = waiting[due]
        title = Words(
            _ONE.en.format(name=one.partner_name_en or one.partner_name), _ONE.zh.format(name=one.partner_name)
        )
        users = await users_with(tx, party_id=one.party_id, permission=RIGHT)
        reminders.append(Reminder(waiting=due, user_ids=users, title=title, path=_PATH))
    await remind(tx, reminders=reminders, many=_MANY, path=_PATH)
