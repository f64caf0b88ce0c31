"""The small trade with a supplier that sends straight to its buyer's buyers, and an order it sends."""

from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.ledger.api import NewAccount, NewEntry, Posting, open_accounts, post
from lingqu.modules.network.api import AddedOrganization, BinState
from lingqu.modules.orders.arrivals import NewReceipt, ReceiptLine
from lingqu.modules.orders.close import CloseLine, Closure, close
from lingqu.modules.orders.confirm import Confirmation, confirm
from lingqu.modules.orders.queries import read_order
from lingqu.modules.orders.receive import receive
from lingqu.modules.orders.return_goods import BackLine, NewReturn, accept_return, reject_return, request_return
from lingqu.modules.orders.ship import NewShipment, ShipLine, ship
from lingqu.modules.orders.step import StepDone, only
from lingqu.modules.orders.types import Order, Placed
from lingqu.modules.routing.offer_direct import offer_direct
from lingqu.modules.routing.permissions import PERMISSIONS
from lingqu.modules.routing.types import MadeOffer, NewDirectOffer
from lingqu.modules.stock.api import Receipt, key_of
from lingqu.modules.stock.api import receive as put_in
from lingqu.runtime.tx import Tx
from tests.orders.trade import Trade, link_maker
from tests.routing.places import Places

FEE_PPM = 30_000
BOUGHT_AT = (700, 200, 1_800)
"""What the distributor pays the supplier for a base unit of each SKU, tax included."""


class Supply(Struct):
    """A distributor with three warehouses, and its supplier, in another cell, that may send for it."""

    places: Places

    @property
    def trade(self) -> Trade:
        return self.places.trade

    @property
    def supplier(self) -> AddedOrganization:
        return self.trade.maker

    def key(self, sku: int = 0, state: BinState = BinState.SELLABLE) -> int:
        return key_of(bin_id=self.supplier.bins[state], sku_id=self.trade.skus[sku])

    def scope(self, who: AddedOrganization) -> Scope:
        scope = self.trade.scope(who)
        return replace(scope, permissions=scope.permissions | {p.code for p in PERMISSIONS})

    async def offer(self, *, if_match: int = 0, **given: Any) -> MadeOffer:
        offer = NewDirectOffer(**{"fee_ppm": FEE_PPM} | given)
        scope = self.scope(self.supplier)
        return await self.trade.run(
            lambda tx: offer_direct(tx, scope=scope, buyer_id=self.trade.seller.id, if_match=if_match, offer=offer),
            who=self.supplier,
        )

    async def stock(self, quantity: int, *, sku: int = 0, lot: str = "M1") -> None:
        receipt = Receipt(uuid7(), 1, self.key(sku), quantity, lot, date(2026, 1, 1), date(2029, 1, 1), quantity * 300)
        await self.trade.run(
            lambda tx: put_in(
                tx,
                cell_id=self.supplier.home_cell,
                document_kind="opening",
                receipts=[receipt],
                business_on=self.trade.today,
                user_id=None,
            )
        )

    async def money(self, amount: int) -> UUID:
        """Pay the supplier in advance, as the distributor."""

        async def put(tx: Tx) -> UUID:
            owner = self.supplier.party_id
            prepaid = NewAccount(
                kind="prepaid", owner=owner, counterparty=self.trade.seller.party_id, currency="CNY", floor=0
            )
            opening, account = await open_accounts(
                tx,
                cell_id=self.supplier.home_cell,
                accounts=[NewAccount(kind="opening", owner=owner, currency="CNY"), prepaid],
            )
            entry = NewEntry(
                id=uuid7(),
                kind="opening",
                document_kind="opening",
                document_id=uuid7(),
                postings=(Posting(opening, account, amount),),
                business_on=self.trade.today,
            )
            await post(tx, cell_id=self.supplier.home_cell, entries=[entry])
            return account

        return await self.trade.run(put)

    async def place(self, *lines: tuple[int, int], buyer: int = 0, **given: Any) -> Placed:
        trade = self.trade
        return await trade.intake.place(
            scope=trade.scope(trade.buyers[buyer]), key=trade.new_key(), order=trade.order(*lines, **given)
        )

    async def bought(self, order_id: UUID) -> UUID:
        found: UUID = await self.trade.one("select order_id from orders.direct_order where for_order_id = %s", order_id)
        return found

    async def lines(self, order_id: UUID) -> list[tuple[Any, ...]]:
        """Give each line: number, from a supplier, reserved, owed, cancelled, shipped, received, short, returned."""
        async with self.trade.database.begin(now=self.trade.now) as tx:
            cursor = await tx.connection.execute(
                "select line_no, supplier_id is not null, reserved, back_ordered, cancelled, shipped, received, short, "
                "returned from orders.line where order_id = %s order by line_no",
                (order_id,),
            )
            return await cursor.fetchall()

    async def fee(self) -> tuple[int, int]:
        """Give what the supplier has paid of fees and what the distributor got, over all orders."""
        paid = await self.trade.one(
            "select coalesce(sum(case when p.debit = a.id then p.amount else -p.amount end), 0)::int "
            "from ledger.posting p "
            "join ledger.account a on a.cell_id = p.cell_id and a.id in (p.debit, p.credit) "
            "where a.kind = 'fee' and a.owner = %s",
            self.supplier.party_id,
        )
        got = await self.trade.one(
            "select coalesce(sum(case when p.credit = a.id then p.amount else -p.amount end), 0)::int "
            "from ledger.posting p join ledger.entry e on e.cell_id = p.cell_id and e.id = p.entry_id "
            "join ledger.account a on a.cell_id = p.cell_id and a.id in (p.debit, p.credit) "
            "where e.kind = 'service-fee' and a.kind = 'revenue' and a.owner = %s",
            self.trade.seller.party_id,
        )
        return int(paid), int(got)

    async def confirm(self, order_id: UUID, who: AddedOrganization) -> StepDone:
        scope = self.trade.scope(who)
        items = [Confirmation(order_id=order_id)]
        return only(await self.trade.run(lambda tx: confirm(tx, scope=scope, confirmations=items), who=who))

    async def ship(self, order_id: UUID, *lines: tuple[int, int], who: AddedOrganization | None = None) -> StepDone:
        sender = who or self.supplier
        scope = self.trade.scope(sender)
        item = NewShipment(order_id=order_id, lines=[ShipLine(line_no=n, quantity=q) for n, q in lines] or None)
        return only(await self.trade.run(lambda tx: ship(tx, scope=scope, shipments=[item]), who=sender))

    async def arrived(self, order_id: UUID) -> UUID:
        """Name the last shipment of an order."""
        found: UUID = await self.trade.one(
            "select id from orders.shipment where order_id = %s order by shipped_at desc, number desc limit 1", order_id
        )
        return found

    async def receive(
        self, shipment_id: UUID, *lines: tuple[int, int, str], who: AddedOrganization | None = None
    ) -> StepDone:
        buyer = who or self.trade.buyers[0]
        scope = self.trade.scope(buyer)
        told = [ReceiptLine(position=p, received=q, reason=why) for p, q, why in lines]
        item = NewReceipt(shipment_id=shipment_id, lines=told)
        return only(await self.trade.run(lambda tx: receive(tx, scope=scope, receipts=[item]), who=buyer))

    async def close(self, order_id: UUID, *lines: tuple[int, int], who: AddedOrganization) -> StepDone:
        scope = self.trade.scope(who)
        closure = Closure(reason="test", lines=[CloseLine(line_no=n, quantity=q) for n, q in lines] or None)
        return await self.trade.run(lambda tx: close(tx, scope=scope, order_id=order_id, closure=closure), who=who)

    async def give_back(
        self, order_id: UUID, *lines: tuple[int, int], who: AddedOrganization | None = None
    ) -> StepDone:
        buyer = who or self.trade.buyers[0]
        scope = self.trade.scope(buyer)
        wanted = NewReturn(order_id=order_id, lines=[BackLine(line_no=n, quantity=q) for n, q in lines], reason="test")
        return await self.trade.run(lambda tx: request_return(tx, scope=scope, wanted=wanted), who=buyer)

    async def return_of(self, order_id: UUID) -> UUID:
        found: UUID = await self.trade.one(
            "select id from orders.return where order_id = %s order by requested_at desc, number desc limit 1", order_id
        )
        return found

    async def decide(self, return_id: UUID, *, who: AddedOrganization, is_accepted: bool = True) -> StepDone:
        scope = self.trade.scope(who)
        if is_accepted:
            return await self.trade.run(
                lambda tx: accept_return(tx, scope=scope, return_id=return_id, is_sellable=True), who=who
            )
        return await self.trade.run(
            lambda tx: reject_return(tx, scope=scope, return_id=return_id, reason="no"), who=who
        )

    async def read(self, order_id: UUID, who: AddedOrganization) -> Order:
        scope = self.trade.scope(who)
        return await self.trade.run(lambda tx: read_order(tx, scope=scope, order_id=order_id))

    async def both_confirmed(self, order_id: UUID) -> UUID:
        """Confirm an order and the one that buys for it; give the latter."""
        bought = await self.bought(order_id)
        await self.confirm(order_id, self.trade.seller)
        await self.confirm(bought, self.supplier)
        return bought


async def build_supply(tx: Tx, places: Places) -> Supply:
    """Let the maker supply the distributor at prices of its own, and set where its warehouse stands."""
    trade = places.trade
    await link_maker(tx, trade)
    cursor = await tx.connection.execute(
        "insert into pricing.price_list (seller_id, code, name, currency, is_tax_included, status, valid_from, "
        "sort_key, search, created_at) values (%s, 'M', 'List', 'CNY', true, 'published', '2026-01-01', 'm', '{}', %s) "
        "returning id",
        (trade.maker.id, tx.now),
    )
    row = await cursor.fetchone()
    assert row is not None
    await tx.connection.execute("insert into pricing.assignment (list_id, audience) values (%s, 'everybody')", row)
    for sku_id, packs, price in zip(trade.skus, trade.packs, BOUGHT_AT, strict=True):
        await tx.connection.execute(
            "insert into pricing.price_item (list_id, sku_id, pack_id, valid_from, price_minor) "
            "values (%s, %s, %s, '2026-01-01', %s)",
            (row[0], sku_id, packs[1], price),
        )
    return Supply(places=places)
