"""The checks of `lingqu doctor`: each tells what it found, or what to do."""

import os
import platform
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg
from msgspec import Struct

from lingqu.roles.installation import Installation
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.lock import is_held
from lingqu.runtime.engines.machine import cpu_count, memory_bytes
from lingqu.runtime.engines.nats import NatsEngine
from lingqu.runtime.engines.ports import is_free
from lingqu.runtime.engines.postgres import PostgresEngine
from lingqu.runtime.engines.software import nats_program, postgres_programs

_GB = 1024**3
_OLDEST, _NEWEST = (3, 11), (3, 14)
_LEAST_DISK_GB = 3.0
_LEAST_MEMORY_GB = 1.5


class Finding(Struct, frozen=True, kw_only=True):
    is_ok: bool
    words: str


def python() -> Finding:
    """Check that this Python is one the wheels serve."""
    words = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    if _OLDEST <= sys.version_info[:2] <= _NEWEST:
        return Finding(is_ok=True, words=words)
    return Finding(is_ok=False, words=f"{words} is not served; use Python 3.11 to 3.14")


def programs() -> Finding:
    """Check that the engines' programs are installed, where they are needed."""
    installation = Installation.find()
    found = [str(postgres_programs())] if installation.engines.postgres else ["LINGQU_DATABASE_URL"]
    found += [str(nats_program())] if installation.engines.nats else ["LINGQU_NATS_URL"]
    return Finding(is_ok=True, words=", ".join(found))


def memory() -> Finding:
    """Check that the demo fits into memory."""
    gb = memory_bytes() / _GB
    words = f"{gb:.1f} GB of memory, {cpu_count()} processors"
    if gb >= _LEAST_MEMORY_GB:
        return Finding(is_ok=True, words=words)
    return Finding(is_ok=False, words=f"{words}; the demo needs {_LEAST_MEMORY_GB} GB")


def disk() -> Finding:
    """Check that the data folder has room."""
    path = Home.find().path
    gb = shutil.disk_usage(_nearest(path)).free / _GB
    if gb >= _LEAST_DISK_GB:
        return Finding(is_ok=True, words=f"{gb:.1f} GB free for {path}")
    return Finding(is_ok=False, words=f"only {gb:.1f} GB free for {path}; free {_LEAST_DISK_GB} GB or set LINGQU_HOME")


def folder() -> Finding:
    """Check that the data folder is there and ours, or can be made."""
    home = Home.find()
    nearest = _nearest(home.path)
    if not os.access(nearest, os.W_OK | os.X_OK):
        return Finding(is_ok=False, words=f"{nearest} cannot be written; set LINGQU_HOME to a folder of yours")
    if home.secrets.is_dir() and home.secrets.stat().st_uid != os.geteuid():
        owner = home.secrets.stat().st_uid
        return Finding(is_ok=False, words=f"{home.path} belongs to account {owner}; run lingqu as that account")
    return Finding(is_ok=True, words=f"{home.path} {'is there' if home.path.is_dir() else 'can be made'}")


def port() -> Finding:
    """Check that the one address is free, or taken by this very installation."""
    installation = Installation.find()
    number = installation.settings.port
    if is_free(number) or is_held(installation.home):
        return Finding(is_ok=True, words=f"{number}")
    return Finding(is_ok=False, words=f"{number} is used by another program; set LINGQU_PORT or use `lingqu up --port`")


def language() -> Finding:
    """Check that this terminal can print Chinese."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding == "utf8":
        return Finding(is_ok=True, words="text is UTF-8")
    return Finding(is_ok=False, words=f"text is {encoding or 'unknown'}; set LANG=C.UTF-8 or PYTHONUTF8=1")


def engines() -> Finding:
    """Start both engines in a folder that goes away again, and ask them."""
    installation = Installation.find()
    started = time.monotonic()
    home = Home(Path(tempfile.gettempdir()) / f"lingqu-doctor-{secrets.token_hex(4)}")
    postgres = PostgresEngine(home) if installation.engines.postgres else None
    nats = NatsEngine(home) if installation.engines.nats else None
    try:
        if postgres is not None:
            postgres.install()
            postgres.start()
        version = _server_version(installation.settings.database_url if postgres is None else postgres.url)
        if nats is not None:
            nats.start()
    finally:
        for engine in (nats, postgres):
            if engine is not None:
                engine.stop()
        shutil.rmtree(home.postgres.resolve(), ignore_errors=True)
        shutil.rmtree(home.path, ignore_errors=True)
    return Finding(is_ok=True, words=f"PostgreSQL {version} and NATS start, {time.monotonic() - started:.1f} s")


CHECKS: Mapping[str, Callable[[], Finding]] = {
    "python": python,
    "programs": programs,
    "memory": memory,
    "disk": disk,
    "data folder": folder,
    "port": port,
    "language": language,
    "engines": engines,
}


def _nearest(path: Path) -> Path:
    """Find the folder itself or the closest one above it that is there."""
    return next(candidate for candidate in (path, *path.parents) if candidate.exists())


def _server_version(url: str) -> str:
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            row = connection.execute("show server_version").fetchone()
    except psycopg.OperationalError as error:
        raise CannotRun(f"the database does not answer: {error}") from None
    return row[0] if row else "of an unknown version"
