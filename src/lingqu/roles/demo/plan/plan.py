"""The whole plan of a demo: who, what, and the days."""

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

from lingqu.roles.demo.plan.assortment import Rates, plan_assortments
from lingqu.roles.demo.plan.calendar import Promotion, promotions
from lingqu.roles.demo.plan.channel import Channel, plan_channel
from lingqu.roles.demo.plan.goods import Goods, plan_goods
from lingqu.roles.demo.plan.members import Member, plan_members
from lingqu.roles.demo.plan.size import Size
from lingqu.roles.demo.plan.stories import Stories, plan_stories

_BREACHES = 5
_BRAND_GOODS = 8


class Plan(Struct, frozen=True, kw_only=True):
    """All that stands before the first day; `Trade` plays the days. ``rates`` are by firm and SKU."""

    size: Size
    first: date
    last: date
    channel: Channel
    goods: tuple[Goods, ...]
    members: tuple[Member, ...]
    rates: Mapping[int, Rates]
    promotions: tuple[Promotion, ...]
    stories: Stories

    @property
    def breach_goods(self) -> list[int]:
        """Name the SKUs that the shop of the price breach offers below the floor, by the piece."""
        return list(self.rates[self.stories.breaker])[:_BREACHES]

    @property
    def brand_goods(self) -> list[int]:
        """Name the SKUs for feasts of which the brand itself keeps a reserve for its distributors."""
        return [place for place, one in enumerate(self.goods) if one.family.temper == "gift"][:_BRAND_GOODS]


def make_plan(size: Size, *, last: date) -> Plan:
    """Plan a channel whose last day is ``last``."""
    first = last - timedelta(days=size.day_count - 1)
    channel = plan_channel(size)
    goods = plan_goods(size.sku_count)
    return Plan(
        size=size,
        first=first,
        last=last,
        channel=channel,
        goods=goods,
        members=plan_members(channel, count=size.member_count, first=first, day_count=size.day_count),
        rates=plan_assortments(channel, goods, sales_a_day=size.sale_count / size.day_count),
        promotions=promotions(first, last),
        stories=plan_stories(channel, size, last=last),
    )
