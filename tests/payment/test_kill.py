"""`kill -9` at every step, between the provider's answer and its record: money stands in the ledger exactly once."""

import asyncio
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from lingqu.kernel.clock import system_clock
from lingqu.modules.payment.types import PaymentState as S
from tests.orders.life import Life
from tests.payment.conftest import SECRET, Desk
from tests.payment.test_course import place

_DOOMED = Path(__file__).parent / "doomed.py"


async def doomed(desk: Desk, call: str) -> None:
    """Run a worker until it is killed at its moment; then its lease is over, as a minute later."""
    url = desk.trade.database._pool.conninfo  # noqa: SLF001 - the test's own database
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(_DOOMED), url, desk.sandbox.address, SECRET, call
    )
    assert await process.wait() == -signal.SIGKILL

    async def over(tx: Any) -> None:
        await tx.connection.execute("update payment.step set lease_until = due_at - interval '1 second'")
        # What waits is due: nobody waits for it in a test.
        await tx.connection.execute("update payment.step set due_at = least(due_at, %s)", [system_clock()])

    await desk.trade.run(over)


@pytest.mark.parametrize("ends", ["paid", "refunded", "expired"])
async def test_killed_at_every_step(desk: Desk, ends: str) -> None:
    # The workers live by the wall's clock.
    desk.trade.clock[0] = system_clock()
    order_id = await place(desk)
    one = await desk.start(5_000, order_id=order_id)
    for call in ("create", "create", "commit"):
        await doomed(desk, call)
        await desk.assert_exact()
    desk.trade.clock[0] = system_clock()
    await desk.go()
    assert await desk.state(one) is S.OPEN
    if ends == "refunded":
        await Life(desk.trade, order_id).cancel(desk.trade.buyers[0])
    if ends == "expired":
        await desk.trade.one(
            "with p as (update payment.online_payment set expires_at = %s returning 1) select count(*) from p",
            desk.trade.now,
        )
        calls = ["query", "close", "close"]
    else:
        await desk.pay(one)
        calls = ["query", "query", "commit"] + (["refund", "refund", "commit"] if ends == "refunded" else [])
    takes_over_at = {"refunded": 3, "expired": 1}.get(ends)
    for number, call in enumerate(calls):
        if number == takes_over_at:
            desk.trade.clock[0] = system_clock()
            assert await desk.conductor.take_due() == 1, "a sound worker takes one step in between"
        await doomed(desk, call)
        assert await desk.trade.violations() == {}
    desk.trade.clock[0] = system_clock()
    await desk.go(seconds=5)
    assert (await desk.state(one)).value == ends
    await desk.assert_exact()
