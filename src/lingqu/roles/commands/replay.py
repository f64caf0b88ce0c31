"""`lingqu replay`: send what really happened through the order engine of a running installation."""

import logging
from datetime import datetime
from pathlib import Path

import rich_click as click
import uvloop
from msgspec import json

from lingqu.roles.installation import Installation
from lingqu.roles.iowa.left_out import reasons, skipped_count, write_left_out
from lingqu.roles.iowa.run_replay import Replayed, run_replay
from lingqu.roles.iowa.tally import Tally
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.lock import is_held
from lingqu.runtime.engines.state import read_state

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def replay() -> None:
    """Send what really happened through the order engine of a running installation."""


@replay.command()
@click.option("--from", "first", type=_DAY, required=True, help="The first day.")
@click.option("--to", "last", type=_DAY, required=True, help="The last day.")
@click.option(
    "--sales",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    help="Parquet or CSV files of invoice lines, instead of those of the folder.",
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the files sales_YEAR.parquet are.  [default: the folder that was imported]",
)
def iowa(first: datetime, last: datetime, sales: tuple[Path, ...], folder: Path | None) -> None:
    """Send the invoices of the State of Iowa from one day to another; goes on where it was stopped."""
    if last < first:
        raise CannotRun("--to lies before --from.")
    installation = Installation.find()
    installation.require_init()
    state = read_state(installation.home)
    # Not whether all of it is ready: a replay waits for what is just coming back.
    if state is None or not is_held(installation.home):
        raise CannotRun("Lingqu does not run. Start it with `lingqu up`, in another terminal or with --detach.")
    # While the database is away the pool would say so every second; the replay itself says when it gives up.
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
    with installation.engines.database() as url:
        replayed = uvloop.run(
            run_replay(
                url,
                address=state.address,
                sales=sales,
                folder=folder,
                first=first.date(),
                last=last.date(),
                report=click.echo,
            )
        )
    _tell(replayed, installation.home.path / "iowa" / f"replay-{first.date()}-{last.date()}.csv")


def _tell(replayed: Replayed, result: Path) -> None:
    write_left_out(result, replayed.left_out)
    tally = replayed.tally
    for words, count in reasons(replayed.left_out):
        click.echo(f"{count:>9,} lines {words}")
    click.echo(f"{tally.lines:>9,} lines were sent in {tally.orders + tally.refused:,} orders")
    click.echo(f"{tally.orders:>9,} orders were placed, confirmed, shipped and received")
    click.echo(f"{tally.refused:>9,} orders ({tally.refused_lines:,} lines) were refused{_why(tally)}")
    click.echo(f"{tally.short_lines:>9,} lines fell short, by {tally.short_bottles:,} bottles")
    click.echo(f"{replayed.quoted_differently:>9,} lines were invoiced at another price than most of their day")
    seconds = max(replayed.seconds, 0.001)
    click.echo(
        f"{seconds:>9,.1f} seconds: {tally.lines / seconds:,.0f} lines and {tally.orders / seconds:,.1f} orders/s"
    )
    facts = {
        "lines": tally.lines,
        "orders": tally.orders,
        "short_lines": tally.short_lines,
        "short_bottles": tally.short_bottles,
        "refused": tally.refused,
        "refused_lines": tally.refused_lines,
        "skipped": skipped_count(replayed.left_out),
        "skipped_file": str(result),
        "quoted_differently": replayed.quoted_differently,
        "seconds": round(seconds, 3),
        "lines_per_second": round(tally.lines / seconds, 1),
        "orders_per_second": round(tally.orders / seconds, 1),
    }
    click.echo(json.encode(facts).decode())


def _why(tally: Tally) -> str:
    reasons = ", ".join(f"{count:,} {code}" for code, count in tally.reasons.items())
    return f": {reasons}" if reasons else ""
