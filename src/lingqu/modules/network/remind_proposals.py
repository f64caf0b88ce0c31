"""Remind the other side of a proposed link that it waits for an answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Words
from lingqu.modules.identity.api import users_with
from lingqu.modules.network.tell_partner import RIGHT
from lingqu.modules.notice.api import Reminder, Waiting, remind_all
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

KIND = "network.link-proposal"
_PATH = "/link-proposals"
_THING = Words("the trade link that {name} proposed", "{name} 提议的供货关系")
_WAITS = Words("Reminder: {thing} waits for your answer", "提醒：{thing}待您答复")
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
    """Remind of proposals that wait for an answer; more may be due when much was."""

    async def read(before: datetime, after_id: int, limit: int) -> Sequence[_Open]:
        return await tx.all(
            SQL["list_waiting_proposals"], _Open, before=before, now=tx.now, after_id=after_id, limit=limit
        )

    async def place(proposals: Sequence[_Open]) -> Mapping[Waiting, _Open]:
        return {_waiting(one): one for one in proposals}

    async def word(waiting: Waiting, one: _Open) -> Reminder:
        thing = Words(
            _THING.en.format(name=one.partner_name_en or one.partner_name), _THING.zh.format(name=one.partner_name)
        )
        return Reminder(
            waiting=waiting,
            user_ids=await users_with(tx, party_id=one.party_id, permission=RIGHT),
            thing=thing,
            title=Words(_WAITS.en.format(thing=thing.en), _WAITS.zh.format(thing=thing.zh)),
            path=_PATH,
        )

    return await remind_all(tx, read=read, place=place, word=word, many=_MANY, path=_PATH)


def _waiting(one: _Open) -> Waiting:
    return Waiting(
        kind=KIND,
        object_id=str(one.id),
        level=1,
        cell_id=one.cell_id,
        party_id=one.party_id,
        time_zone=one.time_zone,
        since=one.proposed_at,
    )
