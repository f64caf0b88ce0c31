"""Orders on hold: something of them can be sent by nobody now; and lines that are parts of another."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

HoldCause = Literal["rejected", "timed-out"]


async def hold_order(tx: Tx, *, cell_id: int, order_id: UUID, seller_id: int, cause: HoldCause, reason: str) -> bool:
    """Put an order on hold; tell whether it was not on hold before."""
    return await tx.value(
        SQL["hold_order"],
        bool,
        cell_id=cell_id,
        order_id=order_id,
        seller_id=seller_id,
        cause=cause,
        reason=reason,
        now=tx.now,
    )


async def release_held(tx: Tx, *, cell_id: int, order_ids: Collection[UUID]) -> None:
    """Take orders off hold; one that is not on hold stays as it is."""
    if order_ids:
        await tx.run(SQL["release_held"], cell_id=cell_id, order_ids=list(order_ids))


async def find_held(tx: Tx, *, cell_id: int, before: datetime, limit: int) -> list[UUID]:
    """Name orders on hold that were not tried since."""
    return await tx.values(SQL["find_held"], UUID, cell_id=cell_id, before=before, limit=limit)


async def note_tried(tx: Tx, *, cell_id: int, order_ids: Collection[UUID]) -> None:
    """Write down that some orders were tried."""
    if order_ids:
        await tx.run(SQL["note_tried"], cell_id=cell_id, order_ids=list(order_ids), now=tx.now)


async def keep_parts(tx: Tx, *, cell_id: int, parts: Sequence[tuple[UUID, int, int]]) -> None:
    """Write down which lines are parts of which.

    Shapes: order, line, and the line it is a part of.
    """
    if parts:
        await tx.run(
            SQL["keep_parts"],
            cell_id=cell_id,
            order_id=[order_id for order_id, _, _ in parts],
            line_no=[line_no for _, line_no, _ in parts],
            part_of=[part_of for _, _, part_of in parts],
        )
