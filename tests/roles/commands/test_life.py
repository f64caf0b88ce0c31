"""The command line as an operator types it, in real processes on a home of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

from lingqu.runtime.engines.ports import free_port
from tests.roles.commands.operator_desk import Operator, failure


def test_before_init_each_command_says_what_to_do(lingqu: Operator) -> None:
    expected = f"lingqu: There is no installation in {lingqu.home}. Run `lingqu init` first."
    assert failure(lingqu("up")) == expected
    assert failure(lingqu("db", "migrate")) == expected
    assert failure(lingqu("db", "shell")) == expected
    assert lingqu("status").returncode == 3
    assert lingqu("down").stdout == "Nothing runs.\n"
    assert not lingqu.home.exists(), "asking makes nothing"


def test_a_variable_that_cannot_be_read_is_named(lingqu: Operator) -> None:
    assert "LINGQU_" in failure(lingqu("status", LINGQU_PORT="many"))


def test_an_installation_lives_from_init_to_down(lingqu: Operator) -> None:
    first = lingqu("init", "--cells", "6")
    assert first.returncode == 0, first.stderr
    assert "runtime/0001_runtime" in first.stdout
    assert lingqu("init").stdout.splitlines() == [f"Lingqu is installed in {lingqu.home}. Start it with `lingqu up`."]
    assert failure(lingqu("init", "--cells", "7")) == (
        "lingqu: This installation has 6 cells, which cannot be changed to 7."
    )
    port = str(free_port())
    up = lingqu("up", "--detach", "--port", port)
    assert (up.returncode, up.stdout) == (0, f"Lingqu runs at http://127.0.0.1:{port}\n"), up.stderr

    status = lingqu("status", "--json")
    told = json.loads(status.stdout)
    assert status.returncode == 0
    assert [line["name"] for line in told["processes"]][:3] == ["supervisor", "postgres", "nats"]
    assert {line["state"] for line in told["processes"]} == {"running"}
    assert told["memory"]["pss_bytes"] == sum(line["memory"]["pss_bytes"] for line in told["processes"])
    assert 20e6 < told["memory"]["pss_bytes"] <= told["memory"]["rss_bytes"]
    assert "postgres" in lingqu("status").stdout

    assert failure(lingqu("up", "--port", port)).startswith(f"lingqu: Lingqu already runs on {lingqu.home}.")
    assert lingqu("db", "migrate").stdout == "The schema is at head.\n"
    cells = lingqu("db", "shell", "-At", "-c", "select current_user, cell_count from runtime.installation")
    assert cells.stdout == "lingqu|6\n", cells.stderr

    down = lingqu("down")
    assert (down.returncode, down.stdout) == (0, "Lingqu has stopped.\n"), down.stderr
    assert lingqu("status").returncode == 3
    assert lingqu("down").stdout == "Nothing runs.\n"
    assert lingqu("db", "shell", "-At", "-c", "select 7").stdout == "7\n", "it starts the database for one command"


def test_up_says_which_port_is_taken(lingqu: Operator) -> None:
    lingqu("init")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert failure(lingqu("up", "--port", str(port))).startswith(f"lingqu: Port {port} is used by another program.")


def test_ctrl_c_stops_everything_cleanly(lingqu: Operator) -> None:
    lingqu("init")
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "lingqu.roles.cli", "up", "--port", str(port)],
        env={**os.environ, "LINGQU_HOME": str(lingqu.home)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as up:
        assert up.stdout is not None
        for line in up.stdout:
            if line == f"Lingqu runs at http://127.0.0.1:{port}\n":
                break
        os.killpg(up.pid, signal.SIGINT)  # a terminal sends it to the whole group
        assert up.wait(60) == 0
    log = (lingqu.home / "log" / "postgres.log").read_text()
    assert "received fast shutdown request" in log
    assert log.rstrip().endswith("database system is shut down")


def test_doctor_finds_this_machine_well(lingqu: Operator) -> None:
    doctor = lingqu("doctor", LINGQU_PORT=str(free_port()))
    lines = doctor.stdout.splitlines()
    assert doctor.returncode == 0, doctor.stdout
    assert [line.split(":")[0] for line in lines] == [
        f"ok  {name}" for name in ("python", "programs", "memory", "disk", "data folder", "port", "language", "engines")
    ]
    assert "PostgreSQL 18." in lines[-1]
    assert not lingqu.home.exists()


def test_doctor_says_what_to_do(lingqu: Operator) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        doctor = lingqu("doctor", LINGQU_PORT=str(port), LINGQU_DATABASE_URL="postgresql://127.0.0.1:1/none")
    assert doctor.returncode == 1
    assert f"DO  port: {port} is used by another program" in doctor.stdout
    assert "DO  engines: " in doctor.stdout


def test_a_killed_process_is_healed_and_counted(lingqu: Operator) -> None:
    lingqu("init")
    lingqu("up", "--detach", "--port", str(free_port()))

    def postgres() -> dict[str, int]:
        lines = json.loads(lingqu("status", "--json").stdout)["processes"]
        return next(line for line in lines if line["name"] == "postgres")

    before = postgres()
    os.kill(before["pid"], signal.SIGKILL)
    until(lambda: postgres()["restart_count"] == 1 and lingqu("status").returncode == 0)
    assert postgres()["pid"] != before["pid"]


def until(claim: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not claim():
        assert time.monotonic() < deadline
        time.sleep(0.1)
