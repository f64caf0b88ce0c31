"""`lingqu logins`: the ways into the demo."""

import rich_click as click
from msgspec import json

from lingqu.roles.demo.logins import NotADemo, demo_logins
from lingqu.roles.installation import Installation
from lingqu.roles.transaction import in_transaction
from lingqu.runtime.engines.cannot_run import CannotRun


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list of {role, login, password, token}.")
def logins(*, as_json: bool) -> None:
    """Print the demo's logins, each with a fresh session; a real installation has none."""
    installation = Installation.find()
    installation.require_init()
    with installation.engines.database() as url:
        try:
            found = in_transaction(url, demo_logins)
        except NotADemo:
            raise CannotRun("This is no demo: its logins are its users' own.") from None
    if as_json:
        click.echo(json.encode(found).decode())
    else:
        for login in found:
            click.echo(f"{login.role}: {login.login} / {login.password}")
