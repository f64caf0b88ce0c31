"""Bookmarks: where a long piece of work stands, kept beside what it wrote, so that a stop never doubles or skips."""

from typing import TypeVar

import msgspec
from psycopg.types.json import Jsonb

from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
State = TypeVar("State")


async def read_bookmark(tx: Tx, *, cell_id: int, name: str, shape: type[State]) -> State | None:
    """Read what was saved under a name; None: nothing was."""
    rows = await tx.tuples(SQL["read_bookmark"], cell_id=cell_id, name=name)
    return msgspec.convert(rows[0][0], shape) if rows else None


async def save_bookmark(tx: Tx, *, cell_id: int, name: str, state: object) -> None:
    """Save where the work stands, in the transaction of the step it has just taken."""
    await tx.run(SQL["save_bookmark"], cell_id=cell_id, name=name, state=Jsonb(msgspec.to_builtins(state)), now=tx.now)
