"""Epochs: a number per seller that rises with every change of price or right, so that stale copies show themselves."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Question, Rows, Tx

SQL = statements(__package__)


async def bump_epochs(tx: Tx, *, seller_ids: Iterable[int]) -> None:
    """Raise the epochs of some sellers, in (cell, seller) order, in the transaction of the change itself.

    Call it last: the rows stay locked until the commit, and placing orders waits for them.
    """
    by_cell: dict[int, list[int]] = defaultdict(list)
    for seller_id, cell_id in await tx.tuples(SQL["find_home_cells"], ids=sorted(set(seller_ids))):
        by_cell[cell_id].append(seller_id)
    for cell_id in sorted(by_cell):
        await tx.tuples(SQL["bump_epoch"], cell_id=cell_id, seller_id=sorted(by_cell[cell_id]))


async def find_epochs(tx: Tx, *, cell_id: int, seller_ids: Iterable[int]) -> dict[int, int]:
    """Read the epochs of some sellers of one cell; a seller that never changed is at 0."""
    wanted = sorted(set(seller_ids))
    found = dict(await tx.tuples(SQL["find_epochs"], cell_id=cell_id, seller_ids=wanted))
    return {seller_id: found.get(seller_id, 0) for seller_id in wanted}


def ask_epochs(wanted: Sequence[tuple[int, Iterable[int]]]) -> Question[list[dict[int, int]]]:
    """Ask the epochs of sellers of several cells, as `find_epochs`.

    Shapes: ``wanted`` are (cell, sellers); one answer for each.
    """
    sellers = [sorted(set(ids)) for _, ids in wanted]

    def read(found: list[Rows]) -> list[dict[int, int]]:
        known: list[dict[int, int]] = [dict(rows) for rows in found]
        return [{one: epochs.get(one, 0) for one in ids} for ids, epochs in zip(sellers, known, strict=True)]

    parameters = [{"cell_id": cell_id, "seller_ids": ids} for (cell_id, _), ids in zip(wanted, sellers, strict=True)]
    return Question(SQL["find_epochs"], parameters, read)
