"""One family of real processes: healed, drained in order, never two on one home."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import psycopg
import pytest

from lingqu.runtime.engines.engines import Engines
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.lock import AlreadyRunning, home_lock, is_held
from lingqu.runtime.engines.nats import NatsEngine
from lingqu.runtime.engines.postgres import PostgresEngine
from lingqu.runtime.engines.process import Process
from lingqu.runtime.engines.state import Entry, Phase, State, born, end_orphans, living, read_state, write_state
from lingqu.runtime.engines.supervise import Supervisor

Family = subprocess.Popen[bytes]
FAMILY = Path(__file__).with_name("family.py")
NAMES = ["postgres", "nats", "first", "second"]


def until(claim: Callable[[], bool], within_s: float = 30) -> None:
    deadline = time.monotonic() + within_s
    while not claim():
        assert time.monotonic() < deadline, "it did not become true in time"
        time.sleep(0.05)


@pytest.fixture
def start_family(home: Home) -> Iterator[Callable[[], Family]]:
    started: list[Family] = []

    def start() -> Family:
        log = home.path.with_suffix(".out")
        with log.open("ab") as output:
            family = subprocess.Popen([sys.executable, str(FAMILY), str(home.path)], stdout=output, stderr=output)
        started.append(family)

        def all_run() -> bool:
            state = read_state(home)
            assert family.poll() is None, log.read_text()
            return state is not None and state.supervisor.pid == family.pid and state.is_ready

        until(all_run)
        return family

    yield start
    for family in started:
        family.terminate()
        family.wait(60)
    home.path.with_suffix(".out").unlink()


def entries(home: Home) -> dict[str, Entry]:
    state = read_state(home)
    assert state is not None
    return {entry.name: entry for entry in state.processes}


def pid_of(home: Home, name: str) -> int:
    pid = entries(home)[name].pid
    assert pid is not None
    return pid


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_killed_comes_back(home: Home, start_family: Callable[[], Family], name: str) -> None:
    start_family()
    before = entries(home)
    os.kill(pid_of(home, name), signal.SIGKILL)
    until(lambda: entries(home)[name].restart_count == 1 and entries(home)[name].phase is Phase.RUNNING)
    after = entries(home)
    assert after[name].pid != before[name].pid
    assert [after[other] for other in NAMES if other != name] == [before[other] for other in NAMES if other != name]
    with psycopg.connect(PostgresEngine(home).url) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_sigterm_drains_the_roles_before_the_engines_stop(home: Home, start_family: Callable[[], Family]) -> None:
    family = start_family()
    processes = [living(entry) for entry in entries(home).values()]
    family.terminate()
    assert family.wait(60) == 0
    assert [process for process in processes if process is None or process.is_running()] == []
    assert not is_held(home)
    assert {entry.phase for entry in entries(home).values()} == {Phase.STOPPED}
    with Engines(home).database() as url, psycopg.connect(url) as connection:
        drained = connection.execute("select name from drained order by at").fetchall()
    assert drained == [("second",), ("first",)]


def test_nobody_else_may_run_on_the_same_home(home: Home, start_family: Callable[[], Family]) -> None:
    start_family()
    before = entries(home)
    with pytest.raises(AlreadyRunning), home_lock(home):
        pass
    second = subprocess.run([sys.executable, str(FAMILY), str(home.path)], capture_output=True, check=False, timeout=60)
    assert second.returncode == 1
    assert b"AlreadyRunning" in second.stderr
    assert entries(home) == before


def test_a_killed_supervisor_takes_all_along_and_the_next_one_starts(
    home: Home, start_family: Callable[[], Family]
) -> None:
    family = start_family()
    processes = [process for entry in entries(home).values() if (process := living(entry))]
    assert len(processes) == len(NAMES)
    family.kill()
    family.wait()
    _, alive = psutil.wait_procs(processes, timeout=20)
    assert alive == []
    start_family()
    assert {entry.phase for entry in entries(home).values()} == {Phase.RUNNING}


def test_orphans_are_ended_and_a_stranger_with_an_orphans_pid_is_not(home: Home) -> None:
    def entry(name: str, pid: int, born_at: float | None) -> Entry:
        return Entry(
            name=name,
            pid=pid,
            born=born_at,
            phase=Phase.RUNNING,
            since=datetime.now(UTC),
            restart_count=0,
            stop_signal=signal.SIGTERM,
            log="",
        )

    sleep = ["/bin/sleep", "60"]
    with subprocess.Popen(sleep, start_new_session=True) as orphan, subprocess.Popen(sleep) as stranger:
        home.create()
        birth = born(stranger.pid)
        assert birth is not None
        processes = (entry("orphan", orphan.pid, born(orphan.pid)), entry("stranger", stranger.pid, birth - 100))
        write_state(home, State(supervisor=entry("supervisor", 0, None), address="", processes=processes))
        assert end_orphans(home) == ["orphan"]
        assert not psutil.pid_exists(orphan.pid)
        assert stranger.poll() is None
        stranger.kill()


def test_a_process_that_never_becomes_ready_ends_everything_with_its_own_words(home: Home) -> None:
    calm = Process(name="calm", argv=("/bin/sleep", "60"), env={})
    broken = Process(
        name="broken",
        argv=("/bin/sh", "-c", "echo no such key; exit 7"),
        env={},
        is_ready=lambda _: False,
        needs=("calm",),
    )
    with pytest.raises(Exception, match=r"(?s)broken ended with status 7 before it was ready.*no such key"):
        Supervisor(home, [calm, broken]).run()
    assert {name: (entry.phase, entry.pid) for name, entry in entries(home).items()} == {
        "calm": (Phase.STOPPED, None),
        "broken": (Phase.STOPPED, None),
    }


def test_a_process_that_ignores_the_signal_is_ended_after_its_grace(home: Home) -> None:
    deaf = Process(
        name="deaf", argv=("/bin/sh", "-c", "trap '' TERM; while :; do sleep 0.1; done"), env={}, grace_s=0.5
    )
    said: list[str] = []

    def stop() -> None:
        time.sleep(0.3)  # let the shell set its trap
        os.kill(os.getpid(), signal.SIGTERM)

    Supervisor(home, [deaf], report=said.append, on_ready=stop).run()
    assert "deaf: did not stop within 0 s, ended" in said
    assert entries(home)["deaf"].phase is Phase.STOPPED


def test_a_need_that_is_not_listed_before_is_a_mistake(home: Home) -> None:
    lonely = Process(name="lonely", argv=("/bin/true",), env={}, needs=("nobody",))
    with pytest.raises(ValueError, match="lonely needs nobody"):
        Supervisor(home, [lonely])


def test_addresses_given_replace_the_embedded_engines(home: Home) -> None:
    engines = Engines(home, database_url="postgresql://elsewhere/lingqu", nats_url="nats://elsewhere")
    engines.install()
    assert (engines.database_url, engines.nats_url) == ("postgresql://elsewhere/lingqu", "nats://elsewhere")
    assert engines.processes() == []
    assert not home.postgres.exists()


def test_each_engine_is_replaced_alone(home: Home) -> None:
    engines = Engines(home, database_url="postgresql://elsewhere/lingqu")
    assert [type(engine) for engine in engines.embedded] == [NatsEngine]
