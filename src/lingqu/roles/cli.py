"""The command line: a table of contents. Each command lives in a file of its own under ``commands``."""

import sys

import psycopg
import rich_click as click

from lingqu.roles.commands.db import db
from lingqu.roles.commands.doctor import doctor
from lingqu.roles.commands.down import down
from lingqu.roles.commands.init import init
from lingqu.roles.commands.openapi import openapi
from lingqu.roles.commands.status import status
from lingqu.roles.commands.up import up
from lingqu.roles.commands.verify import verify
from lingqu.runtime.engines.cannot_run import CannotRun


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lingqu")
def lingqu() -> None:
    """Lingqu, the channel operating system. LINGQU_HOME names the data folder."""


for command in (init, up, down, status, doctor, db, openapi, verify):
    lingqu.add_command(command)


def main() -> None:
    """Run one command; what is expected to fail fails with words and status 1, not with a traceback."""
    try:
        lingqu()
    except CannotRun as error:
        click.echo(f"lingqu: {error}", err=True)
        sys.exit(1)
    except PermissionError as error:
        click.echo(f"lingqu: {error.filename} belongs to another account; run lingqu as that account.", err=True)
        sys.exit(1)
    except psycopg.OperationalError as error:
        click.echo(f"lingqu: the database does not answer: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
