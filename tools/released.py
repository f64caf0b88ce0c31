"""Released schemas with their data: how they are kept, read and loaded."""

import asyncio
import gzip
import subprocess
from pathlib import Path

import psycopg
from msgspec import Struct, json
from psycopg import sql

from lingqu.roles.commands.verify import prove
from lingqu.roles.modules import ALL
from lingqu.runtime.engines.software import postgres_programs
from tools.schema import read_schema

ROOT = Path(__file__).parents[1]
RELEASED = ROOT / "tests" / "migrations" / "released"
_DUMP, _ABOUT = "dump.sql.gz", "about.json"


class Release(Struct, frozen=True, kw_only=True):
    """``commit`` is the program that made the data; ``counts`` are rows by table.

    ``violations`` are those that `lingqu verify` found in it: the world of the access matrix cuts corners.
    """

    commit: str
    login: str
    password: str
    counts: dict[str, int]
    violations: dict[str, int]


def count_violations(url: str) -> dict[str, int]:
    """Count what `lingqu verify` finds, by check."""
    findings = asyncio.run(prove(url, [check for module in ALL for check in module.checks]))
    return {finding.check.name: finding.violation_count for finding in findings if finding.violation_count}


def count_rows(url: str) -> dict[str, int]:
    """Count the rows of every table."""
    with psycopg.connect(url) as connection:
        return {table.full_name: _count(connection, table.schema, table.name) for table in read_schema(connection)}


def keep(url: str, folder: Path, *, commit: str, login: str, password: str) -> None:
    """Dump a database with its counts into a new folder."""
    dump = _run(["pg_dump", "--no-owner", "--no-privileges", f"--dbname={url}"])
    folder.mkdir(parents=True)
    # No time in the header: the same data gives the same bytes.
    (folder / _DUMP).write_bytes(gzip.compress(dump, mtime=0))
    about = Release(
        commit=commit, login=login, password=password, counts=count_rows(url), violations=count_violations(url)
    )
    (folder / _ABOUT).write_bytes(json.format(json.encode(about)) + b"\n")


def read(folder: Path) -> Release:
    """Read what a released schema says of itself."""
    return json.decode((folder / _ABOUT).read_bytes(), type=Release)


def load(folder: Path, url: str) -> None:
    """Load a released schema with its data into an empty database."""
    dump = gzip.decompress((folder / _DUMP).read_bytes())
    _run(["psql", "--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", "--output=/dev/null", f"--dbname={url}"], dump)


def _count(connection: psycopg.Connection, schema: str, name: str) -> int:
    query = sql.SQL("select count(*) from {}").format(sql.Identifier(schema, name))
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _run(command: list[str], given: bytes = b"") -> bytes:
    program = str(postgres_programs() / command[0])
    ended = subprocess.run([program, *command[1:]], input=given, capture_output=True, check=False)
    if ended.returncode != 0:
        raise RuntimeError(f"{command[0]} failed: {ended.stderr.decode()}")
    return ended.stdout
