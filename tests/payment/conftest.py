"""A trade whose buyer pays online at a real sandbox, and a conductor that a test takes along step by step."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from granian.constants import Interfaces
from granian.server.embed import Server
from msgspec import Struct

from lingqu.adapters.http_sender import HTTPSender
from lingqu.adapters.sandbox.serve import Sandbox, create_app
from lingqu.adapters.sandbox.till import Till
from lingqu.adapters.sandbox_payment import SandboxProvider
from lingqu.kernel.errors import Refusal
from lingqu.modules.payment.api import Conductor, NewOnlinePayment, start
from lingqu.modules.payment.heard import hear
from lingqu.modules.payment.payments import read_payment
from lingqu.modules.payment.types import PaymentLog, PaymentState, reference_of
from lingqu.runtime.db import Database
from lingqu.runtime.engines.ports import free_port
from lingqu.runtime.paying import ChargeStatus
from tests.orders.trade import NOW, Trade, build_trade
from tests.partners.sink import Answer, Received, Sink

SECRET = "of the sandbox"


class Desk(Struct):
    """What a test of payments does. Amounts in fen."""

    trade: Trade
    sandbox: Sandbox
    provider: SandboxProvider
    conductor: Conductor
    sink: Sink

    @property
    def till(self) -> Till:
        return self.sandbox.till

    def wait(self, seconds: float) -> None:
        self.trade.clock[0] += timedelta(seconds=seconds)

    async def start(self, amount: int = 5_000, *, order_id: UUID | None = None) -> UUID:
        new = NewOnlinePayment(seller_id=self.trade.seller.id, amount_minor=amount, order_id=order_id)
        buyer = self.trade.buyers[0]
        scope = self.trade.scope(buyer)
        log = await self.trade.run(lambda tx: start(tx, scope=scope, new=new, provider="sandbox"), who=buyer)
        return log.payment.id

    async def go(self, *, seconds: float = 0, every: float = 1) -> None:
        """Take every step that is due, now and over some time."""
        while True:
            while await self.conductor.take_due():
                continue
            if seconds <= 0:
                return
            self.wait(min(every, seconds))
            seconds -= every

    async def pay(self, payment_id: UUID, *, status: ChargeStatus = ChargeStatus.PAID, is_forced: bool = False) -> None:
        """Pay at the provider as a buyer does, and let its call come through."""
        await self.sandbox.pay(self.reference(payment_id), status, is_forced=is_forced)
        await self.sandbox.calm()

    def reference(self, payment_id: UUID) -> str:
        return reference_of(self.trade.cell, payment_id)

    async def read(self, payment_id: UUID) -> PaymentLog:
        scope = self.trade.scope(self.trade.buyers[0])
        return await self.trade.run(lambda tx: read_payment(tx, scope=scope, payment_id=payment_id))

    async def state(self, payment_id: UUID) -> PaymentState:
        return (await self.read(payment_id)).payment.state

    async def cash(self) -> int:
        """Tell what the seller's books say came in online and stayed."""
        return int(
            await self.trade.one(
                "select coalesce(sum(case e.kind when 'online-receipt' then p.amount else -p.amount end), 0)"
                " from ledger.entry e join ledger.posting p on p.cell_id = e.cell_id and p.entry_id = e.id"
                " where e.kind in ('online-receipt', 'online-refund')"
            )
        )

    async def prepaid(self) -> tuple[int, int]:
        return await self.trade.balance(await self.trade.money(0))

    async def assert_exact(self) -> None:
        """The seller's books hold what the provider received and did not give back, to the fen, and all checks pass."""
        assert await self.cash() == self.till.received_minor()
        assert await self.trade.violations() == {}


@pytest.fixture
async def desk(fresh_database: Callable[[], str], tmp_path: Path) -> AsyncIterator[Desk]:
    clock = [NOW]
    database = Database(fresh_database(), clock=lambda: clock[0])
    await database.open()
    async with database.begin(now=NOW) as tx:
        trade = await build_trade(tx, database, clock)
    port, sink = free_port(), Sink()
    sandbox = Sandbox(Till(tmp_path / "sandbox.sqlite"), secret=SECRET, address=f"http://127.0.0.1:{port}")
    sandbox.mishaps.slow_s = 1.5
    server = Server(create_app(sandbox), address="127.0.0.1", port=port, interface=Interfaces.ASGI)
    serving = asyncio.create_task(server.serve())
    await sink.start()
    sender = HTTPSender(allows=lambda _: True, within_s=1.0)
    provider = SandboxProvider(
        sender, url=sandbox.address, secret=SECRET, notify_url=sink.url + "/api/v1/online-payments/calls"
    )

    async def call(one: Received) -> Answer:
        """Stand for the route, which does just this."""
        try:
            await database.run(lambda tx: hear(tx, provider=provider, headers=one.headers, body=one.body))
        except Refusal as refusal:
            return refusal.status, {}
        return 204, {}

    sink.answer = call
    await _until_open(port)
    yield Desk(trade, sandbox, provider, Conductor(database, provider), sink)
    await sandbox.calm()
    await sender.close()
    server.stop()
    await serving
    await sink.stop()
    sandbox.till.close()
    await trade.intake.drain()
    await database.close()


async def _until_open(port: int) -> None:
    async def reach() -> Any:
        while True:
            try:
                return await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)

    _, writer = await asyncio.wait_for(reach(), 10)
    writer.close()
