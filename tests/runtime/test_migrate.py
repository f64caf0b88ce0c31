"""The migration runner on a real server: order, phases, edits, a busy table, two runners at once."""

import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from typing import LiteralString

import psycopg
import pytest

from lingqu.runtime.engines.postgres import PostgresEngine
from lingqu.runtime.migrate import Edited, Migration, load, migrate

_FIRST = Migration("shop", 1, "0001_shelf", "expand", "create table shop.shelf (id int primary key)")
_SECOND = Migration("shop", 2, "0002_label", "expand", "alter table shop.shelf add column label text")
_THIRD = Migration("shop", 3, "0003_no_label", "contract", "alter table shop.shelf drop column label")


@pytest.fixture
def url(postgres_server: PostgresEngine) -> Iterator[str]:
    name = f"lingqu_test_{secrets.token_hex(4)}"
    yield postgres_server.create_database(name)
    postgres_server.drop_database(name)


def columns(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "select column_name from information_schema.columns where table_name = 'shelf' order by ordinal_position"
        ).fetchall()
    return [name for (name,) in rows]


def names(migrations: Sequence[Migration]) -> list[str]:
    return [migration.name for migration in migrations]


def other(migration: Migration, text: LiteralString) -> Migration:
    return Migration(migration.module, migration.number, migration.name, migration.phase, text)


def test_each_migration_runs_once_in_order(url: str) -> None:
    reported: list[Migration] = []
    assert names(migrate(url, [_FIRST, _SECOND], report=reported.append)) == ["0001_shelf", "0002_label"]
    assert names(reported) == ["0001_shelf", "0002_label"]
    assert migrate(url, [_FIRST, _SECOND]) == []
    assert columns(url) == ["id", "label"]


def test_a_phase_runs_alone(url: str) -> None:
    every = [_FIRST, _SECOND, _THIRD]
    assert names(migrate(url, every, phases=["expand"])) == ["0001_shelf", "0002_label"]
    assert columns(url) == ["id", "label"], "the old version still serves"
    assert names(migrate(url, every, phases=["contract"])) == ["0003_no_label"]
    assert columns(url) == ["id"]


def test_an_edited_migration_stops_everything(url: str) -> None:
    migrate(url, [_FIRST])
    with pytest.raises(Edited, match="shop/0001_shelf was edited after it ran; write a new one"):
        migrate(url, [other(_FIRST, "create table shop.shelf (id bigint primary key)"), _SECOND])
    assert columns(url) == ["id"]


def test_a_failing_migration_is_undone_and_those_before_it_stay(url: str) -> None:
    broken = other(_SECOND, "alter table shop.shelf add column label text; select 1 / 0")
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(url, [_FIRST, broken, _THIRD])
    assert columns(url) == ["id"]
    assert names(migrate(url, [_FIRST, _SECOND])) == ["0002_label"]


def test_a_busy_table_makes_the_migration_wait_and_not_the_shop(url: str) -> None:
    migrate(url, [_FIRST])
    done: list[Migration] = []
    with psycopg.connect(url) as busy, psycopg.connect(url, autocommit=True) as shop:
        busy.execute("insert into shop.shelf values (1)")
        runner = threading.Thread(target=lambda: done.extend(migrate(url, [_FIRST, _SECOND])))
        runner.start()
        longest = 0.0
        for number in range(2, 7):
            started = time.monotonic()
            shop.execute("insert into shop.shelf values (%s)", [number])
            longest = max(longest, time.monotonic() - started)
            time.sleep(0.15)
        assert done == []
        assert longest < 3.5, "a writer waits no longer than the migration's lock timeout"
        busy.commit()
        runner.join(60)
    assert names(done) == ["0002_label"]


def test_two_runners_at_once_run_each_migration_once(url: str) -> None:
    done: list[str] = []
    runners = [threading.Thread(target=lambda: done.extend(names(migrate(url, [_FIRST, _SECOND])))) for _ in range(2)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join(60)
    assert sorted(done) == ["0001_shelf", "0002_label"]
    assert columns(url) == ["id", "label"]


def test_files_are_loaded_in_the_order_of_their_packages() -> None:
    found = load([("runtime", "lingqu.runtime"), ("ledger", "lingqu.modules.ledger")])
    assert (found[0].module, found[0].name) == ("runtime", "0001_runtime")
    assert found[-1].module == "ledger"
    assert [migration.number for migration in found if migration.module == "ledger"][:2] == [1, 2]
