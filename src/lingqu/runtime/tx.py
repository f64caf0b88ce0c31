"""One open transaction: reads and writes named statements, collects events and changes.

Module code receives it as its first argument and never commits; the edge does (`lingqu.runtime.db`).
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct
from psycopg import AsyncConnection, AsyncCursor
from psycopg.rows import dict_row, tuple_row

from lingqu.kernel.event import Event
from lingqu.kernel.scope import Actor
from lingqu.runtime.audit import Change, audit_rows
from lingqu.runtime.copying import copy_in
from lingqu.runtime.outbox import outbox_rows
from lingqu.runtime.sql import Statement, statements

SQL = statements(__package__)

Row = TypeVar("Row")
Answer = TypeVar("Answer")

Load = tuple[Statement, bytes]
"""A ``copy … (format binary)`` and the rows for it, packed (`lingqu.runtime.rows`)."""


Rows = list[tuple[Any, ...]]


class Question(Struct, Generic[Answer], frozen=True):
    """A read that may go together with others (`Tx.ask`): a statement, run once for each set of parameters.

    ``read`` makes the answer of the rows, a list of them for each set of parameters.
    """

    statement: Statement
    parameters: Sequence[Mapping[str, Any]]
    read: Callable[[list[Rows]], Answer]


class Tx:
    """An open transaction. ``now`` is the present for everything inside it."""

    def __init__(self, connection: AsyncConnection, *, now: datetime) -> None:
        self.connection = connection
        self.now = now
        self.actor: Actor | None = None
        self.cell_id = 0
        self.changes: list[Change] = []
        self.events: list[tuple[int, Event]] = []
        self._last: list[Load] = []

    async def all(self, statement: Statement, shape: type[Row], **parameters: Any) -> list[Row]:
        """Read every row of ``statement`` as ``shape``, a struct whose fields are the columns."""
        async with self.connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(statement.text, parameters)
            rows = await cursor.fetchall()
        return msgspec.convert(rows, list[shape], strict=False)  # type: ignore[valid-type]

    async def rows(self, statement: Statement, shape: type[Row], **parameters: Any) -> list[Row]:
        """Read every row as ``shape``, whose fields are the statement's columns in their order, unchecked.

        For wide batches of plain columns, where looking at every field again costs more than reading it.
        """
        return [shape(*row) for row in await self.tuples(statement, **parameters)]

    async def first(self, statement: Statement, shape: type[Row], **parameters: Any) -> Row | None:
        """Read the first row as ``shape``, or None where there is none."""
        async with self.connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(statement.text, parameters)
            row = await cursor.fetchone()
        return None if row is None else msgspec.convert(row, shape, strict=False)

    async def one(self, statement: Statement, shape: type[Row], **parameters: Any) -> Row:
        """Read the single row as ``shape``.

        Raises: LookupError if there is none (a bug: the caller promised that it exists).
        """
        row = await self.first(statement, shape, **parameters)
        if row is None:
            raise LookupError(f"{statement.package}.{statement.name} found no row")
        return row

    async def value(self, statement: Statement, shape: type[Row], **parameters: Any) -> Row:
        """Read the first column of the single row as ``shape``.

        Raises: LookupError if there is no row.
        """
        values = await self.values(statement, shape, **parameters)
        if not values:
            raise LookupError(f"{statement.package}.{statement.name} found no row")
        return values[0]

    async def values(self, statement: Statement, shape: type[Row], **parameters: Any) -> list[Row]:
        """Read the first column of every row as ``shape``."""
        rows = await self.tuples(statement, **parameters)
        return msgspec.convert([row[0] for row in rows], list[shape], strict=False)  # type: ignore[valid-type]

    async def tuples(self, statement: Statement, **parameters: Any) -> list[tuple[Any, ...]]:
        """Read every row as a plain tuple: for wide batches where a struct a row would cost too much."""
        async with self.connection.cursor(row_factory=tuple_row) as cursor:
            await cursor.execute(statement.text, parameters)
            return await cursor.fetchall()

    async def each(
        self, statement: Statement, shape: type[Row], parameters: Sequence[Mapping[str, Any]]
    ) -> list[Row | None]:
        """Run a statement once for each set of parameters, all in one trip, and read the first row of each."""
        if not parameters:
            return []
        rows: list[Any] = []
        async with self.connection.cursor(row_factory=dict_row) as cursor:
            await cursor.executemany(statement.text, parameters, returning=True)
            while True:
                rows.append(await cursor.fetchone())
                if not cursor.nextset():
                    break
        found: list[Row | None] = msgspec.convert(rows, list[shape | None], strict=False)  # type: ignore[valid-type]
        return found

    async def tuples_each(self, statement: Statement, parameters: Sequence[Mapping[str, Any]]) -> "list[Rows]":
        """Run a statement once for each set of parameters, all in one trip, and read every row of each."""
        (found,) = await self.ask(Question(statement, parameters, list))
        return found  # type: ignore[no-any-return]

    async def ask(self, *questions: "Question[Any]") -> list[Any]:
        """Ask several things in one trip, one after the other, and give the answers in that order."""
        async with self.connection.pipeline(), AsyncExitStack() as open_until:
            cursors: list[tuple[Question[Any], AsyncCursor[Any]]] = []
            for question in questions:
                if question.parameters:
                    cursor = await open_until.enter_async_context(self.connection.cursor(row_factory=tuple_row))
                    await cursor.executemany(question.statement.text, question.parameters, returning=True)
                    cursors.append((question, cursor))
            found = {id(question): await _every_row(cursor) for question, cursor in cursors}
        return [question.read(found.get(id(question), [])) for question in questions]

    async def each_in_turn(
        self, statement: Statement, shape: type[Row], parameters: Sequence[Mapping[str, Any]]
    ) -> list[Row | None]:
        """As `each`, but transactions that name the same cell go one after the other, and look when it is their turn.

        Whoever looked before the one before it has committed would meet every row a second time. Nothing is right
        because of this, only faster.

        Shapes: each set of parameters has its ``cell_id``, ascending.
        """
        async with self.connection.pipeline():
            await self.run_each(SQL["await_cell"], [{"cell_id": one["cell_id"]} for one in parameters])
            return await self.each(statement, shape, parameters)

    async def run(self, statement: Statement, **parameters: Any) -> int:
        """Run a statement that returns nothing and tell how many rows it touched."""
        async with self.connection.cursor() as cursor:
            await cursor.execute(statement.text, parameters)
            return cursor.rowcount

    async def run_each(self, statement: Statement, parameters: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement that returns nothing once for each set of parameters, all in one trip."""
        async with self.connection.cursor() as cursor:
            await cursor.executemany(statement.text, parameters)

    async def copy(self, statement: Statement, rows: Sequence[Sequence[Any]]) -> int:
        """Load many rows by ``copy … from stdin``: imports and the demo, never a single write."""
        cursor: AsyncCursor[Any]
        async with self.connection.cursor() as cursor:
            async with cursor.copy(statement.text) as copy:
                for row in rows:
                    await copy.write_row(row)
            return cursor.rowcount

    async def load(self, statement: Statement, rows: bytes) -> None:
        """Load rows that were packed already (`lingqu.runtime.rows`) by ``copy … (format binary)``."""
        await self.load_all([(statement, rows)])

    async def load_all(self, loads: Sequence[Load]) -> None:
        """Load rows of several tables, in the order given, in one request."""
        if not loads:
            return
        texts, streams = zip(*[(statement.text, rows) for statement, rows in loads], strict=True)
        async with self.connection.lock:
            await self.connection.wait(copy_in(self.connection.pgconn, texts, streams))

    def load_last(self, loads: Sequence[Load]) -> None:
        """Load rows together with the events, right before the commit: nothing of this transaction reads them."""
        self._last += loads

    def emit(self, event: Event, *, cell_id: int | None = None) -> None:
        """Publish ``event`` when this transaction commits; the cell defaults to the actor's own."""
        self.events.append((self.cell_id if cell_id is None else cell_id, event))

    def record(
        self,
        kind: str,
        object_id: object,
        *,
        before: object | None = None,
        after: object | None = None,
        cell_id: int | None = None,
        actor: Actor | None = None,
    ) -> None:
        """Note a change for the audit log: what kind of object, which one, and its state before and after.

        ``actor`` is who made it where the transaction serves several; default: whom it serves.
        """
        cell = self.cell_id if cell_id is None else cell_id
        self.changes.append(Change(cell, kind, str(object_id), before, after, actor))

    async def flush(self) -> None:
        """Write the collected events and changes. Called by the edge right before the commit."""
        last = list(self._last)
        if self.events:
            last.append((SQL["load_outbox"], outbox_rows(self.events, now=self.now)))
        if self.changes:
            last.append((SQL["load_audit"], audit_rows(self.changes, actor=self.actor, now=self.now)))
        await self.load_all(last)


async def _every_row(cursor: AsyncCursor[Any]) -> list[Rows]:
    found: list[Rows] = []
    while True:
        found.append(await cursor.fetchall())
        if not cursor.nextset():
            return found
