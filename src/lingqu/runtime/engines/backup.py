"""A backup of the embedded PostgreSQL and the files of the home, taken while it serves: complete, or not there at all.

The database first: whatever its copy names lies in the object store still, since nothing is swept within a day.

The broker's data is no part of it: the outbox holds every event, and the relay fills an empty broker from there.
Source: ADR 0010.
"""

import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from msgspec import DecodeError, Struct, json
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.cluster import ENVIRONMENT
from lingqu.runtime.engines.home import write_private
from lingqu.runtime.engines.postgres import PostgresEngine
from lingqu.runtime.object_files import DamagedObject, copy_objects

BASE, LOG, MANIFEST, SECRETS = "base.tar.gz", "pg_wal.tar.gz", "backup_manifest", "secrets"
OBJECTS = "objects"
_ABOUT = "lingqu.json"


class About(Struct, frozen=True, kw_only=True):
    """What a backup says of itself; ``migrations`` are those that had run."""

    version: str
    made_at: datetime
    migrations: tuple[str, ...]


def take_backup(engine: PostgresEngine, folder: Path, *, about: About, with_objects: bool = True) -> None:
    """Copy the running server's database, its log up to the end of the copy, the files and the passwords.

    Raises: CannotRun if the folder is there already, if a file is damaged, or with PostgreSQL's own words.
    """
    if folder.exists():
        raise CannotRun(f"{folder} is there already. Name a new folder.")
    if not folder.parent.is_dir():
        raise CannotRun(f"{folder.parent} is not there. Make it first.")
    draft = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        _copy(engine, draft)
        (draft / OBJECTS).mkdir(mode=0o700)
        if with_objects:
            copy_objects(engine.home.objects, draft / OBJECTS)
        (draft / SECRETS).mkdir(mode=0o700)
        for secret in engine.home.secrets.iterdir():
            write_private(draft / SECRETS / secret.name, secret.read_text())
        write_private(draft / _ABOUT, json.format(json.encode(about)).decode())
        draft.rename(folder)
    except DamagedObject as error:
        raise CannotRun(f"The backup could not be taken: {error}.") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def read_about(folder: Path) -> About:
    """Read what a backup says of itself.

    Raises: CannotRun if the folder holds no backup.
    """
    try:
        return json.decode((folder / _ABOUT).read_bytes(), type=About)
    except (FileNotFoundError, NotADirectoryError, DecodeError):
        raise CannotRun(f"{folder} is not a backup of Lingqu.") from None


def connection_of(engine: PostgresEngine) -> tuple[str, dict[str, str]]:
    """Give the superuser's address without its password, and the environment that carries the password.

    What stands on a command line, every account of the machine can read.
    """
    known = conninfo_to_dict(engine.admin_url)
    environment = {**ENVIRONMENT, "PGPASSWORD": str(known.pop("password"))}
    return make_conninfo("", **known), environment


def _copy(engine: PostgresEngine, draft: Path) -> None:
    address, environment = connection_of(engine)
    attempt = subprocess.run(
        [
            str(engine.programs / "pg_basebackup"),
            f"--dbname={address}",
            f"--pgdata={draft}",
            "--format=tar",
            "--compress=client-gzip:1",
            "--wal-method=stream",
            "--checkpoint=fast",
            "--manifest-checksums=SHA256",
            "--label=lingqu",
            "--no-password",
        ],
        env=environment,
        cwd=os.sep,
        check=False,
        capture_output=True,
        text=True,
    )
    if attempt.returncode != 0:
        raise CannotRun(f"The backup could not be taken:\n{attempt.stderr.strip()}")
