"""Go through all that waits, page by page, and remind of what is due."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from lingqu.kernel.errors import Words
from lingqu.modules.notice.remind import SOONEST, Reminder, Waiting, find_due, remind
from lingqu.runtime.tx import Tx

_READ_AT_ONCE = 500
_TOLD_AT_ONCE = 200


class _Numbered(Protocol):
    @property
    def id(self) -> int: ...


Thing = TypeVar("Thing", bound=_Numbered)


async def remind_all(
    tx: Tx,
    *,
    read: Callable[[datetime, int, int], Awaitable[Sequence[Thing]]],
    place: Callable[[Sequence[Thing]], Awaitable[Mapping[Waiting, Thing]]],
    word: Callable[[Waiting, Thing], Awaitable[Reminder]],
    many: Words,
    path: str,
) -> bool:
    """Remind of what has waited long enough, in working hours and once a day; more may be due when much was.

    ``read`` lists what has waited since an instant or longer, after an id and up to so many, by id; ``place`` says
    where and since when each waits, ``word`` whom to remind and how. ``many`` and ``path`` are as ``remind`` has them.
    """
    after_id, count = 0, 0
    while count < _TOLD_AT_ONCE:
        found = await read(tx.now - SOONEST, after_id, _READ_AT_ONCE)
        if found:
            waiting = await place(found)
            due = await find_due(tx, waiting=list(waiting))
            reminders = [await word(one, waiting[one]) for one in due]
            count += await remind(tx, reminders=reminders, many=many, path=path)
        if len(found) < _READ_AT_ONCE:
            return False
        after_id = found[-1].id
    return True
