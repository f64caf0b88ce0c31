"""`lingqu init`: make the data folder, install PostgreSQL, bring the database to head, make an administrator."""

import rich_click as click

from lingqu.modules.identity.api import WeakPassword
from lingqu.roles.administrator import add_first_administrator, new_password
from lingqu.roles.install import initialise
from lingqu.roles.installation import Installation
from lingqu.roles.transaction import in_transaction
from lingqu.runtime.engines.cannot_run import CannotRun


@click.command()
@click.option("--cells", type=click.IntRange(1, 1024), help="Number of placement groups, fixed for good.  [default: 4]")
@click.option("--admin-login", default="admin", show_default=True, help="Login of the first administrator.")
@click.option(
    "--admin-password",
    envvar="LINGQU_ADMIN_PASSWORD",
    help="Its password; better in LINGQU_ADMIN_PASSWORD.  [default: made and printed once]",
)
def init(cells: int | None, admin_login: str, admin_password: str | None) -> None:
    """Create the installation in the data folder; safe to repeat."""
    installation = Installation.find()
    installation.engines.install()
    login, password = admin_login.lower(), admin_password or new_password()
    with installation.engines.database() as url:
        initialise(url, cells=cells, report=click.echo)
        try:
            is_new = in_transaction(url, lambda tx: add_first_administrator(tx, login=login, password=password))
        except WeakPassword as refusal:
            raise CannotRun(f"{WeakPassword.detail.say('en', refusal.facts)} The administrator's does not.") from None
    if is_new:
        shown = "the password you gave" if admin_password else f"password {password} (shown this once)"
        click.echo(f"The first administrator is {login}, {shown}.")
    click.echo(f"Lingqu is installed in {installation.home.path}. Start it with `lingqu up`.")
