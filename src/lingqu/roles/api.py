"""The api process: every module's routes and the console behind one port. Several may share that port."""

import asyncio
import signal
import sys
from collections.abc import Sequence
from importlib.metadata import version

import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server
from litestar.handlers import get as litestar_get
from litestar.response import Redirect
from litestar.types import ASGIApp

from lingqu.roles import console
from lingqu.roles.identify import identify
from lingqu.roles.modules import MODULES
from lingqu.roles.ready import say_ready
from lingqu.runtime.db import Database
from lingqu.runtime.http import docs
from lingqu.runtime.http.app import create_app
from lingqu.runtime.http.edge import Edge
from lingqu.runtime.http.route import Route
from lingqu.runtime.http.site import Site
from lingqu.runtime.settings import Settings

_BACKLOG = 1024


@litestar_get("/", include_in_schema=False, sync_to_thread=False)
def _front() -> Redirect:
    """Lead to the documentation where no console is built."""
    return Redirect("/docs")


def routes() -> Sequence[Route]:
    """List every route of the API, in module order."""
    return [route for module in MODULES for route in module.routes]


def create(settings: Settings) -> ASGIApp:
    """Put the application of these settings together."""
    database = Database(
        settings.database_url,
        size=settings.pool_size,
        statement_timeout_ms=settings.statement_timeout_ms,
        lock_timeout_ms=settings.lock_timeout_ms,
    )

    async def note_ready() -> None:
        say_ready()

    built = console.folder()
    app = create_app(
        Edge(database, identify),
        routes(),
        version=version("lingqu"),
        extra=[*docs.handlers(), *([_front] if built is None else [])],
        on_start=[note_ready],
    )
    return app if built is None else Site(app, built)


async def serve(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; requests that came before it are answered. Gives the exit status."""
    server = Server(
        create(settings),
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        backlog=_BACKLOG,
        backpressure=_BACKLOG,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.stop)
    await server.serve()
    return 0 if server.interrupt_signal else 1


if __name__ == "__main__":
    sys.exit(uvloop.run(serve(Settings.read())))
