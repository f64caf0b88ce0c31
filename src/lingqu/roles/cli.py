"""The command line: a table of contents. Each command lives in a file of its own under ``commands``."""

import importlib
import keyword
import sys

import psycopg
import rich_click as click

from lingqu.runtime.engines.cannot_run import CannotRun

COMMANDS = (
    "init",
    "up",
    "down",
    "status",
    "doctor",
    "verify",
    "backup",
    "restore",
    "demo",
    "logins",
    "import",
    "replay",
    "bench",
    "db",
    "run",
    "events",
    "openapi",
)


class Contents(click.RichGroup):
    """Loads a command when it is asked for, so that the supervisor carries none of the others in memory."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """List the commands in the order of a first day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        # A command may be named by a word of Python's; its module and function then end in an underscore.
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(importlib.import_module(f"lingqu.roles.commands.{name}"), name)
        return command


@click.group(cls=Contents, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lingqu")
def lingqu() -> None:
    """Lingqu, the channel operating system. LINGQU_HOME names the data folder."""


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
