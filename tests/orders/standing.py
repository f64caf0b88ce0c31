"""Standing orders in a small trade, and the processes that a test kills while they place one."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import date, datetime
from typing import Any

from lingqu.modules.orders.api import Intake
from lingqu.modules.orders.freeze_standing import freeze_due
from lingqu.modules.orders.place_standing import PLACE_STANDING
from lingqu.modules.orders.rhythm import Rhythm
from lingqu.modules.orders.standing_orders import read_standing, replace_standing, save_standing
from lingqu.modules.orders.standing_types import NewStanding, StandingContent, StandingDocument
from lingqu.modules.orders.template_lines import ListedPack
from lingqu.runtime.db import Database
from lingqu.runtime.work import Worker

DAILY = Rhythm(kind="weekly", weekdays=[1, 2, 3, 4, 5, 6, 7])


def lines_of(trade: Any, *lines: tuple[int, int]) -> list[ListedPack]:
    """Say lines as (SKU by place, base units)."""
    return [ListedPack(sku_id=trade.skus[sku], pack_id=trade.packs[sku][1], packs=packs) for sku, packs in lines]


def content(trade: Any, *lines: tuple[int, int], **given: Any) -> dict[str, Any]:
    """Describe a standing order: every day from tomorrow, placed a day before, unless the test says otherwise."""
    usual = {"name": "早市", "rhythm": DAILY, "starts_on": date(2026, 3, 3), "lead_days": 1}
    return usual | {"lines": lines_of(trade, *lines)} | given


async def make(trade: Any, *lines: tuple[int, int], buyer: int = 0, **given: Any) -> StandingDocument:
    new = NewStanding(seller_id=trade.seller.id, **content(trade, *lines, **given))
    who = trade.buyers[buyer]
    saved: StandingDocument = await trade.run(lambda tx: save_standing(tx, scope=trade.scope(who), new=new), who=who)
    return saved


async def change(trade: Any, standing: Any, *lines: tuple[int, int], if_match: int, **given: Any) -> StandingDocument:
    who = trade.buyers[0]
    wanted = StandingContent(**content(trade, *lines, **given))
    changed: StandingDocument = await trade.run(
        lambda tx: replace_standing(
            tx, scope=trade.scope(who), standing_id=standing.id, content=wanted, if_match=if_match
        ),
        who=who,
    )
    return changed


async def read(trade: Any, standing: Any, *, who: Any = None) -> StandingDocument:
    scope = trade.scope(who or trade.buyers[0])
    found: StandingDocument = await trade.run(lambda tx: read_standing(tx, scope=scope, standing_id=standing.id))
    return found


async def freeze(trade: Any) -> int:
    """Freeze what is due in every cell, and count it."""
    return sum([await _freeze_in(trade, cell_id) for cell_id in range(4)])


async def _freeze_in(trade: Any, cell_id: int) -> int:
    count: int = await trade.run(lambda tx: freeze_due(tx, cell_id=cell_id, job=PLACE_STANDING))
    return count


async def work(trade: Any, *, intake: Any = None) -> int:
    """Run every job that is due, and count them."""
    worker = Worker(trade.database, [PLACE_STANDING], services={"intake": intake or trade.intake})
    count = 0
    while await worker.work_one():
        count += 1
    return count


class Deadly:
    """An intake in whose hands its process dies: before the order is placed, or right after."""

    def __init__(self, intake: Intake, *, is_after: bool) -> None:
        self._intake, self._is_after = intake, is_after

    async def place(self, **given: Any) -> None:
        if self._is_after:
            await self._intake.place(**given)
        os.kill(os.getpid(), signal.SIGKILL)


async def die(url: str, now: str, moment: str) -> None:
    """Take the job of a frozen date and be killed in the middle of it."""
    instant = datetime.fromisoformat(now)
    database = Database(url, clock=lambda: instant)
    await database.open()
    intake = Deadly(Intake(database), is_after=moment == "after")
    await Worker(database, [PLACE_STANDING], services={"intake": intake}).work_one()


def kill_worker(url: str, *, now: str, moment: str) -> int:
    """Run a worker in a process of its own until it is killed; give how it ended."""
    return subprocess.run([sys.executable, "-m", "tests.orders.standing", url, now, moment], check=False).returncode


if __name__ == "__main__":
    asyncio.run(die(*sys.argv[1:]))
