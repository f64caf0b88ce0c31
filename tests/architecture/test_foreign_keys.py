"""Foreign keys point down the module order, and only inside a cell or to a reference table."""

from collections.abc import Sequence

import psycopg

from tests.architecture.house import level_of_schema
from tools.schema import ForeignKey, Table, read_schema

_FORBIDDEN_ON_DELETE = {"n": "set null", "d": "set default"}


def trespasses(tables: Sequence[Table], levels: dict[str, int]) -> list[str]:
    """Name every foreign key that the rules forbid, and why."""
    by_name = {table.full_name: table for table in tables}
    return [
        f"{table.full_name}.{key.name}: {fault}"
        for table in tables
        for key in table.foreign_keys
        for fault in _faults(table, key, by_name[f"{key.to_schema}.{key.to_table}"], levels)
    ]


def _faults(table: Table, key: ForeignKey, target: Table, levels: dict[str, int]) -> list[str]:
    found = []
    if table.schema != target.schema and levels[target.schema] >= levels[table.schema]:
        found.append(f"points up or sideways to {target.schema}")
    if target.is_data_plane and not table.is_data_plane:
        found.append("points from a reference table into a cell")
    if target.is_data_plane and table.is_data_plane and (key.columns[0], key.to_columns[0]) != ("cell_id", "cell_id"):
        found.append("may leave its cell")
    if table.is_data_plane and key.on_delete in _FORBIDDEN_ON_DELETE:
        found.append(f"on delete {_FORBIDDEN_ON_DELETE[key.on_delete]}")
    return found


def test_foreign_keys_point_down_and_stay_in_their_cell(connection: psycopg.Connection) -> None:
    tables = read_schema(connection)
    assert sum(len(table.foreign_keys) for table in tables) > 30
    assert not trespasses(tables, level_of_schema())


def test_planted_foreign_keys_are_found(connection: psycopg.Connection) -> None:
    connection.execute("create table stock.planted (id int primary key, cell_id_of int, order_id uuid)")
    connection.execute("create table ledger.planted (cell_id int, id uuid, sku_id int, primary key (cell_id, id))")
    connection.execute("create table ledger.away (cell_id int, id uuid, to_cell int, primary key (cell_id, id))")
    connection.execute(
        """
        alter table stock.planted
            add constraint into_cell foreign key (cell_id_of, order_id) references orders.order (cell_id, id);
        alter table ledger.planted
            add constraint nulls foreign key (sku_id) references catalog.sku (id) on delete set null;
        alter table ledger.away
            add constraint away foreign key (to_cell, id) references ledger.planted (cell_id, id)
        """
    )
    assert trespasses(read_schema(connection), level_of_schema()) == [
        "ledger.away.away: may leave its cell",
        "ledger.planted.nulls: on delete set null",
        "stock.planted.into_cell: points up or sideways to orders",
        "stock.planted.into_cell: points from a reference table into a cell",
    ]
