"""`lingqu up`: run everything, in this terminal or in the background."""

import contextlib
import shutil
import subprocess
import sys
import time
from collections.abc import Callable

import rich_click as click

from lingqu.roles.installation import Installation
from lingqu.roles.processes import metrics_folder, processes
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.lock import AlreadyRunning, is_held
from lingqu.runtime.engines.ports import is_free
from lingqu.runtime.engines.process import tail
from lingqu.runtime.engines.state import read_state
from lingqu.runtime.engines.supervise import Supervisor


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the one address.  [default: LINGQU_PORT or 8620]")
@click.option("--detach", is_flag=True, help="Return as soon as everything runs; stop it with `lingqu down`.")
def up(port: int | None, *, detach: bool) -> None:
    """Run the engines and all roles; Ctrl-C stops everything cleanly."""
    installation = Installation.find()
    installation.require_init()
    chosen = free_port_of(installation, port)
    if detach:
        _detach(installation.home, chosen)
    else:
        run(installation, port=chosen, on_ready=lambda address: click.echo(f"Lingqu runs at {address}"))


def free_port_of(installation: Installation, wanted: int | None) -> int:
    """Choose the port of the one address.

    Raises: AlreadyRunning if this installation runs, CannotRun if the port is taken.
    """
    chosen = wanted or installation.settings.port
    if is_held(installation.home):
        raise AlreadyRunning(f"Lingqu already runs on {installation.home.path}. See `lingqu status`.")
    if not is_free(chosen):
        raise CannotRun(f"Port {chosen} is used by another program. Choose another with `--port {chosen + 1}`.")
    return chosen


def run(installation: Installation, *, port: int, on_ready: Callable[[str], None]) -> None:
    """Supervise until told to stop; ``on_ready`` is given the address once everything runs.

    Raises: CannotRun if something does not come up.
    """
    engines = installation.engines.processes()
    settings = installation.settings_for_roles(port=port)
    roles = processes(settings, engines=tuple(engine.name for engine in engines))
    address = f"http://{settings.host}:{port}"
    figures = metrics_folder(installation.home)
    shutil.rmtree(figures, ignore_errors=True)
    figures.mkdir()
    Supervisor(
        installation.home,
        [*engines, *roles],
        address=address,
        report=click.echo,
        on_ready=lambda: on_ready(address),
    ).run()


def _detach(home: Home, port: int) -> None:
    """Start the same command in the background and wait until it has brought everything up."""
    log = home.log / "supervisor.log"
    command = [sys.executable, "-m", "lingqu.roles.cli", "up", "--port", str(port)]
    with log.open("w") as output:
        background = subprocess.Popen(
            command, cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    while True:
        state = read_state(home)
        if state is not None and state.supervisor.pid == background.pid and state.is_ready:
            click.echo(f"Lingqu runs at {state.address}")
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            background.wait(0)
            raise CannotRun(tail(log))
        time.sleep(0.1)
