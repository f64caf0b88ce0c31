"""`lingqu db`: the database by hand."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import rich_click as click
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from lingqu.roles.install import migrate_to_head
from lingqu.roles.installation import Installation
from lingqu.roles.modules import ALL
from lingqu.runtime.distribute import NotDistributable, plan
from lingqu.runtime.distribute import distribute as carry_out
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.software import postgres_programs


@click.group()
def db() -> None:
    """Look into the database, bring its schema to head, or lay it out over many nodes."""


@db.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def shell(arguments: tuple[str, ...]) -> None:
    """Open psql on the database; further arguments are psql's own."""
    installation = Installation.find()
    installation.require_init()
    with installation.engines.database() as url:
        known = conninfo_to_dict(url)
        # Through the environment: what stands on a command line, every account of the machine can read.
        password = {"PGPASSWORD": str(known.pop("password"))} if "password" in known else {}
        # Ctrl-C in psql ends a query, not the server this command may have started.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        ended = subprocess.run(
            [str(_psql()), f"--dbname={make_conninfo('', **known)}", *arguments],
            env={**os.environ, **password},
            check=False,
        )
    sys.exit(ended.returncode)


@db.command()
@click.option(
    "--phase",
    "phases",
    type=click.Choice(["expand", "contract"]),
    multiple=True,
    default=("expand", "contract"),
    help="expand: before the new version starts; contract: when no old one is left.  [default: both]",
)
def migrate(phases: tuple[str, ...]) -> None:
    """Run the migrations that have not run yet; a running version keeps serving through the phase expand."""
    installation = Installation.find()
    installation.require_init()
    with installation.engines.database() as url:
        count = migrate_to_head(url, report=click.echo, phases=phases)
    click.echo(f"{count} migrations ran." if count else "The schema is at head.")


@db.command()
@click.option("--shards", type=click.IntRange(1, 1024), default=64, show_default=True, help="fixed once distributed")
@click.option("--dry-run", is_flag=True, help="print the plan and change nothing; needs no Citus")
def distribute(*, shards: int, dry_run: bool) -> None:
    """Lay the tables of a Citus database out over its nodes: what lives in cells by cell, the rest on every node."""
    installation = Installation.find()
    installation.require_init()
    with installation.engines.database() as url, psycopg.connect(url, autocommit=True) as connection:
        try:
            planned = plan(connection, schemas=[module.name for module in ALL], shards=shards)
            if dry_run:
                click.echo(";\n".join(["begin", *planned.statements, "commit", *planned.settings]) + ";")
            else:
                carry_out(connection, planned)
        except NotDistributable as error:
            raise CannotRun(f"{error}.") from None
    said = f"{len(planned.distributed)} tables by cell, {len(planned.references)} on every node"
    click.echo(f"{said}, {len(planned.delegated)} functions run where their cell lives.", err=dry_run)


def _psql() -> Path:
    """Find the wheel's psql, or the system's where only somebody else's server is used."""
    try:
        return postgres_programs() / "psql"
    except CannotRun:
        if found := shutil.which("psql"):
            return Path(found)
        raise
