"""Further warehouses of three sellers, what is brought there on the last day, and orders that must choose."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from lingqu.roles.demo.plan.channel import Channel
from lingqu.roles.demo.plan.day import Line
from lingqu.roles.demo.plan.open_orders import OpenOrder, Until
from lingqu.roles.demo.plan.places import County, counties
from lingqu.roles.demo.plan.trade import Trade

BRAND = 0
BRAND_CASES = 60
_SHARE = 3
_MOVED = 40
_CASES = 2
_LINES = 3
_HANGZHOU, _SUZHOU, _HEFEI, _NANJING = 156330100, 156320500, 156340100, 156320100


class Branch(Struct, frozen=True, kw_only=True):
    """A warehouse beside the first one, or the first one itself where there is no ``name``.

    Units: ``cut_off_minute`` of the day; money in fen, ``per_km_minor`` a kilometre; ``radius`` names the prefectures
    whose buyers it serves, none for all.
    """

    firm: int
    county: County
    code: str = ""
    name: str = ""
    preference: int = 100
    lead_time_days: int = 1
    cut_off_minute: int | None = None
    base_minor: int = 0
    per_km_minor: int = 0
    lines_per_day: int | None = None
    levels: tuple[str, ...] = ()
    radius: tuple[int, ...] = ()


class Moved(Struct, frozen=True):
    """Base units of a SKU that go from a seller's first warehouse to a branch."""

    branch: Branch
    goods: int
    quantity: int


def plan_branches(channel: Channel) -> list[Branch]:
    """Give the brand, a plant and a distributor warehouses where their buyers are; the first of each is its own."""
    plant, distributor = channel.suppliers[0], channel.distributors[0]
    home = {place: channel.firms[place].county for place in (BRAND, plant, distributor)}
    county = {one.region_id: one for region in (_HANGZHOU, _SUZHOU, _HEFEI, _NANJING) for one in counties(region)}
    five, four, noon = 17 * 60, 16 * 60, 12 * 60
    return [
        Branch(firm=BRAND, county=home[BRAND], cut_off_minute=five, base_minor=60_00, per_km_minor=90),
        Branch(
            firm=BRAND,
            county=county[156320115],
            code="NJ-RDC",
            name="南京区域配送中心",
            cut_off_minute=four,
            base_minor=50_00,
            per_km_minor=80,
        ),
        Branch(
            firm=BRAND,
            county=county[156340121],
            code="HF-RDC",
            name="合肥区域配送中心",
            lead_time_days=2,
            cut_off_minute=noon,
            base_minor=40_00,
            per_km_minor=70,
        ),
        Branch(firm=plant, county=home[plant], cut_off_minute=five, base_minor=80_00, per_km_minor=100),
        Branch(
            firm=plant,
            county=county[156320583],
            code="KS-DC",
            name="昆山分拨仓",
            cut_off_minute=four,
            base_minor=60_00,
            per_km_minor=90,
            radius=(_SUZHOU, _NANJING, 156330200),
        ),
        Branch(
            firm=plant,
            county=county[156340181],
            code="CH-DC",
            name="巢湖分拨仓",
            lead_time_days=2,
            cut_off_minute=noon,
            base_minor=60_00,
            per_km_minor=90,
        ),
        Branch(firm=distributor, county=home[distributor], cut_off_minute=four, base_minor=15_00, per_km_minor=60),
        Branch(
            firm=distributor,
            county=county[156330109],
            code="XS",
            name="萧山前置仓",
            cut_off_minute=five,
            base_minor=12_00,
            per_km_minor=50,
            lines_per_day=400,
        ),
        Branch(
            firm=distributor,
            county=county[156330122],
            code="TL",
            name="桐庐分仓",
            lead_time_days=2,
            cut_off_minute=noon,
            base_minor=10_00,
            per_km_minor=50,
            lines_per_day=120,
            levels=("A", "B"),
        ),
    ]


def plan_moves(trade: Trade, branches: Sequence[Branch], opened: Sequence[OpenOrder]) -> list[Moved]:
    """Bring a third of what a seller has left of most to each of its branches, in whole cases."""
    plan = trade.plan
    taken: dict[tuple[int, int], int] = {}
    for order in opened:
        for line in order.lines:
            units = line.packs * plan.goods[line.goods].packs[line.pack].units
            taken[order.seller, line.goods] = taken.get((order.seller, line.goods), 0) + units
    moves: list[Moved] = []
    for branch in branches:
        if branch.name and branch.firm != BRAND:
            cases = {
                goods: (trade.shelves[branch.firm].free(goods, plan.last) - taken.get((branch.firm, goods), 0))
                // (_SHARE * plan.goods[goods].case)
                for goods in _sold(trade, branch.firm)
            }
            most = sorted(cases, key=lambda goods: (-cases[goods], goods))[:_MOVED]
            moves += [Moved(branch, goods, cases[goods] * plan.goods[goods].case) for goods in most if cases[goods] > 0]
    return moves


def plan_branch_orders(trade: Trade, moves: Sequence[Moved]) -> list[OpenOrder]:
    """Let buyers near and far from the branches order a little of what lies in several places."""
    channel = trade.plan.channel
    plant, distributor = channel.suppliers[0], channel.distributors[0]
    _, ningbo, _, suzhou, nanjing, hefei = channel.distributors
    by_county = {channel.firms[dealer].county.region_id: dealer for dealer in channel.dealers_of(distributor)}
    wanted = [
        (distributor, by_county[156330122], Until.PLACED),
        (distributor, by_county[156330109], Until.CONFIRMED),
        (distributor, by_county[156330127], Until.CONFIRMED),
        (distributor, by_county[156330110], Until.PLACED),
        (plant, suzhou, Until.PLACED),
        (plant, hefei, Until.CONFIRMED),
        (plant, ningbo, Until.CONFIRMED),
        (BRAND, hefei, Until.PLACED),
        (BRAND, nanjing, Until.CONFIRMED),
        (BRAND, ningbo, Until.PLACED),
    ]
    return [
        OpenOrder(seller=seller, buyer=buyer, until=until, lines=tuple(_lines(trade, seller, moves, number)))
        for number, (seller, buyer, until) in enumerate(wanted)
    ]


def _lines(trade: Trade, seller: int, moves: Sequence[Moved], number: int) -> Iterator[Line]:
    goods = trade.plan.brand_goods if seller == BRAND else _everywhere(seller, moves)
    for place in goods[number % 2 : number % 2 + _LINES]:
        yield Line(place, len(trade.plan.goods[place].packs) - 1, 1 if number % 2 else _CASES)


def _everywhere(seller: int, moves: Sequence[Moved]) -> list[int]:
    """List what came to every branch of a seller, the most of it first."""
    got: dict[int, list[int]] = {}
    for move in moves:
        if move.branch.firm == seller:
            got.setdefault(move.goods, []).append(move.quantity)
    return [goods for goods, quantities in got.items() if len(quantities) > 1]


def _sold(trade: Trade, firm: int) -> list[int]:
    """List what a firm sells, a plant what it makes, a distributor its range; the story's old lot stays where it is."""
    plan, channel = trade.plan, trade.plan.channel
    old = plan.stories.old_lot_expires_on
    if firm in channel.suppliers:
        return [goods for goods, one in enumerate(plan.goods) if channel.suppliers[one.family.supplier] == firm]
    lots = trade.shelves[firm].lots
    return [goods for goods in plan.rates[firm] if all(part.expires_on != old for part in lots[goods])]
