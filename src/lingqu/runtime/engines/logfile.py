"""Logs that do not fill the disk."""

import contextlib
import shutil
from pathlib import Path

_LIMIT_BYTES = 20 * 1024 * 1024
_KEPT = 3


def rotate(log: Path, *, limit_bytes: int = _LIMIT_BYTES, kept: int = _KEPT) -> bool:
    """Move a log's text to ``.1`` when it is too long, and tell whether it was.

    Its writer appends and keeps its file open, so the text is copied and the file emptied; a line written in between
    is lost, which a log may.
    """
    if not log.exists() or log.stat().st_size <= limit_bytes:
        return False
    for number in range(kept - 1, 0, -1):
        older = log.with_name(f"{log.name}.{number}")
        if older.exists():
            older.replace(log.with_name(f"{log.name}.{number + 1}"))
    with contextlib.suppress(OSError):  # on a full disk the text goes, so that its writer can go on
        shutil.copyfile(log, log.with_name(f"{log.name}.1"))
    with log.open("r+b") as stream:
        stream.truncate(0)
    return True
