"""Small backlogs made up by a test, and every plan that is possible for one."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from lingqu.modules.routing.backlog import (
    Backlog,
    LineId,
    Moves,
    Part,
    Place,
    Terms,
    WaitingLine,
    WaitingOrder,
    key_at,
)
from lingqu.modules.routing.plan import Buyer, Plan, Site, course_of
from lingqu.modules.routing.plan_faults import faults
from lingqu.modules.routing.types import NewSetting, NodeSetting

START = datetime(2026, 3, 1, tzinfo=UTC)
TERMS = Terms(late_minor=40, split_minor=25)


def line(line_no: int = 1, sku_id: int = 1, node: int = 1, **given: Any) -> WaitingLine:
    """Describe a line that leaves from a node; 10 pieces owed unless told otherwise."""
    facts = {"units": 1, "open": 10, "reserved": 0, "shipped": 0, "cancelled": 0} | given
    is_whole = not facts["shipped"] and not facts["cancelled"]
    return WaitingLine(line_no=line_no, sku_id=sku_id, bin_id=100 + node, is_whole=is_whole, **facts)


def order(number: int, *lines: WaitingLine, ways: tuple[int, ...] = (30, 50, 90), **given: Any) -> WaitingOrder:
    """Describe an order; ``ways``: what a delivery costs from each node, the number of the order is its age's order."""
    most, let_go = given.get("max_parts", 1), given.get("let_go", ())
    sites = tuple(
        Site(id=node, seller_id=1, name=f"N{node}", bin_id=100 + node, latitude=30.0, longitude=120.0)
        for node in range(1, len(ways) + 1)
    )
    setting = NewSetting(
        rules=("stock", "splits", "preferred"),
        max_parts=most,
        nodes=tuple(
            NodeSetting(node_id=node, base_minor=way, lines_per_day=given.get("lines_per_day"))
            for node, way in enumerate(ways, start=1)
        ),
    )
    buyer = Buyer(id=9, level="A", latitude=30.0, longitude=120.0, region_path=())
    kept = tuple(site for site in sites if site.id not in let_go)
    return WaitingOrder(
        id=UUID(int=number),
        placed_at=START + timedelta(days=number),
        days=given.get("days", 1),
        course=course_of(Plan(seller_id=1, version=1, setting=setting, sites=kept), buyer),
        places=tuple(
            Place(bin_id=site.bin_id, node_id=site.id, km=site.id, cost_minor=way, may_serve=site.id not in let_go)
            for site, way in zip(sites, ways, strict=True)
        ),
        used_bins=frozenset(100 + node for node in given.get("used", ())),
        last_line_no=max(one.line_no for one in lines),
        lines=lines,
    )


def backlog(*orders: WaitingOrder, free: dict[tuple[int, int], int], **given: Any) -> Backlog:
    """Put orders together; ``free`` by node and SKU."""
    facts = {"days_left": {}, "loads": {}, "room": {}, "minute": 600, "terms": TERMS} | given
    return Backlog(orders=orders, free={key_at(100 + node, sku): left for (node, sku), left in free.items()}, **facts)


def every_plan(share: Backlog) -> Iterator[Moves]:
    """Try each line's every way to leave, and give the plans that break no rule."""
    names: list[LineId] = []
    choices: list[list[tuple[Part, ...] | None]] = []
    for one in share.orders:
        bins = [place.bin_id for place in one.places]
        for some in one.lines:
            names.append((one.id, some.line_no))
            steps = [quantity for quantity in range(some.open + 1) if some.whole(quantity) == quantity]
            spread = [
                tuple((bin_id, quantity) for bin_id, quantity in zip(bins, given, strict=True) if quantity)
                for given in product(steps, repeat=len(bins))
            ]
            choices.append([None, *(parts for parts in spread if parts)])
    for chosen in product(*choices):
        moves = {name: parts for name, parts in zip(names, chosen, strict=True) if parts is not None}
        if not faults(share, moves):
            yield moves


@st.composite
def backlogs(draw: st.DrawFn, *, orders: int = 4, nodes: int = 3, most: int = 12) -> Backlog:
    """Draw a backlog: packs, promises, lines in motion, nodes that let go, goods short here and plenty there."""
    made = []
    for number in range(1, draw(st.integers(1, orders)) + 1):
        lines = []
        for line_no in range(1, draw(st.integers(1, 2)) + 1):
            units = draw(st.sampled_from([1, 2, 6]))
            quantity = draw(st.integers(1, max(most // units, 1))) * units
            shipped = draw(st.sampled_from([0, 0, 0, 1])) if quantity > 1 else 0
            reserved = draw(st.integers(0, quantity - shipped - 1)) if draw(st.booleans()) else 0
            lines.append(
                line(
                    line_no,
                    draw(st.integers(1, 2)),
                    draw(st.integers(1, nodes)),
                    units=units,
                    open=quantity - shipped,
                    reserved=reserved,
                    shipped=shipped,
                )
            )
        made.append(
            order(
                number,
                *lines,
                ways=tuple(draw(st.integers(0, 200)) for _ in range(nodes)),
                max_parts=draw(st.integers(1, 3)),
                days=draw(st.integers(1, 9)),
                let_go=draw(st.sets(st.integers(1, nodes), max_size=1)),
                used=draw(st.sets(st.integers(1, nodes), max_size=1)),
            )
        )
    free = {
        (node, sku): draw(st.integers(-2, most))
        for node in range(1, nodes + 1)
        for sku in (1, 2)
        if draw(st.booleans())
    }
    room = {node: draw(st.integers(0, 3)) for node in draw(st.sets(st.integers(1, nodes), max_size=2))}
    terms = Terms(late_minor=draw(st.integers(0, 60)), split_minor=draw(st.integers(0, 60)))
    return backlog(*made, free=free, room=room, terms=terms)
