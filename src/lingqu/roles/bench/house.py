"""The whole product on a data folder of its own: engines, API processes and worker under their supervisor."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.ports import free_port
from lingqu.runtime.engines.postgres import PostgresEngine
from lingqu.runtime.engines.state import Phase, State, read_state

_COMMAND_WITHIN_S = 180.0
_RUNS_AGAIN_WITHIN_S = 120.0
_LOOK_EVERY_S = 0.1
_OURS = "LINGQU_"


class House(Struct, frozen=True):
    """Where the measurement takes place."""

    home: Home
    address: str
    door_port: int

    @property
    def database_url(self) -> str:
        """Give the address of its database."""
        return PostgresEngine(self.home).url

    @property
    def state(self) -> State:
        """Read what its supervisor tells.

        Raises: CannotRun if it tells nothing.
        """
        state = read_state(self.home)
        if state is None:
            raise CannotRun("the supervisor tells nothing")
        return state

    def pid_of(self, name: str) -> int | None:
        """Find a process that runs now; None while it is being started again."""
        entries = [entry for entry in self.state.processes if entry.name == name]
        return entries[0].pid if entries and entries[0].phase is Phase.RUNNING else None

    def wait_until_all_run(self) -> None:
        """Wait until the supervisor has everything up again.

        Raises: CannotRun if it does not come to that.
        """
        deadline = time.monotonic() + _RUNS_AGAIN_WITHIN_S
        while not self.state.is_ready:
            if time.monotonic() > deadline:
                down = [entry.name for entry in self.state.processes if entry.phase is not Phase.RUNNING]
                raise CannotRun(f"{', '.join(down)} did not come up again")
            time.sleep(_LOOK_EVERY_S)


@contextmanager
def house(*, api_processes: int, cells: int | None = None, worker_parts: str = "") -> Iterator[House]:
    """Install the product, run it, and remove it at the end.

    Raises: CannotRun if it does not come up.
    """
    home = Home(Path(tempfile.gettempdir()) / f"lingqu-bench-{secrets.token_hex(4)}")
    port, door_port = free_port(), free_port()
    # What points at a real installation must not reach this one.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    environment |= {"LINGQU_HOME": str(home.path), "LINGQU_API_PROCESSES": str(api_processes)}
    environment |= {"LINGQU_DOOR_PORT": str(door_port), "LINGQU_WORKER_PARTS": worker_parts}
    try:
        _command(environment, "init", *([] if cells is None else ["--cells", str(cells)]))
        _command(environment, "up", "--detach", "--port", str(port))
        yield House(home, f"http://127.0.0.1:{port}", door_port)
    finally:
        if home.path.exists():
            _command(environment, "down", may_fail=True)
        # As root the database lies in a folder of another account, which the home's points to.
        shutil.rmtree(home.postgres.resolve(), ignore_errors=True)
        shutil.rmtree(home.path, ignore_errors=True)


def _command(environment: dict[str, str], *words: str, may_fail: bool = False) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "lingqu.roles.cli", *words],
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=_COMMAND_WITHIN_S,
    )
    if ended.returncode and not may_fail:
        raise CannotRun(f"lingqu {words[0]} failed: {ended.stderr.strip()}")
