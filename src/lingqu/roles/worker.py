"""The worker process: what goes on behind the API. One process does all of it unless told otherwise (ADR 0005)."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence

import uvloop

from lingqu.kernel.errors import Unavailable
from lingqu.modules.orders.api import Intake
from lingqu.roles.connections import connect, report
from lingqu.roles.mailer import postman
from lingqu.roles.memory import settle
from lingqu.roles.messenger import messenger
from lingqu.roles.modules import ALL
from lingqu.roles.observe import observe
from lingqu.roles.payments import conductor
from lingqu.roles.ready import say_ready
from lingqu.roles.store import sweep_schedules
from lingqu.runtime.bus import Bus
from lingqu.runtime.consume import Listener
from lingqu.runtime.db import Database
from lingqu.runtime.relay import Relay
from lingqu.runtime.scheduler import Scheduler
from lingqu.runtime.settings import Settings
from lingqu.runtime.work import Worker

Loop = Callable[[asyncio.Event], Awaitable[None]]


def _relay(database: Database, bus: Bus) -> Iterator[Loop]:
    yield Relay(database, bus).run


def _consumers(database: Database, bus: Bus) -> Iterator[Loop]:
    for module in ALL:
        for consumer in module.consumers:
            yield Listener(consumer, database, bus).run


def _jobs(database: Database, _: Bus) -> Iterator[Loop]:
    jobs = [job for module in ALL for job in module.jobs]
    intake = Intake(database)
    worker = Worker(database, jobs, services={"intake": intake})

    async def run(stop: asyncio.Event) -> None:
        await worker.run(stop)
        await intake.drain()

    yield run


def _schedules(database: Database, _: Bus) -> Iterator[Loop]:
    schedules = [schedule for module in ALL for schedule in module.schedules]
    settings = Settings.read()
    yield Scheduler(database, [*schedules, *sweep_schedules(settings)]).run


def _mail(database: Database, _: Bus) -> Iterator[Loop]:
    yield postman(database, Settings.read()).run


def _webhooks(database: Database, _: Bus) -> Iterator[Loop]:
    yield messenger(database, Settings.read())


def _payments(database: Database, _: Bus) -> Iterator[Loop]:
    loop = conductor(database, Settings.read())
    return iter([] if loop is None else [loop])


PARTS: Mapping[str, Callable[[Database, Bus], Iterator[Loop]]] = {
    "relay": _relay,
    "consumers": _consumers,
    "jobs": _jobs,
    "schedules": _schedules,
    "mail": _mail,
    "webhooks": _webhooks,
    "payments": _payments,
}
"""What a worker can do; a fleet gives each its own processes, and a busy consumer one to itself, by its name."""

_CONSUMERS = {consumer.name: consumer for module in ALL for consumer in module.consumers}
_GIVES_WAY = 5


def _loops(part: str, database: Database, bus: Bus) -> Iterator[Loop]:
    if part in PARTS:
        return PARTS[part](database, bus)
    return iter([Listener(_CONSUMERS[part], database, bus).run])


async def work(settings: Settings, *, parts: Sequence[str]) -> int:
    """Do these parts until SIGTERM or SIGINT. Gives the exit status."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    database, bus = connect(settings, name="worker")
    await database.open()
    observed = observe("worker", level=settings.log_level)
    reporting = asyncio.create_task(report(database, stop))
    running = [asyncio.ensure_future(run(stop)) for part in parts for run in _loops(part, database, bus)]
    settle()
    say_ready()
    # A loop ends by itself only by a bug; the supervisor starts the process anew.
    ended, _ = await asyncio.wait([*running, asyncio.ensure_future(stop.wait())], return_when=asyncio.FIRST_COMPLETED)
    is_asked = stop.is_set()
    stop.set()
    await asyncio.wait([*running, reporting])
    await bus.close()
    await database.close()
    observed()
    for task in ended:
        task.result()
    return 0 if is_asked else 1


def main(arguments: Sequence[str]) -> int:
    """Run the parts named on the command line; none named: all."""
    unknown = set(arguments) - set(PARTS) - set(_CONSUMERS)
    if unknown:
        raise SystemExit(f"lingqu: no part {', '.join(sorted(unknown))}; there are {', '.join([*PARTS, *_CONSUMERS])}")
    os.nice(_GIVES_WAY)  # who waits for an answer goes first
    try:
        return uvloop.run(work(Settings.read(), parts=arguments or list(PARTS)))
    except Unavailable as fault:
        raise SystemExit(f"lingqu: {fault.what}") from None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
