"""A server's life and its violent deaths, each in a home of its own."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg
import pytest

from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.postgres import PostgresEngine

IS_ROOT = os.geteuid() == 0


def write(url: str, text: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("create table if not exists note (body text)")
        connection.execute("insert into note values (%s)", (text,))


def read(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [body for (body,) in connection.execute("select body from note order by 1")]


def kill(pid: int | None) -> None:
    assert pid is not None
    process = psutil.Process(pid)
    process.kill()
    with contextlib.suppress(psutil.NoSuchProcess):
        process.wait(10)


def test_what_was_written_survives_stop_and_start_at_the_same_address(postgres: PostgresEngine) -> None:
    url = postgres.start()
    write(url, "kept")
    postgres.stop()
    assert not postgres.is_running
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    assert postgres.start() == url
    assert read(url) == ["kept"]


def test_another_process_finds_and_stops_the_running_server(postgres: PostgresEngine) -> None:
    postgres.start()
    other = PostgresEngine(postgres.home)
    assert other.pid == postgres.pid
    assert other.start() == postgres.url
    other.stop()
    assert not postgres.is_running


def test_committed_rows_survive_kill_9_of_the_postmaster(postgres: PostgresEngine) -> None:
    url = postgres.start()
    write(url, "committed")
    kill(postgres.pid)
    assert postgres.start() == url
    assert read(url) == ["committed"]


def test_a_server_process_that_computes_does_not_block_the_next_start(postgres: PostgresEngine) -> None:
    url = postgres.start()
    write(url, "committed")
    connection = psycopg.connect(url)
    backend = connection.info.backend_pid

    def compute() -> None:
        with contextlib.suppress(psycopg.OperationalError):
            connection.execute("do $$ begin loop end loop; end $$")

    thread = threading.Thread(target=compute)
    thread.start()
    time.sleep(0.5)
    kill(postgres.pid)
    assert psutil.pid_exists(backend), "it must have outlived its postmaster, or this proves nothing"
    postgres.start()
    thread.join(10)
    assert not psutil.pid_exists(backend)
    assert read(url) == ["committed"]


def test_the_server_heals_itself_after_kill_9_of_a_server_process(postgres: PostgresEngine) -> None:
    url = postgres.start()
    write(url, "committed")
    postmaster = postgres.pid
    with psycopg.connect(url) as connection:
        kill(connection.info.backend_pid)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("select 1")
    deadline = time.monotonic() + 20
    while True:
        try:
            assert read(url) == ["committed"]
        except psycopg.OperationalError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        else:
            break
    assert postgres.pid == postmaster


def test_a_lock_file_that_names_a_stranger_does_not_block_the_start(postgres: PostgresEngine) -> None:
    url = postgres.start()
    write(url, "kept")
    lock_file = postgres.home.postgres.resolve() / "data" / "postmaster.pid"
    kill(postgres.pid)
    lines = lock_file.read_text().splitlines(keepends=True)
    lock_file.write_text("".join([f"{os.getpid()}\n", *lines[1:]]))
    postgres.start()
    assert read(url) == ["kept"]


def test_a_broken_setting_is_told_with_the_servers_words(postgres: PostgresEngine) -> None:

    with (postgres.home.postgres.resolve() / "data" / "postgresql.auto.conf").open("a") as stream:
        stream.write("max_connections = 'many'\n")
    with pytest.raises(CannotRun, match='invalid value for parameter "max_connections": "many"'):
        postgres.start()
    assert not postgres.is_running


MakePostgres = Callable[[Home], PostgresEngine]


def test_two_homes_run_at_once_and_keep_apart(make_home: Callable[..., Home], make_postgres: MakePostgres) -> None:
    first, second = make_postgres(make_home()), make_postgres(make_home())
    for engine, text in ((first, "first"), (second, "second")):
        write(engine.start(), text)
    assert read(first.url) == ["first"]
    assert read(second.url) == ["second"]
    assert first.port != second.port


def test_a_home_with_a_long_path_has_a_short_private_socket(
    make_home: Callable[..., Home], make_postgres: MakePostgres
) -> None:
    engine = make_postgres(make_home("a-folder-with-a-long-name/" * 6 + "数据 目录"))
    write(engine.start(), "kept")
    with psycopg.connect(engine.url) as connection:
        sockets = Path(connection.info.host)
    assert len(os.fsencode(sockets)) < 85
    assert sockets.stat().st_mode & 0o777 == 0o700
    engine.stop()
    sockets.rmdir()
    assert read(engine.start()) == ["kept"], "the system may sweep /tmp between two starts"


def test_settings_are_durable(postgres: PostgresEngine) -> None:
    with psycopg.connect(postgres.start()) as connection:
        shown = [
            connection.execute(f"show {name}").fetchone()
            for name in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums", "jit", "timezone")
        ]
    assert shown == [("on",), ("on",), ("on",), ("on",), ("off",), ("UTC",)]


def test_nothing_in_the_home_can_be_read_by_others(postgres: PostgresEngine) -> None:
    postgres.start()
    home = postgres.home
    assert {file.name: file.stat().st_mode & 0o777 for file in home.secrets.iterdir()} == {
        "postgres.admin": 0o600,
        "postgres.application": 0o600,
    }
    folders = (home.secrets, home.log, home.run, home.nats, home.postgres / "data", home.postgres / "socket")
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}


def group_line(pid: int) -> str:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(line for line in lines if line.startswith("Groups:"))


@pytest.mark.skipif(not IS_ROOT, reason="only root changes to another account")
def test_as_root_the_server_runs_without_privileges(postgres: PostgresEngine) -> None:
    postgres.start()
    server = psutil.Process(postgres.pid)
    processes = [server, *server.children(recursive=True)]
    assert len(processes) > 3
    assert {tuple(process.uids()) for process in processes} == {(65534, 65534, 65534)}
    assert {tuple(process.gids()) for process in processes} == {(65534, 65534, 65534)}
    assert {group_line(process.pid) for process in processes} == {"Groups:\t "}


@pytest.mark.skipif(not IS_ROOT, reason="a user's server can go where the user can")
def test_as_root_a_home_closed_to_others_stays_closed(
    make_home: Callable[..., Home], make_postgres: MakePostgres
) -> None:
    home = make_home("closed/home")
    closed = home.path.parent
    closed.mkdir(parents=True)
    closed.chmod(0o700)
    engine = make_postgres(home)
    write(engine.start(), "kept")
    engine.stop()
    assert closed.stat().st_mode & 0o777 == 0o700
    assert home.postgres.is_symlink()
    assert not home.postgres.resolve().is_relative_to(closed)
    assert read(make_postgres(home).start()) == ["kept"]


def test_an_interrupted_install_is_done_again(home: Home, make_postgres: MakePostgres) -> None:
    home.create()
    half = home.path / "postgres" / "data.new"
    half.mkdir(parents=True)
    home.postgres.chmod(0o711)
    (half / "PG_VERSION").write_text("18\n")
    assert not PostgresEngine(home).is_installed
    engine = make_postgres(home)
    write(engine.start(), "kept")
    assert read(engine.url) == ["kept"]


def test_a_killed_parent_takes_its_server_along(home: Home) -> None:

    program = (
        "import sys, time, pathlib\n"
        "from lingqu.runtime.engines.home import Home\n"
        "from lingqu.runtime.engines.postgres import PostgresEngine\n"
        "engine = PostgresEngine(Home(pathlib.Path(sys.argv[1])))\n"
        "engine.install(); engine.start(); print('up', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(home.path)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"up\n"
        pid = PostgresEngine(home).pid
        assert pid is not None
        os.kill(parent.pid, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(pid)] if psutil.pid_exists(pid) else [], timeout=15)
    assert not PostgresEngine(home).is_running
