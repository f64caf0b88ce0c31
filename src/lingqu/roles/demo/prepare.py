"""Bring a database to a complete demo, whatever was there: nothing, a demo, or one that was interrupted."""

import gc
from collections.abc import Callable

import psycopg
import uvloop
from psycopg import sql

from lingqu.kernel.clock import Clock, system_clock
from lingqu.roles.demo.fill import fill_database
from lingqu.roles.demo.load.tally import Tally
from lingqu.roles.demo.plan.size import Scale
from lingqu.roles.install import initialise
from lingqu.roles.modules import ALL
from lingqu.runtime.objects import Objects


def prepare(
    url: str, *, objects: Objects, scale: Scale, report: Callable[[str], None], clock: Clock = system_clock
) -> Tally | None:
    """Make the demo; None, changing nothing, if it stands already. One that was interrupted is made anew.

    Raises: CannotRun if the installation is a real one, Unavailable if the database is away.
    """
    clear_torso(url, report=report)
    initialise(url, cells=None, report=lambda _: None)
    # Millions of small objects live for one day of the plan; looking for cycles among them costs a tenth of the time.
    gc.disable()
    try:
        return uvloop.run(fill_database(url, objects=objects, scale=scale, report=report, clock=clock))
    finally:
        gc.enable()
        gc.collect()


def clear_torso(url: str, *, report: Callable[[str], None]) -> None:
    """Drop a demo that was never finished, and only such a one."""
    if not _is_torso(url):
        return
    report("The demo was interrupted while it was made; it begins anew.")
    with psycopg.connect(url) as connection:
        for module in ALL:
            name = sql.Identifier(module.name)
            connection.execute(sql.SQL("drop schema if exists {} cascade").format(name))


def _is_torso(url: str) -> bool:
    with psycopg.connect(url) as connection:
        found = connection.execute("select to_regclass('runtime.installation')").fetchone()
        if found is None or found[0] is None:
            return False
        row = connection.execute("select is_demo and demo_filled_at is null from runtime.installation").fetchone()
        return row is not None and bool(row[0])
