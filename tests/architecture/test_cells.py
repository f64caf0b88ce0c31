"""Tables of the data plane: keys begin with the cell, ids come from outside, nothing that a shard refuses."""

from collections.abc import Sequence

import psycopg

from tools.schema import Table, read_schema


def faults(tables: Sequence[Table]) -> list[str]:
    """Name everything in a data-plane table that could not be distributed by its cell."""
    return [f"{table.full_name}: {fault}" for table in tables if table.is_data_plane for fault in _faults(table)]


def _faults(table: Table) -> list[str]:
    found = []
    cell = next(column for column in table.columns if column.name == "cell_id")
    if (cell.type, cell.is_required) != ("integer", True):
        found.append("cell_id is not int not null")
    if not any(key.is_primary for key in table.keys):
        found.append("no primary key")
    found += [
        f"{key.name} does not begin with cell_id"
        for key in table.keys
        if (key.is_unique or key.is_exclusion) and key.columns[0] != "cell_id"
    ]
    found += [
        f"{column.name} draws from a sequence"
        for column in table.columns
        if column.is_identity or "nextval" in column.default
    ]
    primary = {name for key in table.keys if key.is_primary for name in key.columns}
    found += [
        f"{column.name} is generated" for column in table.columns if column.is_generated and column.name in primary
    ]
    return found


def triggers(connection: psycopg.Connection) -> list[str]:
    """Name every trigger: Citus refuses them, and nobody sees them in the code that causes them."""
    rows = connection.execute("select tgname from pg_trigger where not tgisinternal order by tgname").fetchall()
    return [name for (name,) in rows]


def test_tables_of_the_data_plane_can_be_distributed(connection: psycopg.Connection) -> None:
    tables = read_schema(connection)
    assert sum(table.is_data_plane for table in tables) > 20
    assert not faults(tables)
    assert not triggers(connection)


def test_planted_tables_are_found(connection: psycopg.Connection) -> None:
    connection.execute(
        """
        create table stock.planted (
            cell_id bigint, id int generated always as identity, code text, twice int generated always as (2) stored,
            primary key (id, cell_id, twice)
        );
        create unique index planted_code on stock.planted (code);
        create table stock.keyless (cell_id int not null, number bigserial);
        create function stock.planted_v1() returns trigger language plpgsql as 'begin return new; end';
        create trigger planted before insert on stock.keyless for each row execute function stock.planted_v1()
        """
    )
    assert faults(read_schema(connection)) == [
        "stock.keyless: no primary key",
        "stock.keyless: number draws from a sequence",
        "stock.planted: cell_id is not int not null",
        "stock.planted: planted_pkey does not begin with cell_id",
        "stock.planted: planted_code does not begin with cell_id",
        "stock.planted: id draws from a sequence",
        "stock.planted: twice is generated",
    ]
    assert triggers(connection) == ["planted"]
