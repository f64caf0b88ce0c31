"""When an organization's people are reminded of what waits for their decision."""

from collections.abc import Iterable
from datetime import time
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct, field

from lingqu.kernel.errors import FieldError, Invalid, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.notice.working_time import WorkingTime
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_CLOSED = Words("Work must end after it begins", "下班时间须晚于上班时间")


class NewReminderRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Remind after so many working hours, and only in them: the rest of the day is quiet. Monday is 1."""

    is_active: bool = True
    after_hours: Annotated[int, Meta(ge=1, le=80)] = 4
    weekdays: Annotated[list[Annotated[int, Meta(ge=1, le=7)]], Meta(min_length=1, max_length=7)] = field(
        default_factory=lambda: [1, 2, 3, 4, 5]
    )
    opens_at: time = time(9)
    closes_at: time = time(18)

    def working_time(self, zone: ZoneInfo) -> WorkingTime:
        """Give the working hours in the organization's own time."""
        return WorkingTime(
            weekdays=self.weekdays,
            opens_at=self.opens_at.replace(tzinfo=None),
            closes_at=self.closes_at.replace(tzinfo=None),
            zone=zone,
        )


class ReminderRule(NewReminderRule, frozen=True, kw_only=True):
    """The rule as it is kept; version 0: none is, and the usual hours hold."""

    version: int = 0


class _Kept(ReminderRule, frozen=True, kw_only=True):
    party_id: UUID


async def find_rules(tx: Tx, *, party_ids: Iterable[UUID]) -> dict[UUID, ReminderRule]:
    """Read the rules that are kept; for a party without one the usual hours hold."""
    kept = await tx.all(SQL["find_reminder_rules"], _Kept, party_ids=sorted(set(party_ids)))
    return {one.party_id: one for one in kept}


async def read_reminder_rule(tx: Tx, *, scope: Scope) -> ReminderRule:
    """Read the caller's own rule."""
    found = (await find_rules(tx, party_ids=[scope.party_id])).get(scope.party_id)
    return ReminderRule() if found is None else _shown(found, version=found.version)


async def set_reminder_rule(tx: Tx, *, scope: Scope, rule: NewReminderRule, if_match: int) -> ReminderRule:
    """Set the caller's own rule.

    Raises: Stale, Invalid.
    """
    hours = rule.working_time(ZoneInfo("UTC"))
    if hours.opens_at >= hours.closes_at:
        raise Invalid(errors=[FieldError("/closes_at", "order", _CLOSED)])
    before = await read_reminder_rule(tx, scope=scope)
    if before.version == 0 and if_match != 0:
        raise Stale(kind="reminder rule")
    versions = await tx.values(
        SQL["put_reminder_rule"],
        int,
        party_id=scope.party_id,
        is_active=rule.is_active,
        after_hours=rule.after_hours,
        weekdays=sorted(set(rule.weekdays)),
        opens_at=hours.opens_at,
        closes_at=hours.closes_at,
        if_match=if_match,
    )
    if not versions:
        raise Stale(kind="reminder rule")
    after = _shown(rule, version=versions[0])
    tx.record("reminder rule", str(scope.party_id), before=before if before.version else None, after=after)
    return after


def _shown(rule: NewReminderRule, *, version: int) -> ReminderRule:
    return ReminderRule(
        is_active=rule.is_active,
        after_hours=rule.after_hours,
        weekdays=sorted(set(rule.weekdays)),
        opens_at=rule.opens_at,
        closes_at=rule.closes_at,
        version=version,
    )
