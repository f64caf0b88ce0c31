"""`lingqu init`: make the data folder, install PostgreSQL, bring the database to head."""

import rich_click as click

from lingqu.roles.install import initialise
from lingqu.roles.installation import Installation


@click.command()
@click.option("--cells", type=click.IntRange(1, 1024), help="Number of placement groups, fixed for good.  [default: 4]")
def init(cells: int | None) -> None:
    """Create the installation in the data folder; safe to repeat."""
    installation = Installation.find()
    installation.engines.install()
    with installation.engines.database() as url:
        initialise(url, cells=cells, report=click.echo)
    click.echo(f"Lingqu is installed in {installation.home.path}. Start it with `lingqu up`.")
