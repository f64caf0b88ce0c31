"""`lingqu events`: what consumers gave up, and sending it again."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import rich_click as click
from msgspec import Struct
from rich.console import Console
from rich.table import Table

from lingqu.kernel.errors import Unavailable
from lingqu.roles.connections import connect
from lingqu.roles.installation import Installation
from lingqu.runtime.bus import STREAM, Bus, Message
from lingqu.runtime.db import Database
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements("lingqu.runtime")
Found = TypeVar("Found")


class DeadLetter(Struct, frozen=True):
    """An event that a consumer gave up."""

    cell_id: int
    consumer: str
    event_id: UUID
    subject: str
    event: str
    error: str
    attempts: int
    failed_at: datetime


@click.group()
def events() -> None:
    """Look after events that a consumer could not handle."""


@events.command()
def dead() -> None:
    """List the events that consumers gave up, the oldest first."""
    letters = _with_connections(lambda database, _: database.run(_list))
    if not letters:
        click.echo("No consumer has given up an event.")
        return
    table = Table("failed at", "consumer", "event", "subject", "tried", "error", box=None, pad_edge=False)
    for letter in letters:
        when = letter.failed_at.isoformat(timespec="seconds")
        table.add_row(when, letter.consumer, str(letter.event_id), letter.subject, str(letter.attempts), letter.error)
    Console().print(table)


@events.command()
@click.argument("event_id", type=click.UUID, required=False)
def retry(event_id: UUID | None) -> None:
    """Send EVENT_ID, or everything given up, again; consumers that handled it once do not do so twice."""
    count = _with_connections(lambda database, bus: send_again(database, bus, event_id=event_id))
    click.echo(f"{count} events sent again.")


async def send_again(database: Database, bus: Bus, *, event_id: UUID | None) -> int:
    """Publish dead letters under new message ids and drop their rows; count them.

    Raises: Unavailable if the broker is away; the rows then stay.
    """
    letters = [letter for letter in await database.run(_list) if event_id in {None, letter.event_id}]
    await bus.open()
    for letter in letters:
        # A new message id: the broker must not take it for the one of the first attempt.
        key = f"{letter.event_id}:{letter.consumer}:{letter.failed_at.timestamp()}"
        await bus.publish([Message(f"{STREAM}.{letter.subject}.{letter.cell_id}", key, f"[{letter.event}]".encode())])
        await database.run(lambda tx, letter=letter: _drop(tx, letter))  # type: ignore[misc]
    return len(letters)


async def _list(tx: Tx) -> list[DeadLetter]:
    return await tx.all(SQL["list_dead_letters"], DeadLetter)


async def _drop(tx: Tx, letter: DeadLetter) -> None:
    await tx.run(SQL["drop_dead_letter"], cell_id=letter.cell_id, consumer=letter.consumer, event_id=letter.event_id)


def _with_connections(work: Callable[[Database, Bus], Awaitable[Found]]) -> Found:
    installation = Installation.find()
    installation.require_init()
    settings = installation.settings_for_roles(port=installation.settings.port)

    async def run() -> Found:
        database, bus = connect(settings, name="events")
        try:
            await database.open()
            return await work(database, bus)
        finally:
            await bus.close()
            await database.close()

    try:
        with installation.engines.database():
            return asyncio.run(run())
    except Unavailable as fault:
        raise CannotRun(f"{fault.what}; is Lingqu up?") from None
