"""`lingqu backup`: a copy of everything that cannot be made again."""

from importlib.metadata import version
from pathlib import Path

import psycopg
import rich_click as click

from lingqu.kernel.clock import system_clock
from lingqu.roles.installation import Installation
from lingqu.runtime.engines.backup import About, take_backup
from lingqu.runtime.engines.cannot_run import CannotRun


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def backup(folder: Path) -> None:
    """Copy the database, its keys and the files of the home into a new FOLDER; the running version keeps serving.

    With LINGQU_ARCHIVE set, `lingqu up` also keeps the database's log there, and `lingqu restore` can go from this
    backup to any instant since.
    """
    installation = Installation.find()
    installation.require_init()
    postgres = installation.engines.postgres
    if postgres is None:
        raise CannotRun(
            "This installation uses a server of yours (LINGQU_DATABASE_URL). Back it up with its own tools."
        )
    with installation.engines.database() as url:
        with psycopg.connect(url) as connection:
            rows = connection.execute("select module || '/' || name from runtime.migration order by 1").fetchall()
        about = About(version=version("lingqu"), made_at=system_clock(), migrations=tuple(name for (name,) in rows))
        take_backup(postgres, folder.absolute(), about=about, with_objects=not installation.settings.objects_url)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    click.echo(f"{folder} holds the backup ({size / 1_000_000:.1f} MB). It contains passwords: keep it private.")
    if installation.settings.objects_url:
        click.echo("Pictures lie in your own object store (LINGQU_OBJECTS_URL): back it up with its own tools.")
