"""Make product lines of brands."""

from collections.abc import Sequence

from lingqu.modules.network.code_taken import CodeTaken
from lingqu.modules.network.types import NewProductLine
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def add_product_lines(tx: Tx, *, lines: Sequence[NewProductLine]) -> list[int]:
    """Make many product lines in one statement.

    Shapes: the ids, in the order given.
    Raises: CodeTaken naming the first code that its brand has already.
    """
    columns = {name: [getattr(line, name) for line in lines] for name in NewProductLine.__struct_fields__}
    rows = await tx.tuples(SQL["add_product_lines"], **columns)
    id_of: dict[tuple[int, str], int] = {(brand_id, code): id_ for brand_id, code, id_ in rows}
    for line in lines:
        if (line.brand_id, line.code) not in id_of:
            raise CodeTaken(kind="product line", taken=line.code)
    ids = [id_of[line.brand_id, line.code] for line in lines]
    for line, id_ in zip(lines, ids, strict=True):
        tx.record("product-line", id_, after=line)
    return ids
