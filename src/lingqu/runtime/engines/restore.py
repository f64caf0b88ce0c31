"""A new data folder from a backup: every file proven by its checksum, then recovered by PostgreSQL itself."""

import gzip
import hashlib
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec import DecodeError, Struct, field, json
from msgspec.structs import replace

from lingqu.runtime.engines.account import Account, hand_over
from lingqu.runtime.engines.archive import lay_out
from lingqu.runtime.engines.backup import BASE, LOG, MANIFEST, OBJECTS, SECRETS
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.home import make_folder, write_private
from lingqu.runtime.engines.place import settle
from lingqu.runtime.engines.postgres import PostgresEngine
from lingqu.runtime.engines.process import Child
from lingqu.runtime.object_files import DamagedObject, copy_objects

_CHUNK_BYTES = 1024 * 1024


class _File(Struct, frozen=True):
    path: str = field(name="Path")
    checksum: str = field(name="Checksum")


class _Manifest(Struct, frozen=True):
    files: list[_File] = field(name="Files")


class Target(Struct, frozen=True, kw_only=True):
    """How far to go beyond the backup: to the end of the archived log, or to an instant on the way."""

    archive: Path
    until: datetime | None = None


def restore_backup(engine: PostgresEngine, folder: Path, *, target: Target | None = None) -> None:
    """Make the data folder of a home that has none, and let PostgreSQL recover it.

    Raises: CannotRun if the backup is damaged or the target cannot be reached; the home then has no data folder.
    """
    home = engine.home
    home.create()
    for secret in (folder / SECRETS).iterdir():
        write_private(home.secrets / secret.name, secret.read_text())
    place = settle(home.postgres, engine.account)
    draft = place / "data.new"
    make_folder(draft, 0o700)
    try:
        _check(folder, dict(_unpack(folder / BASE, draft)))
        make_folder(draft / "pg_wal", 0o700)
        for _ in _unpack(folder / LOG, draft / "pg_wal"):
            pass
        for source in (folder, *([] if target is None else [target.archive])):
            copy_objects(source / OBJECTS, home.objects)
    except (DamagedObject, OSError, EOFError, tarfile.TarError, zlib.error) as error:
        raise CannotRun(f"The backup in {folder} is damaged: {error}") from None
    (draft / "recovery.signal").touch(mode=0o600)
    settings = _recovery(draft, place / "archive", target, engine.account)
    _hand_over_all(draft, engine.account)
    draft.rename(place / "data")
    _recover(engine, settings)
    shutil.rmtree(place / "archive", ignore_errors=True)


def _unpack(archive: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Unpack a tar file and give the checksum of every file in it."""
    with gzip.open(archive) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
        for member in tar:
            target = (folder / member.name).resolve()
            if not target.is_relative_to(folder.resolve()):
                raise tarfile.TarError(f"{member.name} would lie outside")
            if member.isdir():
                make_folder(target, 0o700)
            elif member.isfile():
                yield member.name, _write(tar, member, target)
            else:
                raise tarfile.TarError(f"{member.name} is neither file nor folder")


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> str:
    digest = hashlib.sha256()
    source = tar.extractfile(member)
    with target.open("xb") as stream:
        target.chmod(0o600)
        while source is not None and (chunk := source.read(_CHUNK_BYTES)):
            digest.update(chunk)
            stream.write(chunk)
    return digest.hexdigest()


def _check(folder: Path, found: dict[str, str]) -> None:
    try:
        expected = json.decode((folder / MANIFEST).read_bytes(), type=_Manifest)
    except DecodeError as error:
        raise CannotRun(f"The backup in {folder} is damaged: {error}") from None
    wrong = [file.path for file in expected.files if found.get(file.path) != file.checksum]
    if wrong:
        raise CannotRun(f"The backup in {folder} is damaged: {len(wrong)} files differ, the first is {wrong[0]}")


def _recovery(data: Path, copies: Path, target: Target | None, account: Account | None) -> dict[str, str]:
    """Lay out the archived log where PostgreSQL may read it, and say how far to go.

    Always a recovery, even without an archive: it begins a new timeline, so that the log of this life is never taken
    for that of the life before.
    """
    settings = {
        "restore_command": "false",
        "recovery_target_action": "promote",
        "hot_standby": "off",  # else the server calls itself ready before it has gone all the way
    }
    if target is not None:
        lay_out(target.archive, copies, since=_first_segment(data), account=account)
        settings["restore_command"] = f'cp "{copies}/%f" "%p"'
        if target.until is not None:
            settings["recovery_target_time"] = target.until.isoformat()
    return settings


def _first_segment(data: Path) -> str:
    """Read from the backup's label which piece of the log it needs first."""
    first_line = (data / "backup_label").read_text().splitlines()[0]
    return first_line.partition("(file ")[2].rstrip(")")


def _hand_over_all(folder: Path, account: Account | None) -> None:
    for root, folders, files in os.walk(folder):
        for name in (*folders, *files):
            hand_over(Path(root) / name, account)
    hand_over(folder, account)


def _recover(engine: PostgresEngine, settings: dict[str, str]) -> None:
    process = engine.process()
    arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    child = Child(replace(process, argv=(*process.argv, *arguments)), engine.home.log / f"{engine.name}.log")
    try:
        child.wait_until_ready()
    finally:
        child.stop()
