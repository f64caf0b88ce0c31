"""`lingqu bench`: measurements, each on an installation of its own."""

import asyncio
import secrets
import sys
import time
from collections.abc import Callable
from typing import Any

import rich_click as click
from msgspec import json
from msgspec.structs import replace

from lingqu.roles.bench.crash.campaign import Ended, fight
from lingqu.roles.bench.house import house
from lingqu.roles.bench.market import SKUS
from lingqu.roles.bench.orders import DEALERS, Load, run_orders
from lingqu.roles.bench.oversell import BUYERS, SLEEPING, STOCK, Rush, open_shop, rush
from lingqu.roles.bench.plans import NODES as WAREHOUSES
from lingqu.roles.bench.plans import plan_backlog
from lingqu.roles.bench.read import SKUS_A_LOOK, run_reads
from lingqu.roles.bench.routes import LINES, NODES, measure
from lingqu.roles.bench.soak.soak import soak as soak_in
from lingqu.roles.bench.stage import stage


@click.group()
def bench() -> None:
    """Measure; each measurement makes an installation of its own and removes it."""


@bench.command()
@click.option("--seconds", type=click.FloatRange(min=0), default=0.0, help="Go on with new rounds for so long.")
def oversell(seconds: float) -> None:
    """Let 200 buyers rush for a stock of 50 through two API processes; exits 1 unless exactly 50 get one."""
    click.echo(f"{BUYERS} buyers, a stock of {STOCK}, {SLEEPING} of it under a promise that has run out")
    round_number = 0
    with stage(api_processes=2) as place:
        crowd = asyncio.run(open_shop(place.database_url))
        until = time.monotonic() + seconds
        while True:
            round_number += 1
            ended = asyncio.run(rush(place, crowd))
            _tell(round_number, ended)
            if not ended.is_right or time.monotonic() >= until:
                break
    facts = {"accepted": ended.accepted, "refused": ended.refused, "errors": sum(ended.errors.values())}
    click.echo(json.encode(facts | {"rounds": round_number}).decode())
    sys.exit(0 if ended.is_right else 1)


@bench.command()
@click.option("--batches", type=click.IntRange(min=1), default=20)
@click.option("--size", type=click.IntRange(min=1), default=256, help="Orders in a batch.")
def route(batches: int, size: int) -> None:
    """Choose warehouses for orders and keep the reasons, in batches and one by one."""
    with stage(api_processes=1) as place:
        found = asyncio.run(measure(place.database_url, batches=batches, size=size))
    click.echo(f"{found.orders} orders of {LINES} lines, {NODES} warehouses each; every choice kept with its reasons")
    click.echo(f"in batches of {size}: {found.ms_per_order:.3f} ms an order; one by one: {found.ms_alone:.3f} ms")
    facts = {"ms_per_order": round(found.ms_per_order, 4), "ms_alone": round(found.ms_alone, 4)}
    facts["ratio"] = round(found.ms_alone / found.ms_per_order, 1)
    click.echo(json.encode(facts | {"orders": found.orders, "kept": found.kept}).decode())


@bench.command()
@click.option("--orders", "count", type=click.IntRange(min=1, max=500), default=200, show_default=True)
@click.option("--seconds", type=click.IntRange(min=1, max=300), default=20, show_default=True, help="To solve.")
@click.option("--gap-ppm", type=click.IntRange(min=0, max=200_000), default=0, show_default=True)
def plan(count: int, seconds: int, gap_ppm: int) -> None:
    """Plan a waiting backlog beside greedy and apply it; exits 1 if it is dearer, skipped or oversold anything."""
    with stage(api_processes=1) as place:
        ended = asyncio.run(plan_backlog(place.database_url, orders=count, seconds=seconds, gap_ppm=gap_ppm))
    said = ended.summary
    click.echo(f"{said.order_count} orders wait with {said.line_count} lines, {WAREHOUSES} warehouses")
    for name, one in (("as it is", said.nothing), ("greedy", said.greedy), ("plan", said.plan)):
        click.echo(
            f"{name}: cost {one.cost_minor:,} (ways {one.way_minor:,}, splits {one.split_minor:,}, waiting"
            f" {one.late_minor:,}), {one.km:,} km, {one.place_count} deliveries, {one.unit_count:,} units,"
            f" {one.line_count} lines and {one.order_count} orders served"
        )
    click.echo(f"no plan costs less than {said.bound_minor:,}: at most {said.gap_ppm / 10_000:.2f} % above the best")
    click.echo(f"planned in {ended.plan_ms:.0f} ms (solver {said.solve_ms}), applied in {ended.apply_ms:.0f} ms")
    facts = {
        "cost_greedy": said.greedy.cost_minor,
        "cost_plan": said.plan.cost_minor,
        "ratio": round(said.greedy.cost_minor / max(said.plan.cost_minor, 1), 3),
        "ways_greedy": said.greedy.way_minor,
        "ways_plan": said.plan.way_minor,
        "units_greedy": said.greedy.unit_count,
        "units_plan": said.plan.unit_count,
        "gap_ppm": said.gap_ppm,
        "plan_ms": round(ended.plan_ms),
        "apply_ms": round(ended.apply_ms),
        "applied": ended.applied,
        "skipped": ended.skipped,
        "ok": said.plan.cost_minor <= said.greedy.cost_minor and ended.skipped == 0 and ended.oversold == 0,
    }
    click.echo(json.encode(facts).decode())
    sys.exit(0 if facts["ok"] else 1)


@bench.command()
@click.option(
    "--kills", type=click.IntRange(min=1), default=10, show_default=True, help="Kills that must meet requests."
)
@click.option("--seed", type=int, help="Of the load and of the moments.  [default: by chance, printed]")
def crash(kills: int, seed: int | None) -> None:
    """Kill the database, the broker, API processes and the worker under load; exits 1 unless everything stands once."""
    chosen = secrets.randbits(32) if seed is None else seed
    click.echo(f"seed {chosen}")
    with house(api_processes=2) as place:
        ended = asyncio.run(fight(place, kills=kills, seed=chosen, report=click.echo))
    _tell_of(ended)
    facts = {
        "kills": len(ended.kills),
        "in_flight": sum(kill.in_flight for kill in ended.kills),
        "in_flight_least": min(kill.in_flight for kill in ended.kills),
        "acknowledged": len(ended.record.acknowledged),
        "lost": ended.proof.lost,
        "doubled": ended.proof.doubled,
        "ok": ended.is_ok,
    }
    click.echo(json.encode(facts).decode())
    sys.exit(0 if ended.is_ok else 1)


@bench.command()
@click.option("--minutes", type=click.IntRange(min=3), default=10, show_default=True, help="How long.")
@click.option(
    "--minute", "minute_s", type=click.FloatRange(min=1), default=60.0, help="Seconds of a minute, for a try."
)
@click.option("--seed", type=int, help="Of the load.  [default: by chance, printed]")
def soak(minutes: int, minute_s: float, seed: int | None) -> None:
    """Load everything evenly; exits 1 if the last minute is slower or larger than the second, or books are wrong."""
    chosen = secrets.randbits(32) if seed is None else seed
    click.echo(f"seed {chosen}")
    with house(api_processes=2) as place:
        soaked = asyncio.run(soak_in(place, minutes=minutes, minute_s=minute_s, seed=chosen, report=click.echo))
    for fault in soaked.faults:
        click.echo(f"worse: {fault}")
    facts = {
        "minutes": len(soaked.minutes),
        "orders": soaked.proof.orders,
        "orders_second": soaked.second.orders,
        "orders_last": soaked.last.orders,
        "p99_ms_second": soaked.second.p99_ms,
        "p99_ms_last": soaked.last.p99_ms,
        "cpu_ms_per_order_second": soaked.second.cpu_ms_per_order,
        "cpu_ms_per_order_last": soaked.last.cpu_ms_per_order,
        "others_share_second": soaked.second.others_share,
        "others_share_last": soaked.last.others_share,
        "pace_second": soaked.second.pace,
        "pace_last": soaked.last.pace,
        "private_bytes_second": {name: used.private for name, used in soaked.second.memory.items()},
        "private_bytes_last": {name: used.private for name, used in soaked.last.memory.items()},
        "pss_bytes_last": {name: used.pss for name, used in soaked.last.memory.items()},
        "bytes_per_order": soaked.bytes_per_order,
        "ok": not soaked.faults,
    }
    click.echo(json.encode(facts).decode())
    sys.exit(1 if soaked.faults else 0)


_cells = click.option(
    "--cells", type=click.IntRange(1, 64), multiple=True, help="Repeat for more than one.  [default: 4]"
)
_seconds = click.option("--seconds", type=click.FloatRange(min=1), default=15.0, show_default=True, help="To measure.")
_dealers = click.option("--dealers", type=click.IntRange(min=16), default=DEALERS, show_default=True)
_goods = click.option("--skus", "goods", type=click.IntRange(min=10), default=SKUS, show_default=True)


def _market(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say how large the market is and how long to measure."""
    for option in (_goods, _dealers, _seconds, _cells):
        command = option(command)
    return command


@bench.command()
@_market
@click.option("--connections", type=click.IntRange(min=1), default=640, show_default=True)
def orders(cells: tuple[int, ...], connections: int, **market: Any) -> None:
    """Place single orders through the door from 20,000 dealers; exits 1 unless all of it stands in the database."""
    _report_runs(cells, Load(connections=connections, bulk=0, **market))


@bench.command()
@_market
@click.option("--connections", type=click.IntRange(min=1), default=64, show_default=True)
@click.option("--size", type=click.IntRange(1, 1000), default=100, show_default=True, help="Orders in one request.")
def bulk(cells: tuple[int, ...], connections: int, size: int, **market: Any) -> None:
    """Place orders by the bulk endpoint of the door; exits 1 unless all of it stands in the database."""
    _report_runs(cells, Load(connections=connections, bulk=size, **market))


@bench.command()
@click.option("--seconds", type=click.FloatRange(min=1), default=15.0, show_default=True, help="To measure.")
@click.option("--connections", type=click.IntRange(min=1), default=256, show_default=True)
@_dealers
@_goods
def read(seconds: float, connections: int, dealers: int, goods: int) -> None:
    """Look at shelves of ten SKUs through the door while orders run; exits 1 if anything told was older than 500 ms."""
    ended = run_reads(seconds=seconds, connections=connections, dealers=dealers, goods=goods, report=click.echo)
    used = ", ".join(f"{name} {value:.0f}" for name, value in ended.cpu_us.items())
    click.echo(
        f"{ended.per_second:,.0f} looks a second at {SKUS_A_LOOK} SKUs each, p50 {ended.p50_ms:.0f} ms,"
        f" p99 {ended.p99_ms:.0f} ms, {ended.orders_per_minute:,.0f} orders a minute beside;"
        f" us of CPU a look, orders within: {used}; the oldest was {ended.oldest_ms:.0f} ms old when it arrived;"
        f" through the application, no orders beside: {ended.by_application:,.0f} a second"
    )
    facts = {
        "requests_per_second": round(ended.per_second),
        "p50_ms": round(ended.p50_ms, 1),
        "p99_ms": round(ended.p99_ms, 1),
        "oldest_ms": round(ended.oldest_ms),
        "orders_per_minute": round(ended.orders_per_minute),
        "ratio_to_application": round(ended.per_second / ended.by_application, 1),
        "errors": ended.errors,
        "ok": ended.is_fresh and not ended.errors,
    }
    click.echo(json.encode(facts).decode())
    sys.exit(0 if facts["ok"] else 1)


def _report_runs(cells: tuple[int, ...], load: Load) -> None:
    counts = cells or (4,)
    runs = [run_orders(load, cells=count, report=click.echo) for count in counts]
    plain = run_orders(replace(load, batch=1), cells=counts[0], report=click.echo)
    first = runs[0]
    facts = {
        "orders_per_minute": round(first.orders_per_minute),
        "p50_ms": round(first.p50_ms, 1),
        "p99_ms": round(first.p99_ms, 1),
        "cpu_us_per_order": round(sum(first.cpu_us.values()), 1),
        "verified": all(run.verified for run in (*runs, plain)),
        "ratio_to_plain": round(first.orders_per_minute / plain.orders_per_minute, 1),
        "by_cells": {str(run.cells): round(run.orders_per_minute) for run in runs},
    }
    click.echo(json.encode(facts).decode())
    sys.exit(0 if facts["verified"] else 1)


def _tell_of(ended: Ended) -> None:
    record, proof = ended.record, ended.proof
    click.echo(
        f"{len(record.sent)} orders sent: {len(record.acknowledged)} acknowledged, {len(record.refused)} refused,"
        f" {len(record.unanswered)} given up, of which {proof.nameless} stand; {record.failed} requests failed;"
        f" {len(record.steps)} steps, {len(record.arrived)} transfers between cells, {proof.events} events"
    )
    click.echo(json.encode(proof).decode())


def _tell(round_number: int, ended: Rush) -> None:
    shares = " and ".join(str(count) for count in ended.connections)
    click.echo(
        f"round {round_number}: {ended.accepted} accepted, {ended.refused} refused for lack of stock;"
        f" {shares} connections by process"
    )
    for what, count in sorted(ended.errors.items()):
        click.echo(f"  {count} times: {what}")
