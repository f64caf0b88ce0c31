"""A seller and its buyer in other cells, their webhooks, a real receiver, and a clock that tests move."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec import Struct

from lingqu.adapters.http_sender import HTTPSender
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.identity.api import NewUser, add_users, find_built_in_roles
from lingqu.modules.network.api import AddedOrganization, Kind, NewOrganization, add_organizations
from lingqu.modules.orders.events import OrderConfirmed
from lingqu.modules.partners.address import AddressRule
from lingqu.modules.partners.api import Dispatcher, NewWebhook, subscribe
from lingqu.modules.partners.consumers import queue_for_subscribers
from lingqu.modules.partners.subjects import TOLD
from lingqu.modules.partners.types import WebhookMade
from lingqu.runtime.db import Database
from lingqu.runtime.inbox import Delivered
from lingqu.runtime.tx import Tx
from tests.partners.sink import Sink

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ORDERS = ["orders.cancelled.v1", "orders.confirmed.v1", "orders.placed.v1"]


def scope_of(one: AddedOrganization, *, user_id: int | None = 1, without: str = "") -> Scope:
    return Scope(
        actor=Actor(one.party_id, user_id, "manager"),
        organization_id=one.id,
        party_id=one.party_id,
        cell_id=one.home_cell,
        organization_ids=(one.id,),
        party_ids=(one.party_id,),
        cell_ids=(one.home_cell,),
        permissions=frozenset({told.permission for told in TOLD.values()} | {"partners.webhooks"}) - {without},
    )


class Desk(Struct):
    """What a test of deliveries does."""

    database: Database
    dispatcher: Dispatcher
    sink: Sink
    clock: list[datetime]
    seller: AddedOrganization
    buyer: AddedOrganization
    stranger: AddedOrganization

    async def subscribe(
        self, who: AddedOrganization, path: str = "/", subjects: list[str] | None = None
    ) -> WebhookMade:
        new = NewWebhook(url=self.sink.url + path, subjects=subjects or ORDERS)
        rule = AddressRule(may_be_private=True)
        async with self.database.begin() as tx:
            tx.cell_id = who.home_cell
            return await subscribe(tx, scope=scope_of(who), new=new, rule=rule)

    def wait(self, seconds: float) -> None:
        self.clock[0] += timedelta(seconds=seconds)

    def confirmed(self, order_id: UUID | None = None) -> Delivered:
        """Give an event of the seller's and the buyer's order, a moment after the last one."""
        self.wait(0.01)
        event = OrderConfirmed(
            order_id=order_id or uuid7(at=self.clock[0]),
            buyer_id=self.buyer.id,
            seller_id=self.seller.id,
            business_on=date(2026, 3, 2),
            number="SO-1",
        )
        return Delivered(self.seller.home_cell, uuid7(at=self.clock[0]), event)

    async def happen(self, *delivered: Delivered) -> None:
        """Hear events as the consumer does, and wait until they settled."""
        await self.database.run(lambda tx: queue_for_subscribers(tx, delivered))
        self.wait(1.5)

    async def tell_all(self) -> None:
        """Serve lanes until none has something to do now."""
        while await self.dispatcher.tell_due():
            continue

    async def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        async def read(tx: Tx) -> list[tuple[Any, ...]]:
            return await (await tx.connection.execute(statement, values)).fetchall()

        return await self.database.run(read)

    async def set(self, statement: str, *values: Any) -> None:
        async def write(tx: Tx) -> None:
            await tx.connection.execute(statement, values)

        await self.database.run(write)


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    sink = Sink()
    await sink.start()
    yield sink
    await sink.stop()


@pytest.fixture
async def desk(fresh_database: Callable[[], str], sink: Sink) -> AsyncIterator[Desk]:
    clock = [NOW]
    database = Database(fresh_database(), clock=lambda: clock[0])
    await database.open()
    sender = HTTPSender(allows=lambda _: True, within_s=5)
    async with database.begin() as tx:
        organizations = await add_organizations(
            tx,
            organizations=[
                NewOrganization(kind=Kind.DISTRIBUTOR, code=code, name=code, home_cell=cell)
                for code, cell in (("SELLER", 1), ("BUYER", 2), ("STRANGER", 3))
            ],
        )
        role_ids = dict(await find_built_in_roles(tx))
        await add_users(
            tx,
            users=[
                NewUser(
                    login="seller-manager",
                    name="李经理",
                    party_id=organizations[0].party_id,
                    role_ids=(role_ids[Kind.DISTRIBUTOR, "manager"],),
                    password_hash="x",
                )
            ],
        )
    yield Desk(database, Dispatcher(database, sender), sink, clock, *organizations)
    await sender.close()
    await database.close()
