"""The members of the shops."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from lingqu.roles.demo.plan.channel import Channel, person
from lingqu.roles.demo.plan.dice import dice

_SETTLED = 0.4
_WEEK = 7


class Member(Struct, frozen=True, kw_only=True):
    """A member; ``dealer`` is the shop where it registered, ``phone`` a number of a block that nobody was given."""

    name: str
    phone: str
    dealer: int
    registered_on: date


def plan_members(channel: Channel, *, count: int, first: date, day_count: int) -> tuple[Member, ...]:
    """Name the members, those who registered first before the others; four in fourteen on the first day."""
    chance = dice("members", count, first)
    volumes = [channel.firms[dealer].volume for dealer in channel.dealers]
    shops = chance.choices(channel.dealers, volumes, k=count)
    weeks = sorted(max(0, int(chance.uniform(-_SETTLED, 1) * day_count)) // _WEEK for _ in range(count))
    return tuple(
        Member(
            name=person(chance),
            phone=f"+86190{number:08}",
            dealer=shop,
            registered_on=first + timedelta(days=week * _WEEK),
        )
        for number, (shop, week) in enumerate(zip(shops, weeks, strict=True))
    )


def members_by_dealer(members: Sequence[Member]) -> dict[int, list[int]]:
    """List the places of each shop's members in the order in which they registered."""
    found: dict[int, list[int]] = defaultdict(list)
    for place, member in enumerate(members):
        found[member.dealer].append(place)
    return found
