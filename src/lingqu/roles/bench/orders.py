"""`bench orders` and `bench bulk`: a market under load through the door, checked in the database afterwards."""

import asyncio
import time
from collections.abc import Callable

import msgspec
from msgspec import Struct
from psycopg import AsyncConnection

from lingqu.roles.bench.house import House, house
from lingqu.roles.bench.load import Plan, Tally
from lingqu.roles.bench.market import Market, open_market
from lingqu.roles.bench.send import send, spent
from lingqu.roles.commands.verify import prove
from lingqu.roles.modules import ALL
from lingqu.roles.transaction import bulk_database

DEALERS = 20_000
_POOR = 50
_SELLERS = 16
_OUTBOX_WITHIN_S = 5.0
_BEHIND = "relay orders.close-draft jobs"
_WARM_S = 12.0
_DEALERS_A_SECOND = 250  # so long that all but one in a thousand have called at both processes


class Run(Struct, frozen=True, kw_only=True):
    """One measurement. ``cpu_us`` is CPU time of an order by who spent it; ``refused_share`` of what was answered."""

    cells: int
    orders_per_minute: float
    p50_ms: float
    p99_ms: float
    cpu_us: dict[str, float]
    answers: dict[str, int]
    refused_share: float
    verified: bool
    outbox_empty_after_s: float
    bytes_per_order: float


class Load(Struct, frozen=True, kw_only=True):
    """What to measure. ``bulk``: orders in one request, 0: single orders. ``batch`` 1: one transaction per order."""

    seconds: float
    connections: int
    bulk: int
    dealers: int
    goods: int
    batch: int = 768


def run_orders(load: Load, *, cells: int, report: Callable[[str], None]) -> Run:
    """Set a market up, warm it up, measure, and check what stands in the database."""
    settings = {"LINGQU_WORKER_PARTS": _BEHIND, "LINGQU_ORDER_BATCH": str(load.batch)}
    with house(api_processes=2, cells=cells, settings=settings) as place:
        began = time.monotonic()
        market = asyncio.run(_open(place, load.dealers, load.goods))
        took = time.monotonic() - began
        report(f"{cells} cells: {load.dealers} dealers, {len(market.skus)} SKUs laid out in {took:.0f} s")
        plan = Plan(
            port=place.door_port,
            market=market,
            seconds=min(max(_WARM_S, load.dealers / _DEALERS_A_SECOND), 8 * load.seconds),
            connections=load.connections,
            bulk=load.bulk,
            seed=1,
        )
        warm = send(plan)
        before, size_before = _count(place.database_url), _size(place.database_url)
        used = spent(place)
        tally = send(msgspec.structs.replace(plan, seconds=load.seconds, seed=2))
        used = {name: value - used.get(name, 0.0) for name, value in spent(place).items()}
        emptied = _wait_for_outbox(place.database_url)
        after, size_after = _count(place.database_url), _size(place.database_url)
        placed = _placed(tally)
        answered = sum(tally.answers.values())
        is_right = after - before == placed and before == _placed(warm) and _is_clean(place.database_url, report)
        run = Run(
            cells=cells,
            orders_per_minute=placed / tally.took_s * 60,
            p50_ms=tally.p50_ms,
            p99_ms=tally.p99_ms,
            cpu_us={name: value / answered * 1e6 for name, value in used.items()} | {"client": tally.cpu_us},
            answers=tally.answers,
            refused_share=1 - placed / answered,
            verified=is_right and emptied <= _OUTBOX_WITHIN_S and not set(tally.answers) - _EXPECTED,
            outbox_empty_after_s=emptied,
            bytes_per_order=(size_after - size_before) / max(placed, 1),
        )
    how = ", one transaction per order" if load.batch == 1 else ""
    spent_by = ", ".join(f"{name} {value:.0f}" for name, value in run.cpu_us.items())
    report(
        f"{cells} cells{how}: {run.orders_per_minute:,.0f} orders/min, p50 {run.p50_ms:.0f} ms,"
        f" p99 {run.p99_ms:.0f} ms;"
        f" us of CPU an order: {spent_by}; refused {run.refused_share:.1%};"
        f" outbox empty after {run.outbox_empty_after_s:.1f} s; {run.bytes_per_order:,.0f} bytes an order;"
        f" {'verified' if run.verified else f'NOT RIGHT: {run.answers}, {after - before} stand'}"
    )
    return run


_EXPECTED = {"201", "409", "422", "done", "refused"}


async def _open(place: House, dealers: int, goods: int) -> Market:
    async with bulk_database(place.database_url) as database:
        return await open_market(database, dealers=dealers, poor=_POOR, sellers=_SELLERS, goods=goods)


def _placed(tally: Tally) -> int:
    return tally.answers.get("201", 0) + tally.answers.get("done", 0)


def _is_clean(url: str, report: Callable[[str], None]) -> bool:
    """Run every check of `lingqu verify`."""
    findings = asyncio.run(prove(url, [check for module in ALL for check in module.checks]))
    wrong = [finding for finding in findings if finding.violation_count]
    for finding in wrong:
        report(f"violated: {finding.check.name}, {finding.violation_count} times")
    return not wrong


def _count(url: str) -> int:
    return asyncio.run(_value(url, "select count(*) from orders.order"))


def _size(url: str) -> int:
    return asyncio.run(_value(url, "select pg_database_size(current_database())"))


async def _value(url: str, statement: str) -> int:
    async with await AsyncConnection.connect(url) as connection:
        row = await (await connection.execute(statement)).fetchone()
        return int(row[0]) if row else 0


def _wait_for_outbox(url: str) -> float:
    """Wait until everything is published; give the seconds."""
    began = time.monotonic()
    while asyncio.run(_value(url, "select count(*) from runtime.outbox where published_at is null")):
        if time.monotonic() - began > 10 * _OUTBOX_WITHIN_S:
            break
        time.sleep(0.1)
    return time.monotonic() - began
