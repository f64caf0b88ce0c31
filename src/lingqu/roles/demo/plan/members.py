"""The members of the shops."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from lingqu.roles.demo.plan.channel import Channel, person
from lingqu.roles.demo.plan.dice import dice

_SETTLED = 0.4


class Member(Struct, frozen=True, kw_only=True):
    """A member; ``dealer`` is the shop where it registered."""

    name: str
    phone: str
    dealer: int
    registered_on: date


def plan_members(channel: Channel, *, count: int, first: date, day_count: int) -> tuple[Member, ...]:
    """Name the members, those who registered first before the others; two in five were there before the plan begins."""
    chance = dice("members", count, first)
    volumes = [channel.firms[dealer].volume for dealer in channel.dealers]
    shops = chance.choices(channel.dealers, volumes, k=count)
    days = sorted(max(0, round(chance.uniform(-_SETTLED, 1) * day_count)) for _ in range(count))
    return tuple(
        Member(
            name=person(chance),
            # 1000 is no operator's prefix, so nobody's real number is here.
            phone=f"1000{number:07}",
            dealer=shop,
            registered_on=first + timedelta(days=day),
        )
        for number, (shop, day) in enumerate(zip(shops, days, strict=True))
    )


def members_by_dealer(members: Sequence[Member]) -> dict[int, list[int]]:
    """List the places of each shop's members in the order in which they registered."""
    found: dict[int, list[int]] = defaultdict(list)
    for place, member in enumerate(members):
        found[member.dealer].append(place)
    return found
