"""Six stories that a visitor can find, all around the first distributor. docs/demo.md tells where."""

from datetime import date, timedelta

from msgspec import Struct

from lingqu.roles.demo.plan.channel import Channel
from lingqu.roles.demo.plan.size import Size

_MONDAY = 0


class Stories(Struct, frozen=True, kw_only=True):
    """Who and when. Firms by their place.

    - Near expiry: on ``old_lot_on`` the distributor was sent a big lot that expires on ``old_lot_expires_on``.
    - Over its limit: ``debtor`` has paid nothing since ``debtor_stopped_on``; its limit was lowered meanwhile.
    - Shortage at receipt and disputed amount: two orders of ``visited``, the shop where visitors sign in; the one of
      ``short_on`` came short.
    - Price breach: ``breaker`` sells below the brand's floor, which holds from ``floor_from`` on.
    - Gone quiet: ``silent`` has not ordered since ``silent_from``.
    """

    distributor: int
    visited: int
    debtor: int
    breaker: int
    silent: int
    debtor_stopped_on: date
    silent_from: date
    short_on: date
    old_lot_on: date
    old_lot_expires_on: date
    floor_from: date
    last: date


def plan_stories(channel: Channel, size: Size, *, last: date) -> Stories:
    """Choose among the first distributor's dealers: those who buy often, so that their change is seen."""
    distributor = channel.distributors[0]
    visited, *others = channel.dealers_of(distributor)
    loud = sorted(others, key=lambda place: channel.firms[place].volume, reverse=True)
    debtor, breaker, silent = loud[:3]
    monday = _last_order_before((_MONDAY,), last - timedelta(days=12))
    return Stories(
        distributor=distributor,
        visited=visited,
        debtor=debtor,
        breaker=breaker,
        silent=silent,
        debtor_stopped_on=last - timedelta(days=min(40, size.day_count * 2 // 3)),
        silent_from=last - timedelta(days=size.quiet_days),
        short_on=_last_order_before(channel.firms[visited].trade_days, last - timedelta(days=3)),
        old_lot_on=monday,
        old_lot_expires_on=last + timedelta(days=9),
        floor_from=last - timedelta(days=20),
        last=last,
    )


def _last_order_before(weekdays: tuple[int, ...], day: date) -> date:
    """Find the last of some weekdays up to a day."""
    while day.weekday() not in weekdays:
        day -= timedelta(days=1)
    return day
