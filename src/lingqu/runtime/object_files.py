"""Objects as files of a folder: written whole or not at all, and copied with every byte proven by the file's name."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

_NAME = re.compile(r"^[0-9a-f]{64}$")


class DamagedObject(Exception):
    """A file does not hold what its name says."""


def file_of(folder: Path, digest: bytes) -> Path:
    """Say where an object lies."""
    name = digest.hex()
    return folder / name[:2] / name


def write_object(folder: Path, digest: bytes, content: bytes, *, is_durable: bool) -> None:
    """Write an object whole or not at all; one that is there is written anew, so that it counts as fresh."""
    target = file_of(folder, digest)
    if not target.parent.is_dir():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _settle(target.parent.parent, is_durable=is_durable)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(content)
            stream.flush()
            if is_durable:
                os.fsync(stream.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    _settle(target.parent, is_durable=is_durable)


def copy_objects(source: Path, target: Path) -> int:
    """Copy what a folder of objects holds into another one, where it is not there yet, and count what was copied.

    An object that goes away meanwhile was nobody's.

    Raises: DamagedObject if a file does not hold what its name says.
    """
    count = 0
    for file in _objects(source):
        digest = bytes.fromhex(file.name)
        if file_of(target, digest).exists():
            continue
        with suppress(FileNotFoundError):
            content = file.read_bytes()
            if hashlib.sha256(content).digest() != digest:
                raise DamagedObject(f"{file} does not hold what its name says")
            write_object(target, digest, content, is_durable=True)
            count += 1
    return count


def remove_drafts(folder: Path, before: datetime) -> None:
    """Remove the drafts of writers that were killed before an instant."""
    for draft in folder.glob("*/.*"):
        with suppress(FileNotFoundError):
            if draft.stat().st_mtime < before.timestamp():
                draft.unlink()


def _objects(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.glob("*/*")) if _NAME.match(file.name) and file.is_file())


def _settle(folder: Path, *, is_durable: bool) -> None:
    """Make the names in a folder survive a crash of the machine."""
    if not is_durable:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
