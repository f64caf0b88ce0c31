"""Bring invoices through their whole life over HTTP: place, confirm, ship, receive.

Every step may be repeated: an order is known by its invoice, and a step that was taken before is refused, whereupon
the order is read and goes on from where it stands.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import UUID

from msgspec import Struct

from lingqu.modules.orders.api import Keyed, NewLine, NewOrder
from lingqu.roles.iowa.desk import Desk
from lingqu.roles.iowa.partners import Dealer, Partners, Seller
from lingqu.roles.iowa.plan import Invoice
from lingqu.roles.iowa.tally import Tally
from lingqu.runtime.engines.cannot_run import CannotRun

_LONGEST_NUMBER = 100
_OVER = frozenset({"cancelled", "expired"})
_TAKEN_BEFORE = frozenset({"common.wrong-state", "orders.nothing-to-ship", "orders.already-received"})


class Unexpected(CannotRun):
    """The installation answered what no replay can go on with."""


class _Refused(Struct, frozen=True):
    code: str
    facts: dict[str, Any] = {}
    errors: list[dict[str, Any]] = []


class _Short(Struct, frozen=True):
    asked: int
    free: int


class _Done(Struct, frozen=True, kw_only=True):
    """An order after placing (``id``) or after a later step (``order_id``)."""

    id: UUID | None = None
    order_id: UUID | None = None
    status: str = ""
    total_minor: int = 0
    short_lines: tuple[_Short, ...] = ()
    document_id: UUID | None = None


class _Verdict(Struct, frozen=True):
    done: _Done | None = None
    refused: _Refused | None = None


class _Verdicts(Struct, frozen=True):
    items: list[_Verdict]


class _Shipment(Struct, frozen=True):
    id: UUID
    status: str


class _Order(Struct, frozen=True):
    status: str
    shipments: list[_Shipment]


Placed = dict[UUID, tuple[Dealer, str]]
"""Orders that stand: whose each is, and its status."""


class Trader:
    """Trades the invoices of one seller."""

    def __init__(self, desk: Desk, partners: Partners, seller: Seller) -> None:
        self._desk = desk
        self._partners = partners
        self._seller = seller

    async def place(self, invoices: Sequence[Invoice]) -> tuple[Tally, Placed]:
        """Place invoices and tell what became of them; what was placed before answers with where it stands now.

        Raises: CannotRun.
        """
        tally = Tally()
        placed: dict[UUID, tuple[Dealer, str]] = {}
        body = {"items": [self._order(invoice) for invoice in invoices]}
        answer = await self._desk.post(self._seller.person, "/orders/batch", body, _Verdicts)
        for invoice, verdict in zip(invoices, answer.items, strict=True):
            tally.lines += len(invoice.lines)
            done, code = verdict.done, "" if verdict.refused is None else verdict.refused.code
            if done is None or done.id is None or done.status in _OVER:
                reason = f"orders.{done.status}" if done is not None else code
                tally.refuse(reason, lines=len(invoice.lines), bottles=sum(n for _, n in invoice.lines))
                continue
            tally.orders += 1
            tally.amount_minor += done.total_minor
            tally.short_lines += len(done.short_lines)
            tally.short_bottles += sum(short.asked - short.free for short in done.short_lines)
            placed[done.id] = (self._partners.dealers[invoice.store], done.status)
        return tally, placed

    async def send(self, placed: Placed, on: date) -> dict[Dealer, list[UUID]]:
        """Confirm and ship what was placed on a day; tell which shipments are under way to whom.

        Raises: Unexpected, CannotRun.
        """
        await self._step(
            "/orders/confirmations", [id_ for id_, (_, status) in placed.items() if status == "placed"], on
        )
        going = {id_: dealer for id_, (dealer, status) in placed.items() if status in {"placed", "confirmed"}}
        shipped = await self._step("/shipments/batch", list(going), on)
        coming: dict[Dealer, list[UUID]] = defaultdict(list)
        for order_id, dealer in going.items():
            shipment_id = shipped.get(order_id)
            coming[dealer] += await self._open_shipments(order_id) if shipment_id is None else [shipment_id]
        return coming

    async def receive(self, dealer: Dealer, shipments: Sequence[UUID], on: date) -> None:
        """Take shipments in as their buyer.

        Raises: Unexpected, CannotRun.
        """
        body = {"items": [{"shipment_id": shipment_id, "business_on": on} for shipment_id in shipments]}
        answer = await self._desk.post(dealer.person, "/shipments/receipts", body, _Verdicts)
        for verdict in answer.items:
            _require(verdict, _TAKEN_BEFORE)

    def _order(self, invoice: Invoice) -> Keyed:
        goods = self._partners.goods
        return Keyed(
            key=key_of(invoice),
            order=NewOrder(
                seller_id=self._seller.terms.id,
                buyer_id=self._partners.dealers[invoice.store].id,
                po_number=invoice.number[:_LONGEST_NUMBER],
                business_on=invoice.on,
                lines=[NewLine(sku_id=goods[item].sku_id, packs=bottles) for item, bottles in invoice.lines],
            ),
        )

    async def _step(self, path: str, order_ids: Sequence[UUID], on: date) -> dict[UUID, UUID | None]:
        """Take a step of some orders; give the document of each that took it now."""
        if not order_ids:
            return {}
        body = {"items": [{"order_id": order_id, "business_on": on} for order_id in order_ids]}
        answer = await self._desk.post(self._seller.person, path, body, _Verdicts)
        done = [_require(verdict, _TAKEN_BEFORE) for verdict in answer.items]
        return {id_: one.document_id for id_, one in zip(order_ids, done, strict=True) if one is not None}

    async def _open_shipments(self, order_id: UUID) -> list[UUID]:
        """Find what is under way of an order that was shipped before, and whose answer was lost.

        Raises: Unexpected if the order can come to no end.
        """
        order = await self._desk.get(self._seller.person, f"/orders/{order_id}", _Order)
        if order.status not in {"confirmed", "completed"} or not order.shipments:
            raise Unexpected(f"order {order_id} is {order.status} and has {len(order.shipments)} shipments")
        return [shipment.id for shipment in order.shipments if shipment.status == "shipped"]


def key_of(invoice: Invoice) -> str:
    """Make the Idempotency-Key of an invoice: the same in every replay, whatever signs its number is written in."""
    number = quote(invoice.number, safe="")
    if len(number) > _LONGEST_NUMBER:
        number = hashlib.sha256(number.encode()).hexdigest()
    return f"iowa/{number}/{invoice.store}/{invoice.on}"


def _require(verdict: _Verdict, expected: frozenset[str]) -> _Done | None:
    """Give what was done, or None for a refusal that was to be expected.

    Raises: Unexpected for any other.
    """
    if verdict.refused is None:
        return verdict.done
    if verdict.refused.code not in expected:
        raise Unexpected(f"{verdict.refused.code} {verdict.refused.facts} {verdict.refused.errors}")
    return None
