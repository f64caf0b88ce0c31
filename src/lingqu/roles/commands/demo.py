"""`lingqu demo`: the whole product with a filled network, in this terminal."""

import rich_click as click
from rich.console import Console
from rich.table import Table

from lingqu.roles.commands.up import free_port_of, run
from lingqu.roles.demo.logins import LOGINS, PASSWORD
from lingqu.roles.demo.plan.size import Scale
from lingqu.roles.demo.prepare import prepare
from lingqu.roles.installation import Installation
from lingqu.roles.store import objects


@click.command()
@click.option(
    "--scale", type=click.Choice([one.value for one in Scale]), default=Scale.DEFAULT.value, show_default=True
)
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the one address.  [default: LINGQU_PORT or 8620]")
def demo(scale: str, port: int | None) -> None:
    """Make the demo where there is none yet, then run it; Ctrl-C stops everything cleanly."""
    installation = Installation.find()
    chosen = free_port_of(installation, port)
    click.echo(f"Preparing {installation.home.path}")
    installation.engines.install()
    store = objects(installation.settings_for_roles(port=chosen), is_durable=False)
    with installation.engines.database() as url:
        prepare(url, objects=store, scale=Scale(scale), report=click.echo)
    run(installation, port=chosen, on_ready=_greet)


def _greet(address: str) -> None:
    table = Table("role", "login", "password", box=None, pad_edge=False)
    for role, login in LOGINS.items():
        table.add_row(role, login, PASSWORD)
    Console().print(table)
    click.echo(f"\nLingqu runs at {address}\nCtrl-C stops it; the logs are in the data folder.")
