"""`lingqu status`: what runs, since when, and how much memory it takes."""

import sys
from datetime import UTC, datetime

import rich_click as click
from msgspec import Struct, json
from rich.console import Console
from rich.table import Table

from lingqu.roles.installation import Installation
from lingqu.roles.memory import Memory, memory_of
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.state import Entry, Phase, living, read_state

_NOT_ALL_RUNS, _NOTHING_RUNS = 1, 3
_MB = 1024 * 1024


class Line(Struct, frozen=True, kw_only=True):
    name: str
    pid: int | None
    state: Phase
    uptime_s: float
    restart_count: int
    memory: Memory


class Status(Struct, frozen=True, kw_only=True):
    is_running: bool
    is_ready: bool
    address: str
    processes: tuple[Line, ...]
    memory: Memory


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def status(*, as_json: bool) -> None:
    """Show every process; exits 0 if all run, 1 if some do not, 3 if nothing runs."""
    seen = look(Installation.find().home, datetime.now(UTC))
    if as_json:
        click.echo(json.encode(seen).decode())
    else:
        _print(seen)
    if not seen.is_ready:
        sys.exit(_NOT_ALL_RUNS if seen.is_running else _NOTHING_RUNS)


def look(home: Home, now: datetime) -> Status:
    """Look at the processes of one home."""
    state = read_state(home)
    if state is None or living(state.supervisor) is None:
        return Status(is_running=False, is_ready=False, address="", processes=(), memory=Memory())
    lines = tuple(_line(entry, now) for entry in (state.supervisor, *state.processes))
    return Status(
        is_running=True,
        is_ready=all(line.state is Phase.RUNNING for line in lines),
        address=state.address,
        processes=lines,
        memory=sum((line.memory for line in lines), start=Memory()),
    )


def _line(entry: Entry, now: datetime) -> Line:
    process = living(entry)
    return Line(
        name=entry.name,
        pid=entry.pid,
        state=entry.phase,
        uptime_s=(now - entry.since).total_seconds() if process else 0.0,
        restart_count=entry.restart_count,
        # Each role is a child of the supervisor and has a line of its own.
        memory=memory_of(process, with_children=entry.name != "supervisor") if process else Memory(),
    )


def _print(seen: Status) -> None:
    if not seen.is_running:
        click.echo("Lingqu does not run. Start it with `lingqu up`.")
        return
    table = Table("process", "pid", "state", "uptime", "restarts", "RSS MB", "PSS MB", box=None, pad_edge=False)
    for line in seen.processes:
        table.add_row(
            line.name,
            str(line.pid or ""),
            line.state,
            _duration(line.uptime_s),
            str(line.restart_count),
            str(line.memory.rss_bytes // _MB),
            str(line.memory.pss_bytes // _MB),
        )
    table.add_row("sum", "", "", "", "", str(seen.memory.rss_bytes // _MB), str(seen.memory.pss_bytes // _MB))
    Console().print(table)
    click.echo(f"\n{seen.address}")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
