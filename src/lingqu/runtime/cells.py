"""Cells: how many this installation has, and which one a name falls into."""

import hashlib

from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def cell_count(tx: Tx) -> int:
    """Read the number of cells, fixed at `lingqu init`; cells are numbered from 0."""
    return await tx.value(SQL["cell_count"], int)


def cell_of(name: bytes, count: int) -> int:
    """Choose a cell by hash, the same one every time.

    Raises: ValueError if ``count`` is not positive.
    """
    if count <= 0:
        raise ValueError("an installation has at least one cell")
    return int.from_bytes(hashlib.sha256(name).digest()[:8], "big") % count
