"""Read the files, derive the plan and replay it."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from lingqu.roles.iowa.desk import Desk
from lingqu.roles.iowa.left_out import LeftOut
from lingqu.roles.iowa.partners import Partners, find_partners
from lingqu.roles.iowa.patience import patiently
from lingqu.roles.iowa.plan import Plan, default_files, make_plan
from lingqu.roles.iowa.replay import Replay
from lingqu.roles.iowa.run_import import FOLDER
from lingqu.roles.iowa.sales import judge, left_out_of, read_sales
from lingqu.roles.iowa.tally import Tally
from lingqu.roles.transaction import bulk_database
from lingqu.runtime.bookmark import read_bookmark
from lingqu.runtime.engines.cannot_run import CannotRun

_DATABASE_CONNECTIONS = 4
_CONNECTIONS_A_SELLER = 8
_STEPS = 20


class Replayed(Struct, frozen=True, kw_only=True):
    """What a replay comes to."""

    tally: Tally
    seconds: float
    left_out: list[LeftOut]
    quoted_differently: int


async def run_replay(
    url: str,
    *,
    address: str,
    sales: Sequence[Path],
    folder: Path | None,
    first: date,
    last: date,
    report: Callable[[str], None],
) -> Replayed:
    """Replay the invoices of some days.

    Raises: CannotRun, Unexpected.
    """
    async with bulk_database(url, size=_DATABASE_CONNECTIONS) as database:
        partners = await patiently(lambda: database.run(find_partners))
        known = await patiently(lambda: database.run(lambda tx: read_bookmark(tx, cell_id=0, name=FOLDER, shape=str)))
        files = list(sales) or _files(folder or (None if known is None else Path(known)), first=first, last=last)
        report(f"Reading {', '.join(path.name for path in files)}")
        plan, left_out = _plan(files, partners, first=first, last=last)
        if plan is None:
            return Replayed(tally=Tally(), seconds=0.0, left_out=left_out, quoted_differently=0)
        report(f"{plan.line_count:,} lines in {plan.invoice_count:,} invoices of {len(plan.days)} distributors")
        async with Desk(address, database, connections=_CONNECTIONS_A_SELLER * len(plan.days)) as desk:
            run = Replay(database, desk, partners, plan, report=_progress(plan, report))
            tally, seconds = await run.run()
    return Replayed(tally=tally, seconds=seconds, left_out=left_out, quoted_differently=plan.quoted_differently)


def _files(folder: Path | None, *, first: date, last: date) -> list[Path]:
    if folder is None:
        raise CannotRun("Name the folder of the files with --folder, or the files with --sales.")
    found = default_files(folder, first=first, last=last)
    if not found:
        raise CannotRun(f"{folder} has no sales_YEAR.parquet for these days. Name the files with --sales.")
    return found


def _plan(files: Sequence[Path], partners: Partners, *, first: date, last: date) -> tuple[Plan | None, list[LeftOut]]:
    judged = judge(read_sales(files), sellers=partners.seller_of, items=list(partners.goods))
    return make_plan(judged, first=first, last=last), left_out_of(judged, first, last)


def _progress(plan: Plan, report: Callable[[str], None]) -> Callable[[Tally], None]:
    """Report every twentieth of the lines."""
    reported = 0

    def tell(tally: Tally) -> None:
        nonlocal reported
        reached = tally.lines * _STEPS // plan.line_count
        if reached > reported:
            reported = reached
            report(f"{tally.lines / plan.line_count:>5.0%} {tally.lines:,} lines, {tally.orders:,} orders")

    return tell
