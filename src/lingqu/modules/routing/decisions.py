"""Keep choices with their reasons, and read them back."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.routing.hold import keep_parts
from lingqu.modules.routing.types import Cause, Decision, Decisions, LineRoute, NodeName
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class Choice(Struct, frozen=True, kw_only=True):
    """A choice to keep with its order."""

    order_id: UUID
    seller_id: int
    setting_version: int
    user_id: int | None
    lines: Sequence[LineRoute]
    attempt: int = 1
    due_at: datetime | None = None


async def keep_choices(
    tx: Tx, *, cell_id: int, choices: Sequence[Choice], cause: Cause = "placed", reason: str = ""
) -> None:
    """Write choices of one cell, one statement for all, and which lines are parts of which."""
    await tx.run(
        SQL["keep_decisions"],
        cell_id=cell_id,
        now=tx.now,
        cause=cause,
        reason=reason,
        order_id=[choice.order_id for choice in choices],
        attempt=[choice.attempt for choice in choices],
        seller_id=[choice.seller_id for choice in choices],
        version=[choice.setting_version for choice in choices],
        user_id=[choice.user_id for choice in choices],
        lines=[msgspec.json.encode(choice.lines).decode() for choice in choices],
        due_at=[choice.due_at for choice in choices],
    )
    parts = [
        (choice.order_id, line.line_no, line.part_of)
        for choice in choices
        for line in choice.lines
        if line.part_of is not None
    ]
    await keep_parts(tx, cell_id=cell_id, parts=parts)


async def next_attempt(tx: Tx, *, cell_id: int, order_id: UUID) -> int:
    """Number the next choice of an order that the caller has locked."""
    return await tx.value(SQL["next_attempt"], int, cell_id=cell_id, order_id=order_id)


async def find_loads(tx: Tx, *, cell_id: int, node_ids: Collection[int], business_on: date) -> dict[int, int]:
    """Read how many lines some nodes were given on a day."""
    if not node_ids:
        return {}
    return dict(await tx.tuples(SQL["find_loads"], cell_id=cell_id, node_ids=sorted(node_ids), business_on=business_on))


async def add_loads(tx: Tx, *, cell_id: int, business_on: date, lines: dict[int, int]) -> None:
    """Count lines given to nodes on a day, in the order of the nodes' ids."""
    if lines:
        nodes = sorted(lines)
        counts = [lines[node_id] for node_id in nodes]
        await tx.run(SQL["add_loads"], cell_id=cell_id, business_on=business_on, node_ids=nodes, line_counts=counts)


async def read_decisions(tx: Tx, *, scope: Scope, order_id: UUID) -> Decisions:
    """Read why an order's lines leave from where they do, as its seller; empty where nothing was chosen.

    Raises: NotFound where the caller may see no choice of this order.
    """
    found = await tx.all(
        SQL["read_decisions"],
        Decision,
        order_id=order_id,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    if not found:
        raise NotFound(kind="decision", id=str(order_id))
    spoken = {line.node_id for one in found for line in one.lines}
    spoken |= {node_id for one in found for line in one.lines for step in line.steps for node_id in step.node_ids}
    spoken |= {gone.node_id for one in found for line in one.lines for gone in line.dropped}
    return Decisions(decisions=found, nodes=await tx.all(SQL["name_nodes"], NodeName, node_ids=sorted(spoken)))
