"""`lingqu run`: one role in this process, for machines where something else supervises (a container, a fleet)."""

import sys

import rich_click as click
import uvloop

from lingqu.roles import api, worker
from lingqu.roles.installation import Installation


@click.group()
def run() -> None:
    """Run one role alone; LINGQU_DATABASE_URL and LINGQU_NATS_URL say where the engines are."""


@run.command("api")
def run_api() -> None:
    """Answer requests on LINGQU_HOST and LINGQU_PORT; several may share the port."""
    installation = Installation.find()
    settings = installation.settings_for_roles(port=installation.settings.port)
    sys.exit(uvloop.run(api.serve(settings)))


@run.command("worker")
@click.argument("parts", nargs=-1, type=click.Choice(list(worker.PARTS)))
def run_worker(parts: tuple[str, ...]) -> None:
    """Do these PARTS behind the API; none named: all."""
    installation = Installation.find()
    settings = installation.settings_for_roles(port=installation.settings.port)
    sys.exit(uvloop.run(worker.work(settings, parts=parts or list(worker.PARTS))))
