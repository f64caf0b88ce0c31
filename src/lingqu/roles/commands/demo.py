"""`lingqu demo`: the whole product with a filled network, in this terminal."""

import rich_click as click
from msgspec.structs import replace
from rich.console import Console
from rich.table import Table

from lingqu.kernel.secret import new_secret
from lingqu.roles.commands.up import free_port_of, run
from lingqu.roles.demo.logins import LOGINS, PASSWORD
from lingqu.roles.demo.plan.size import Scale
from lingqu.roles.demo.prepare import prepare
from lingqu.roles.installation import Installation
from lingqu.roles.store import objects
from lingqu.runtime.engines.ports import free_port


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
    run(_with_sandbox(installation), port=chosen, on_ready=_greet)


def _with_sandbox(installation: Installation) -> Installation:
    """Let the demo take money online, from a sandbox beside it, unless a provider is set."""
    settings = installation.settings
    if settings.payment_url:
        return installation
    port = free_port()
    chosen = replace(
        settings,
        payment_url=f"sandbox+http://{settings.host}:{port}",
        payment_secret=new_secret(),
        sandbox_port=port,
    )
    return replace(installation, settings=chosen)


def _greet(address: str) -> None:
    table = Table("role", "login", "password", box=None, pad_edge=False)
    for role, login in LOGINS.items():
        table.add_row(role, login, PASSWORD)
    Console().print(table)
    click.echo(f"\nLingqu runs at {address}\nCtrl-C stops it; the logs are in the data folder.")
