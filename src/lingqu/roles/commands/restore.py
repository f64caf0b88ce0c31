"""`lingqu restore`: an installation from a backup."""

import shutil
from datetime import datetime
from pathlib import Path

import rich_click as click

from lingqu.roles.installation import Installation
from lingqu.roles.modules import migrations
from lingqu.runtime.engines.backup import About, read_about
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.lock import home_lock
from lingqu.runtime.engines.postgres import PostgresEngine
from lingqu.runtime.engines.restore import Target, restore_backup

_LATEST = "latest"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--until", help="Go on from the backup to this instant (ISO 8601 with offset), or to 'latest'.")
@click.option("--archive", type=click.Path(path_type=Path), help="Where the log is kept.  [default: LINGQU_ARCHIVE]")
def restore(folder: Path, until: str | None, archive: Path | None) -> None:
    """Make an installation in an empty LINGQU_HOME from the backup in FOLDER."""
    installation = Installation.find()
    home, postgres = installation.home, installation.engines.postgres
    if postgres is None:
        raise CannotRun("LINGQU_DATABASE_URL names a server of yours. Unset it to restore into the embedded one.")
    if home.path.is_dir() and any(home.path.iterdir()):
        raise CannotRun(f"{home.path} is not empty. Set LINGQU_HOME to a new folder.")
    about = read_about(folder)
    ahead = _check_version(about)
    target = _target(until, archive or (Path(installation.settings.archive) if installation.settings.archive else None))
    _restore(home, postgres, folder.absolute(), target)
    click.echo(f"{home.path} is as it was {_words(about, until)}.")
    click.echo("Run `lingqu db migrate`, then `lingqu up`." if ahead else "Start it with `lingqu up`.")
    if installation.settings.archive:
        click.echo("Set LINGQU_ARCHIVE to a new folder first, and take a new backup: this is another life.")


def _words(about: About, until: str | None) -> str:
    if until is None:
        return f"at {about.made_at.isoformat(timespec='seconds')}"
    return "at the end of the archived log" if until == _LATEST else f"at {until}"


def _check_version(about: About) -> bool:
    """Tell whether this program has migrations that the backup has not.

    Raises: CannotRun if it is the other way round.
    """
    known = {f"{migration.module}/{migration.name}" for migration in migrations()}
    unknown = set(about.migrations) - known
    if unknown:
        raise CannotRun(f"The backup was made by a newer version ({about.version}): {min(unknown)} is not known here.")
    return known > set(about.migrations)


def _target(until: str | None, archive: Path | None) -> Target | None:
    if until is None:
        return None
    if archive is None or not archive.is_dir():
        raise CannotRun("To go beyond the backup, name the folder of the archived log: --archive FOLDER.")
    if until == _LATEST:
        return Target(archive=archive.absolute())
    try:
        instant = datetime.fromisoformat(until)
    except ValueError:
        raise CannotRun(f"{until} is no instant. Write it like 2026-11-25T09:30:00+08:00.") from None
    if instant.tzinfo is None:
        raise CannotRun(f"{until} has no offset. Write it like 2026-11-25T09:30:00+08:00.")
    return Target(archive=archive.absolute(), until=instant)


def _restore(home: Home, postgres: PostgresEngine, folder: Path, target: Target | None) -> None:
    """Restore, or leave the home as empty as it was."""
    try:
        with home_lock(home):
            restore_backup(postgres, folder, target=target)
    except BaseException:
        shutil.rmtree(home.postgres.resolve(), ignore_errors=True)
        shutil.rmtree(home.path, ignore_errors=True)
        raise
