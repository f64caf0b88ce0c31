"""Turn the database of an installation into its distributed layout on Citus, from the catalogue alone.

What lives in cells is distributed by ``cell_id``, all of it colocated; every other table is kept whole on every node.
No list of tables is kept anywhere: a new table or function is placed by the shape that the architecture tests demand.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

import psycopg
from msgspec import Struct
from psycopg.rows import class_row
from psycopg.sql import SQL, Identifier, Literal

from lingqu.runtime.sql import statements

CATALOGUE = statements(__package__)

Row = TypeVar("Row", bound=Struct)

_VERSIONED = re.compile(r"_v\d+$")


class Distributable(Struct, frozen=True, kw_only=True):
    """A table as the catalogue tells it. ``is_in_cells``: its primary key begins with the cell."""

    schema: str
    name: str
    has_cell: bool
    is_in_cells: bool
    is_own_book: bool

    @property
    def full_name(self) -> str:
        return SQL("{}.{}").format(Identifier(self.schema), Identifier(self.name)).as_string()


class Reference(Struct, frozen=True, kw_only=True):
    """A foreign key: the table it is of, and how to make it again."""

    schema: str
    table: str
    name: str
    definition: str


class Function(Struct, frozen=True, kw_only=True):
    """A function: its signature as `regprocedure` reads it."""

    schema: str
    name: str
    signature: str
    arguments: list[str]
    body: str


class Plan(Struct, frozen=True, kw_only=True):
    """What has to be done: ``statements`` in one transaction, ``settings`` afterwards, each by itself."""

    references: Sequence[str]
    distributed: Sequence[str]
    delegated: Sequence[str]
    statements: Sequence[str]
    settings: Sequence[str]


class NotDistributable(Exception):
    """A table has the cell but not first in its primary key, or this is no database that can be distributed."""


def plan(connection: psycopg.Connection, *, schemas: Sequence[str], shards: int) -> Plan:
    """Read the catalogue and plan the way to the distributed layout; writes nothing.

    Raises: NotDistributable naming the tables that no shard could hold.
    """
    tables = _read(connection, "read_distributable_tables", Distributable, schemas)
    foreign_keys = _read(connection, "read_references", Reference, schemas)
    functions = _read(connection, "read_functions", Function, schemas)
    if lame := [table.full_name for table in tables if table.has_cell and not table.is_in_cells]:
        raise NotDistributable(f"cell_id does not begin the primary key of {', '.join(lame)}")
    in_cells = [table.full_name for table in tables if table.is_in_cells]
    if not in_cells:
        raise NotDistributable("this database holds no table of the data plane; run `lingqu init` first")
    whole = [table.full_name for table in tables if not table.has_cell and not table.is_own_book]
    delegated = _outermost(functions)
    return Plan(
        references=whole,
        distributed=in_cells,
        delegated=[function.signature for function in delegated],
        statements=[
            "set local citus.multi_shard_modify_mode = 'sequential'",
            f"set local citus.shard_count = {shards:d}",
            *(_drop(key) for key in foreign_keys),
            *(_call("select create_reference_table({})", name) for name in whole),
            _call("select create_distributed_table({}, 'cell_id', colocate_with => 'none')", in_cells[0]),
            *(
                _call("select create_distributed_table({}, 'cell_id', colocate_with => {})", name, in_cells[0])
                for name in in_cells[1:]
            ),
            *(_add(key) for key in foreign_keys),
            *_placed(functions, delegated, in_cells[0]),
        ],
        settings=[
            SQL("alter database {} set citus.override_table_visibility = off")
            .format(Identifier(connection.info.dbname))
            .as_string(),
            "alter system set citus.recover_2pc_interval = '3s'",
            "select pg_reload_conf()",
        ],
    )


def distribute(connection: psycopg.Connection, planned: Plan) -> None:
    """Carry a plan out on a coordinator, all of it or nothing. ``connection`` commits each statement by itself.

    Raises: NotDistributable without Citus, or where the layout stands already; psycopg.Error if Citus refuses.
    """
    if not _has(connection, "select from pg_extension where extname = 'citus'"):
        raise NotDistributable("this database has no Citus extension; `create extension citus` on every node first")
    if _has(connection, "select from pg_dist_partition"):
        raise NotDistributable("this database is distributed already")
    with connection.transaction():
        for statement in planned.statements:
            connection.execute(statement.encode())
    for setting in planned.settings:
        connection.execute(setting.encode())


def _has(connection: psycopg.Connection, question: str) -> bool:
    return connection.execute(f"{question} limit 1".encode()).fetchone() is not None


def _outermost(functions: Sequence[Function]) -> list[Function]:
    """Find the functions that begin a cell's work: they take the cell first and no other function calls them."""
    bodies = "\n".join(function.body for function in functions)
    return [
        function
        for function in functions
        if function.arguments[:1] == ["p_cell"]
        and _VERSIONED.search(function.name)
        and not re.search(rf"\b{function.schema}\.{function.name}\s*\(", bodies)
    ]


def _placed(functions: Sequence[Function], delegated: Sequence[Function], with_table: str) -> Iterator[str]:
    """Put every function on every node, the inner ones first, and let the outermost run where their cell lives."""
    for function in functions:
        if function not in delegated:
            yield _call("select create_distributed_function({})", function.signature)
    for function in delegated:
        yield _call(
            "select create_distributed_function({}, 'p_cell', colocate_with := {}, force_delegation := true)",
            function.signature,
            with_table,
        )


def _call(text: str, *values: str) -> str:
    return text.format(*(Literal(value).as_string() for value in values))


def _drop(key: Reference) -> str:
    return (
        SQL("alter table {}.{} drop constraint {}")
        .format(Identifier(key.schema), Identifier(key.table), Identifier(key.name))
        .as_string()
    )


def _add(key: Reference) -> str:
    head = SQL("alter table {}.{} add constraint {} ").format(
        Identifier(key.schema), Identifier(key.table), Identifier(key.name)
    )
    return head.as_string() + key.definition


def _read(connection: psycopg.Connection, name: str, shape: type[Row], schemas: Sequence[str]) -> list[Row]:
    with connection.cursor(row_factory=class_row(shape)) as cursor:
        return cursor.execute(CATALOGUE[name].text, {"schemas": list(schemas)}).fetchall()
