"""Write what left lot by lot: the lines of shipments, loaded by `copy` after the shipments themselves."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from lingqu.modules.stock.api import IssuedLot
from lingqu.runtime.rows import NULL, day, field, row_of, stream, text
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_LINE = row_of("int4 uuid int2 uuid int2 int8", columns=10)


async def load_shipment_lines(
    tx: Tx, *, cell_id: int, shipments: Iterable[tuple[UUID, UUID, Sequence[tuple[int, IssuedLot]]]]
) -> None:
    """Write the lines of new shipments.

    Shapes: (shipment, order, parts); ``parts`` are (line, lot) in the positions of the shipment.
    """
    rows = (
        _LINE(cell_id, shipment_id.bytes, position, order_id.bytes, line_no, lot.quantity)
        + (NULL if lot.lot_id is None else field(lot.lot_id.bytes))
        + text(lot.lot_code)
        + day(lot.produced_on)
        + day(lot.expires_on)
        for shipment_id, order_id, parts in shipments
        for position, (line_no, lot) in enumerate(parts, start=1)
    )
    await tx.load(SQL["load_shipment_lines"], stream(rows))
