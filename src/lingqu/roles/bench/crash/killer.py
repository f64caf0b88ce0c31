"""Kill one process after another at random moments: `kill -9`, no warning."""

import asyncio
import os
import random
import signal
import time
from collections.abc import Callable

import psutil
from msgspec import Struct

from lingqu.roles.bench.crash.record import Record
from lingqu.roles.bench.house import House

VICTIMS = ("postmaster", "backend", "api", "worker", "nats")
_PROGRAM = {"postmaster": "postgres", "backend": "postgres", "worker": "worker", "nats": "nats"}
_MOMENT_S = 0.8
_BETWEEN_ANSWERS = 30
_SERVES_WITHIN_S = 120.0
_LOOK_EVERY_S = 0.01


class Kill(Struct, frozen=True):
    """One kill: who, and how many requests waited for an answer at that moment."""

    victim: str
    in_flight: int


class StandsStill(Exception):
    """Nothing is answered any more."""


async def kill_again_and_again(
    house: House, record: Record, *, count: int, dice: random.Random, report: Callable[[str], None]
) -> list[Kill]:
    """Kill until ``count`` kills met requests in flight; each round has every kind of victim once, in random order.

    Raises: StandsStill if the product does not answer again.
    """
    kills: list[Kill] = []
    while len(kills) < count:
        for victim in dice.sample(VICTIMS, len(VICTIMS)):
            if len(kills) == count:
                break
            kills.append(await _kill(house, record, victim, dice))
            report(f"kill {len(kills)}: {victim}, {kills[-1].in_flight} requests in flight")
    return kills


async def _kill(house: House, record: Record, victim: str, dice: random.Random) -> Kill:
    """Wait for a random moment with requests in flight, and kill."""
    deadline = time.monotonic() + _SERVES_WITHIN_S
    while time.monotonic() < deadline:
        await _answers(record, deadline)
        await asyncio.sleep(dice.random() * _MOMENT_S)
        pid = _pid(house, victim, dice)
        in_flight = record.in_flight
        if pid is not None and in_flight:
            os.kill(pid, signal.SIGKILL)
            return Kill(victim, in_flight)
    raise StandsStill(f"no {victim} to kill")


async def _answers(record: Record, deadline: float) -> None:
    """Wait until the product answers again."""
    wanted = record.answered + _BETWEEN_ANSWERS
    while record.answered < wanted:
        if time.monotonic() > deadline:
            raise StandsStill("requests are not answered any more")
        await asyncio.sleep(_LOOK_EVERY_S)


def _pid(house: House, victim: str, dice: random.Random) -> int | None:
    if victim == "api":
        names = sorted(entry.name for entry in house.state.processes if entry.name.startswith("api"))
        return house.pid_of(dice.choice(names))
    pid = house.pid_of(_PROGRAM[victim])
    return pid if pid is None or victim != "backend" else _backend_of(pid, dice)


def _backend_of(postmaster: int, dice: random.Random) -> int | None:
    """Choose a session of the product among the server's own processes."""
    try:
        children = psutil.Process(postmaster).children()
        sessions = sorted(child.pid for child in children if any("lingqu lingqu" in word for word in child.cmdline()))
    except psutil.NoSuchProcess:
        return None
    return dice.choice(sessions) if sessions else None
