"""The api process: every module's routes and the console behind one port. Several may share that port."""

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version

import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server
from litestar.handlers import get as litestar_get
from litestar.response import Redirect
from litestar.types import ASGIApp
from msgspec import Struct

from lingqu.modules.orders.api import Intake, Shelf
from lingqu.roles import console
from lingqu.roles.connections import FastLane, connect, report
from lingqu.roles.door import table
from lingqu.roles.identify import identify, identify_all
from lingqu.roles.memory import settle
from lingqu.roles.messenger import address_rule
from lingqu.roles.modules import ALL
from lingqu.roles.observe import observe
from lingqu.roles.payments import payment_provider
from lingqu.roles.ready import say_ready
from lingqu.roles.rights import Rights
from lingqu.roles.store import objects
from lingqu.runtime.bus import Bus, keep_trying
from lingqu.runtime.http import docs, figures
from lingqu.runtime.http.app import create_app
from lingqu.runtime.http.door import Door
from lingqu.runtime.http.edge import Edge
from lingqu.runtime.http.route import Route
from lingqu.runtime.http.site import Site
from lingqu.runtime.settings import Settings

_BACKLOG = 1024

_LOG = logging.getLogger(__name__)


@litestar_get("/", include_in_schema=False, sync_to_thread=False)
def _front() -> Redirect:
    """Lead to the documentation where no console is built."""
    return Redirect("/docs")


def routes() -> Sequence[Route]:
    """List every route of the API, in module order."""
    return [route for module in ALL for route in module.routes]


def services(settings: Settings, intake: Intake, shelf: Shelf) -> dict[str, object]:
    """Keep what routes ask for besides the transaction."""
    return {
        "intake": intake,
        "shelf": shelf,
        "objects": objects(settings),
        "address_rule": address_rule(settings),
        "provider": payment_provider(settings),
    }


def create(settings: Settings) -> ASGIApp:
    """Put the application of these settings together."""
    database, bus = connect(settings, name="api")
    lane = FastLane(settings, database)
    intake = (
        Intake(database, max_size=settings.order_batch, fast=lane.database, turn=lane.turn)
        if settings.order_batch > 1
        else Intake(database, max_size=1, concurrency=settings.pool_size)  # for comparison
    )
    shelf = Shelf(database, intake.market)
    built = console.folder()
    edge = Edge(database, identify, identify_all=identify_all, services=services(settings, intake, shelf))
    app = create_app(
        edge,
        routes(),
        version=version("lingqu"),
        extra=[*docs.handlers(), figures.handler(token=settings.metrics_token), *([_front] if built is None else [])],
        around=lambda: _serving(settings, edge, bus, _Trade(lane, intake, shelf)),
    )
    return app if built is None else Site(app, built)


class _Trade(Struct, frozen=True):
    """What lives as long as the process serves, behind the hot routes."""

    lane: FastLane
    intake: Intake
    shelf: Shelf


@asynccontextmanager
async def _serving(settings: Settings, edge: Edge, bus: Bus, trade: _Trade) -> AsyncIterator[None]:
    """Say that this process serves, and reach for the broker meanwhile: without it requests are served too."""
    database = edge.database
    stop = asyncio.Event()
    await trade.lane.open()
    beside = [
        asyncio.create_task(keep_trying(stop, "api", lambda: _reach(bus, stop))),
        asyncio.create_task(report(database, stop)),
    ]
    door = None
    if settings.door_port:
        rights = Rights(database)
        beside.append(asyncio.create_task(rights.watch(stop)))
        door = Door(table(trade.intake, trade.shelf, rights))
        await door.open(settings.host, settings.door_port)
    settle()
    say_ready()
    _LOG.info("serving")
    yield
    if door is not None:
        await door.close()
    await edge.drain()
    await trade.intake.drain()
    await trade.shelf.drain()
    stop.set()
    await asyncio.wait(beside)
    await trade.lane.close()
    await bus.close()


async def _reach(bus: Bus, stop: asyncio.Event) -> None:
    await bus.open()
    await stop.wait()


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
    ended = observe("api", level=settings.log_level)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.stop)
    await server.serve()
    ended()
    return 0 if server.interrupt_signal else 1


if __name__ == "__main__":
    sys.exit(uvloop.run(serve(Settings.read())))
