"""An installation for one measurement: a database and API processes in a folder that goes with it.

No worker runs, so nothing is swept behind the measurement's back; nor does a broker, which no request waits for.
"""

import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from msgspec import Struct

from lingqu.roles.install import initialise
from lingqu.roles.processes import metrics_folder, processes
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.engines import Engines
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.ports import free_port
from lingqu.runtime.engines.process import Process, tail
from lingqu.runtime.settings import Settings

_STARTS_WITHIN_S = 60.0
_ENDS_WITHIN_S = 15.0


class Stage(Struct, frozen=True, kw_only=True):
    """Where the measurement takes place."""

    database_url: str
    address: str
    pids: tuple[int, ...]


@contextmanager
def stage(*, api_processes: int) -> Iterator[Stage]:
    """Set up an installation and take it down at the end.

    Raises: CannotRun if a process does not come up.
    """
    home = Home(Path(tempfile.gettempdir()) / f"lingqu-bench-{secrets.token_hex(4)}")
    engines = Engines(home, nats_url=f"nats://127.0.0.1:{free_port()}")
    with ExitStack() as leaving:
        leaving.callback(_remove, home)
        engines.install()
        url = leaving.enter_context(engines.database())
        initialise(url, cells=None, report=lambda _: None)
        settings = Settings(
            home=str(home.path),
            database_url=url,
            nats_url=engines.nats_url,
            port=free_port(),
            api_processes=api_processes,
        )
        metrics_folder(home).mkdir(parents=True)
        roles = [process for process in processes(settings, engines=()) if process.name.startswith("api")]
        running = [leaving.enter_context(_running(process, home)) for process in roles]
        for process, child in zip(roles, running, strict=True):
            _wait_for(process, child, home)
        yield Stage(
            database_url=url,
            address=f"http://{settings.host}:{settings.port}",
            pids=tuple(child.pid for child in running),
        )


@contextmanager
def _running(process: Process, home: Home) -> Iterator["subprocess.Popen[bytes]"]:
    with (home.log / f"{process.name}.log").open("ab") as log:
        child = subprocess.Popen(
            process.argv, env=dict(process.env), cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(_ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _wait_for(process: Process, child: "subprocess.Popen[bytes]", home: Home) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN_S
    while not process.is_ready(child.pid):
        if child.poll() is not None or time.monotonic() > deadline:
            raise CannotRun(f"{process.name} does not come up: {tail(home.log / f'{process.name}.log')}")
        time.sleep(0.1)


def _remove(home: Home) -> None:
    # As root the database lies in a folder of another account, which the home's points to.
    shutil.rmtree(home.postgres.resolve(), ignore_errors=True)
    shutil.rmtree(home.path, ignore_errors=True)
