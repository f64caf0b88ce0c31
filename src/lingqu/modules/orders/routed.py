"""Give each line of an order the stock key of the node that routing chooses, where there are nodes to choose from."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from lingqu.kernel.money import prorate
from lingqu.modules.orders.prepared import Prepared, PreparedLine
from lingqu.modules.routing.api import (
    Choice,
    Course,
    Facts,
    Line,
    LineRoute,
    add_loads,
    choose,
    gather,
    keep_choices,
    nodes_of,
)
from lingqu.runtime.tx import Tx

Router = Callable[[Prepared, Mapping[int, int]], Prepared]


async def route_orders(tx: Tx, *, cell_id: int, business_on: date, orders: Sequence[Prepared]) -> Sequence[Prepared]:
    """Choose the nodes of a batch by one plain read of stock; what another batch takes meanwhile shows itself as short.

    Shapes: the orders in the order given, as they came where their seller has nothing to choose.
    """
    if all(order.course is None for order in orders):
        return orders
    facts = await gather_facts(tx, cell_id, business_on, orders)
    return [routed(order, facts) for order in orders]


async def router_of(tx: Tx, *, cell_id: int, business_on: date, orders: Sequence[Prepared]) -> Router | None:
    """Make what routes an order by the goods that are left under locks; None where no order needs it."""
    if all(order.course is None for order in orders):
        return None
    facts = await gather_facts(tx, cell_id, business_on, orders)

    def route(order: Prepared, left: Mapping[int, int]) -> Prepared:
        some = {key: left.get(key, 0) for key in order.keys}
        return routed(order, replace(facts, free=some))

    return route


async def keep_routes(tx: Tx, *, cell_id: int, business_on: date, orders: Sequence[Prepared]) -> None:
    """Write down why, in the transaction that places the orders."""
    chosen = [(order, order.course) for order in orders if order.course is not None]
    if not chosen:
        return
    choices = [
        Choice(
            order_id=order.id,
            seller_id=order.seller_id,
            setting_version=course.version,
            user_id=order.placed_by,
            lines=order.routes,
            due_at=due_of(tx, course),
        )
        for order, course in chosen
    ]
    await keep_choices(tx, cell_id=cell_id, choices=choices)
    given = Counter(route.node_id for order, course in chosen if course.counts_load for route in order.routes)
    await add_loads(tx, cell_id=cell_id, business_on=business_on, lines=dict(given))


def due_of(tx: Tx, course: Course) -> datetime | None:
    """Tell until when the chosen nodes must have taken the work on."""
    return None if course.accept_hours is None else tx.now + timedelta(hours=course.accept_hours)


async def gather_facts(tx: Tx, cell_id: int, business_on: date, orders: Sequence[Prepared]) -> Facts:
    """Read what the rules look at, for orders of one cell and day."""
    return await gather(
        tx,
        cell_id=cell_id,
        business_on=business_on,
        baskets=[(order.course, [line.sku_id for line in order.lines]) for order in orders if order.course is not None],
        minute=0,
    )


def routed(order: Prepared, facts: Facts) -> Prepared:
    """Choose for one order; it leaves from that of its seller's nodes that serves most of its lines."""
    course = order.course
    if course is None:
        return order
    lines = [Line(line.line_no, line.sku_id, line.quantity, line.units_per_pack) for line in order.lines]
    routes = choose(course, lines, replace(facts, minute=order.minute))
    bins = dict(zip(course.node_ids, course.bin_ids, strict=True))
    theirs = nodes_of(course)
    counts = Counter(route.node_id for route in routes if route.node_id not in theirs)
    parts: dict[int, list[LineRoute]] = defaultdict(list)
    for route in routes:
        parts[route.part_of or route.line_no].append(route)
    split = [line for whole in order.lines for line in _parts(whole, parts[whole.line_no], bins)]
    return replace(
        order,
        ship_from=min(counts, key=lambda node_id: (-counts[node_id], node_id)) if counts else order.ship_from,
        lines=tuple(sorted(split, key=lambda line: line.line_no)),
        routes=tuple(routes),
    )


def _parts(line: PreparedLine, routes: Sequence[LineRoute], bins: Mapping[int, int]) -> list[PreparedLine]:
    """Give a line the keys of its nodes; several parts share its packs, and its money to the minor unit."""
    packs = [route.quantity // line.units_per_pack for route in routes]
    money = [prorate(amount, packs) for amount in (line.discount_minor, line.tax_minor, line.total_minor)]
    return [
        replace(
            line,
            line_no=route.line_no,
            key=bins[route.node_id] << 32 | line.sku_id,
            asked_packs=line.asked_packs - line.packs + packs[0] if at == 0 else packs[at],
            packs=packs[at],
            reserved=route.quantity,
            discount_minor=money[0][at],
            tax_minor=money[1][at],
            total_minor=money[2][at],
        )
        for at, route in enumerate(routes)
    ]
