"""`lingqu down`: stop everything."""

import psutil
import rich_click as click

from lingqu.roles.installation import Installation
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.lock import home_lock, is_held
from lingqu.runtime.engines.state import end_orphans, living, read_state

_WITHIN_S = 180.0


@click.command()
def down() -> None:
    """Stop the roles, then the engines; nothing that was answered is lost."""
    home = Installation.find().home
    if not home.path.is_dir():
        click.echo("Nothing runs.")
        return
    state = read_state(home)
    supervisor = living(state.supervisor) if state is not None else None
    if is_held(home) and supervisor is not None:
        supervisor.terminate()
        try:
            supervisor.wait(_WITHIN_S)
        except psutil.TimeoutExpired:
            raise CannotRun(f"Lingqu (pid {supervisor.pid}) does not stop. See {home.log}.") from None
        click.echo("Lingqu has stopped.")
        return
    with home_lock(home):
        left = end_orphans(home)
    click.echo(f"Ended what was left running: {', '.join(left)}." if left else "Nothing runs.")
