"""The way to the distributed layout, planned from the catalogue; carried out where a Citus database is named."""

import os
from collections.abc import Callable, Iterator

import psycopg
import pytest

from lingqu.roles.install import initialise
from lingqu.roles.modules import ALL
from lingqu.runtime.distribute import NotDistributable, Plan, distribute, plan
from tools.schema import read_schema

_SCHEMAS = [module.name for module in ALL]
_CITUS = os.environ.get("LINGQU_TEST_CITUS_URL")


@pytest.fixture
def connection(fresh_database: Callable[[], str]) -> Iterator[psycopg.Connection]:
    with psycopg.connect(fresh_database(), autocommit=True) as connection:
        yield connection


def planned(connection: psycopg.Connection) -> Plan:
    return plan(connection, schemas=_SCHEMAS, shards=64)


def test_every_table_but_the_migrators_own_has_its_place(connection: psycopg.Connection) -> None:
    found = planned(connection)
    tables = {
        f'"{table.schema}"."{table.name}"': table.is_data_plane
        for table in read_schema(connection)
        if (table.schema, table.name) != ("runtime", "migration")
    }
    assert set(found.distributed) == {name for name, is_data_plane in tables.items() if is_data_plane}
    assert set(found.references) == {name for name, is_data_plane in tables.items() if not is_data_plane}


def test_functions_of_the_hot_path_run_where_their_cell_lives(connection: psycopg.Connection) -> None:
    found = planned(connection)
    names = {signature.split("(")[0] for signature in found.delegated}
    called = {"ledger.change_v1", "stock.promise_v1", "ledger.promise_v1"}
    assert any(name.startswith("orders.place_v") for name in names)
    assert not names & called, "an inner function runs inside the one that calls it"
    for signature in found.delegated:
        assert connection.execute("select to_regprocedure(%s) is not null", (signature,)).fetchone() == (True,)
        assert signature.split("(")[1].startswith("integer"), signature
    for name in called:
        assert any(s.startswith(f"select create_distributed_function('{name}(") for s in found.statements), name


def test_foreign_keys_go_before_and_come_back_the_same_after(connection: psycopg.Connection) -> None:
    def keys() -> list[tuple[str, str]]:
        return connection.execute(
            "select conname, pg_get_constraintdef(oid) from pg_constraint where contype = 'f' order by 1, 2"
        ).fetchall()

    before, found = keys(), planned(connection)
    changes = [index for index, text in enumerate(found.statements) if text.startswith("alter table")]
    assert len(changes) == 2 * len(before)
    places = [index for index, text in enumerate(found.statements) if "_table(" in text]
    half = len(changes) // 2
    assert changes[half - 1] < min(places) < max(places) < changes[half]
    for index in changes[:half]:
        connection.execute(found.statements[index].encode())
    assert keys() == []
    for index in changes[half:]:
        connection.execute(found.statements[index].encode())
    assert keys() == before


def test_a_new_table_needs_no_line_anywhere(connection: psycopg.Connection) -> None:
    connection.execute(
        """
        create table stock.planted (cell_id int, id uuid, primary key (cell_id, id));
        create table stock.planted_kind (code text primary key);
        create function stock.planted_v1(p_cell int, p_id uuid[]) returns int language sql as 'select 1'
        """
    )
    found = planned(connection)
    assert '"stock"."planted"' in found.distributed
    assert '"stock"."planted_kind"' in found.references
    assert "stock.planted_v1(integer, uuid[])" in found.delegated


def test_what_no_shard_can_hold_is_named(connection: psycopg.Connection) -> None:
    connection.execute("create table stock.planted (cell_id int, id uuid primary key)")
    with pytest.raises(NotDistributable, match=r'"stock"\."planted"'):
        planned(connection)


def test_a_plain_database_is_left_as_it_is(connection: psycopg.Connection) -> None:
    with pytest.raises(NotDistributable, match="no Citus"):
        distribute(connection, planned(connection))


@pytest.mark.skipif(_CITUS is None, reason="LINGQU_TEST_CITUS_URL names no Citus database")
def test_a_citus_database_is_laid_out() -> None:
    assert _CITUS is not None
    initialise(_CITUS, cells=4, report=lambda _: None)
    with psycopg.connect(_CITUS, autocommit=True) as connection:
        found = planned(connection)
        distribute(connection, found)
        rows = connection.execute("select partmethod, count(*)::int from pg_dist_partition group by 1").fetchall()
        assert dict(rows) == {"h": len(found.distributed), "n": len(found.references)}
        (groups,) = connection.execute(
            "select count(distinct colocationid)::int from pg_dist_partition where partmethod = 'h'"
        ).fetchone() or (0,)
        assert groups == 1
        with pytest.raises(NotDistributable, match="already"):
            distribute(connection, found)
