"""Real processes: two share the port, one that is killed is missed by nobody, one that is stopped finishes its work."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx
import pytest

from lingqu.runtime.engines.ports import free_port
from tests.roles.commands.operator_desk import Operator

STARTED = "Lingqu runs at"


@pytest.fixture(scope="module")
def lingqu() -> Iterator[Operator]:
    operator = Operator()
    operator("init")
    yield operator
    operator.leave()


@pytest.fixture
def address(lingqu: Operator) -> Iterator[str]:
    """Run everything with two api processes."""
    port = free_port()
    up = lingqu("up", "--detach", "--port", str(port), LINGQU_API_PROCESSES="2")
    assert up.stdout.startswith(STARTED), up.stderr
    yield f"http://127.0.0.1:{port}"
    lingqu("down")


def processes(lingqu: Operator) -> Mapping[str, dict[str, Any]]:
    return {line["name"]: line for line in json.loads(lingqu("status", "--json").stdout)["processes"]}


def until(claim: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not claim():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_two_serve_and_the_death_of_one_is_missed_by_nobody(lingqu: Operator, address: str) -> None:
    running = processes(lingqu)
    assert {"api-1", "api-2", "worker"} <= running.keys()
    with httpx.Client(base_url=address) as client:
        assert client.get("/readyz").json() == {"status": "ok"}
        assert client.get("/openapi.json").json()["openapi"] == "3.1.0"
    os.kill(running["api-1"]["pid"], signal.SIGKILL)
    for _ in range(50):
        assert httpx.get(f"{address}/livez").status_code == 200
    until(lambda: processes(lingqu)["api-1"]["restart_count"] == 1 and lingqu("status").returncode == 0)
    assert httpx.get(f"{address}/api/v1/me").status_code == 401
    answer = httpx.get(f"{address}/metrics")
    assert 'lingqu_request_seconds_count{method="GET",route="/me",status="401"} 1.0' in answer.text
    assert 'lingqu_pool_connections{state="open"}' in answer.text


def test_a_request_in_hand_is_answered_before_its_process_ends(lingqu: Operator, address: str) -> None:
    answers: list[httpx.Response] = []
    hold = subprocess.Popen(
        [sys.executable, "-m", "lingqu.roles.cli", "db", "shell", "-At"],
        env={**os.environ, "LINGQU_HOME": str(lingqu.home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert hold.stdin is not None
    assert hold.stdout is not None
    hold.stdin.write("begin; lock table identity.user in access exclusive mode; select 'locked';\n")
    hold.stdin.flush()
    while hold.stdout.readline() != "locked\n":
        continue
    body = {"login": "admin", "password": "not this one"}
    asking = [
        threading.Thread(target=lambda: answers.append(httpx.post(f"{address}/api/v1/sessions", json=body, timeout=30)))
        for _ in range(4)
    ]
    for thread in asking:
        thread.start()
    time.sleep(0.5)
    assert answers == [], "they wait for the lock"
    before = processes(lingqu)
    for name in ("api-1", "api-2"):
        os.kill(before[name]["pid"], signal.SIGTERM)
    time.sleep(0.5)
    assert answers == []
    hold.communicate("rollback;\n", timeout=30)
    for thread in asking:
        thread.join(30)
    assert [answer.status_code for answer in answers] == [401] * len(asking)
    until(lambda: lingqu("status").returncode == 0)


def test_one_part_of_the_worker_runs_alone_and_stops_when_told(lingqu: Operator, address: str) -> None:
    assert address
    relay = subprocess.Popen(
        [sys.executable, "-m", "lingqu.roles.cli", "run", "worker", "relay"],
        env={**os.environ, "LINGQU_HOME": str(lingqu.home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert relay.stdout is not None
    first = json.loads(relay.stdout.readline())
    assert (first["logger"], first["role"]) == ("lingqu.runtime.relay", "worker")
    relay.terminate()
    assert relay.wait(10) == 0
    relay.stdout.close()


def test_a_part_that_does_not_exist_is_named(lingqu: Operator) -> None:
    answer = lingqu("run", "worker", "gossip")
    assert answer.returncode == 2
    assert "gossip" in answer.stderr
