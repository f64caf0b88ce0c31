"""Split a line of a locked order into parts that leave from different nodes: exact in packs and in money."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from lingqu.kernel.money import prorate
from lingqu.modules.orders.sheet import LineRow, Sheet
from lingqu.modules.routing.api import LineRoute
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class _Packs(Struct, frozen=True):
    asked_packs: int
    packs: int
    discount_minor: int


def is_whole(line: LineRow) -> bool:
    """Tell whether nothing of a line has left or was given up, so that its money may still be shared."""
    return line.shipped == 0 and line.cancelled == 0


async def split_line(
    tx: Tx, *, cell_id: int, sheet: Sheet, line: LineRow, routes: Sequence[LineRoute]
) -> list[LineRow]:
    """Share a line over its routes and write that; nothing of it may be reserved in stock, the caller takes it anew.

    The first part keeps the line's number. Each part is owed wholly until the caller reserves it.

    Shapes: a line per route, in their order; quantities of routes sum to the line's and are whole packs.
    """
    was = await tx.first(SQL["read_packs"], _Packs, cell_id=cell_id, order_id=sheet.order.id, line_no=line.line_no)
    assert was is not None, "the order is locked"  # noqa: S101 - a bug, not a "no"
    packs = [route.quantity // line.units_per_pack for route in routes]
    tax, total = prorate(line.tax_minor, packs), prorate(line.total_minor, packs)
    discount = prorate(was.discount_minor, packs)
    asked = [was.asked_packs - was.packs + packs[0], *packs[1:]]
    rows = [
        replace(
            line,
            line_no=route.line_no,
            quantity=route.quantity,
            reserved=0,
            back_ordered=route.quantity,
            tax_minor=tax[at],
            total_minor=total[at],
        )
        for at, route in enumerate(routes)
    ]
    await tx.run(
        SQL["insert_parts"],
        cell_id=cell_id,
        order_id=sheet.order.id,
        line_no=line.line_no,
        part_no=[row.line_no for row in rows[1:]],
        asked=asked[1:],
        packs=packs[1:],
        discount=discount[1:],
        tax=tax[1:],
        total=total[1:],
    )
    await tx.run(
        SQL["shrink_line"],
        cell_id=cell_id,
        order_id=sheet.order.id,
        line_no=line.line_no,
        asked=asked[0],
        packs=packs[0],
        discount=discount[0],
        tax=tax[0],
        total=total[0],
    )
    at = sheet.lines.index(line)
    sheet.lines[at] = rows[0]
    sheet.lines_before[at] = replace(rows[0])
    sheet.lines += rows[1:]
    sheet.lines_before += [replace(row) for row in rows[1:]]
    return rows
