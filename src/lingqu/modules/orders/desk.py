"""What a change of a placed order is decided on: the locked order, its priced lines, its delivery, prices, the link."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import UNSET, Struct
from msgspec.structs import replace

from lingqu.modules.network.api import LinkTerms, link_terms
from lingqu.modules.orders.judge import Watch
from lingqu.modules.orders.money import sums_of
from lingqu.modules.orders.plan import Plan, payable, plan_change
from lingqu.modules.orders.policies import find_watches
from lingqu.modules.orders.revision import OrderChange
from lingqu.modules.orders.sheet import LineRow, Sheet
from lingqu.modules.orders.types import Address, LineState, OrderState
from lingqu.modules.orders.wish import PricedRow
from lingqu.modules.pricing.api import Part, PriceBook, load_book
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class Name(Struct, frozen=True, kw_only=True):
    """What a SKU is called."""

    id: int
    code: str
    name_zh: str
    name_en: str
    base_unit: str


class _Head(Struct, frozen=True, kw_only=True):
    requested_on: date | None
    ship_to: Address
    shortage_policy: str


class Delivery(Struct, frozen=True, kw_only=True):
    """When and where goods are wanted."""

    requested_on: date | None
    ship_to: Address

    def changed(self, change: OrderChange) -> "Delivery":
        """Give the delivery as a change wants it."""
        return Delivery(
            requested_on=self.requested_on if change.requested_on is UNSET else change.requested_on,
            ship_to=self.ship_to if change.ship_to is UNSET else change.ship_to,
        )


class Desk(Struct, frozen=True, kw_only=True):
    """Everything that planning reads."""

    sheet: Sheet
    priced: Mapping[int, PricedRow]
    names: Mapping[int, Name]
    delivery: Delivery
    book: PriceBook
    link: LinkTerms | None
    policy: str
    watch: Watch | None

    def is_watched(self, payable_minor: int) -> bool:
        """Tell whether the seller looks at more for this buyer: by a rule, its lateness, or the link's limit."""
        above = None if self.link is None else self.link.approval_above_minor
        has_rules = self.watch is not None and bool(self.watch.rules or self.watch.late)
        return has_rules or (above is not None and payable_minor > above)

    def plan(self, change: OrderChange, *, side: str) -> Plan:
        """Plan a change.

        Raises: CannotChange.
        """
        return plan_change(change, side=side, sheet=self.sheet, priced=self.priced, book=self.book)

    def before(self, plan: Plan) -> OrderState:
        """Tell how what a plan touches stands now."""
        order = self.sheet.order
        numbers = _touched(plan)
        return OrderState(
            lines=[self._line(line.line_no) for line in self.sheet.lines if line.line_no in numbers],
            freight_minor=order.freight_minor,
            payable_minor=payable(self.sheet.lines, order.freight_minor, title_passes=order.title_passes),
            requested_on=self.delivery.requested_on,
            ship_to=self.delivery.ship_to,
        )

    def after(self, plan: Plan, change: OrderChange) -> OrderState:
        """Tell how it stands once the plan is carried out."""
        delivery = self.delivery.changed(change)
        states = {line.line_no: line for line in self.before(plan).lines}
        for wish in plan.cuts:
            line = wish.line
            if line is not None:
                less = replace(line, cancelled=line.cancelled + wish.cut)
                quantity = less.quantity - less.cancelled
                total = self._worth(less)
                states[line.line_no] = replace(states[line.line_no], quantity=quantity, total_minor=total)
        for one in plan.planned:
            name = self.names[one.wish.sku_id]
            states[one.line_no] = LineState(
                line_no=one.line_no,
                sku_id=name.id,
                sku_code=name.code,
                name_zh=name.name_zh,
                name_en=name.name_en,
                base_unit=name.base_unit,
                pack_id=one.wish.pack_id,
                units_per_pack=one.units_per_pack,
                quantity=one.quantity,
                price_minor=one.price_minor,
                total_minor=one.total_minor,
            )
        return OrderState(
            lines=[states[number] for number in sorted(states)],
            freight_minor=plan.freight_minor,
            payable_minor=plan.payable_minor,
            requested_on=delivery.requested_on,
            ship_to=delivery.ship_to,
        )

    def _line(self, line_no: int) -> LineState:
        line, priced = self.sheet.line(line_no), self.priced[line_no]
        return LineState(
            line_no=line_no,
            sku_id=line.sku_id,
            sku_code=priced.sku_code,
            name_zh=priced.name_zh,
            name_en=priced.name_en,
            base_unit=priced.base_unit,
            pack_id=priced.pack_id,
            units_per_pack=line.units_per_pack,
            quantity=line.quantity - line.cancelled,
            price_minor=priced.price_minor,
            total_minor=self._worth(line),
        )

    def _worth(self, line: LineRow) -> int:
        return line.total_minor - sums_of(line, title_passes=self.sheet.order.title_passes).released


async def open_desk(tx: Tx, *, cell_id: int, sheet: Sheet, change: OrderChange) -> Desk:
    """Read what a change of a locked order needs; prices and terms as of this moment."""
    order = sheet.order
    where: dict[str, Any] = {"cell_id": cell_id, "order_id": order.id}
    priced = {row.line_no: row for row in await tx.all(SQL["read_priced"], PricedRow, **where)}
    buyer_id = order.buyer_id or 0
    packs = {row.pack_id for row in priced.values()} | {line.pack_id for line in change.added}
    book = await load_book(tx, seller_ids=[order.seller_id], part=Part(pack_ids=sorted(packs), buyer_ids=[buyer_id]))
    head = await tx.one(SQL["read_delivery"], _Head, **where)
    sku_ids = {line.sku_id for line in sheet.lines} | {line.sku_id for line in change.added}
    links = await link_terms(tx, pairs=[(order.seller_id, buyer_id)])
    return Desk(
        sheet=sheet,
        priced=priced,
        names={name.id: name for name in await tx.all(SQL["read_names"], Name, ids=sorted(sku_ids))},
        delivery=Delivery(requested_on=head.requested_on, ship_to=head.ship_to),
        book=book,
        link=links.get((order.seller_id, buyer_id)),
        policy=head.shortage_policy,
        watch=(await find_watches(tx, pairs=[(order.seller_id, buyer_id)])).get((order.seller_id, buyer_id)),
    )


def _touched(plan: Plan) -> set[int]:
    return {one.line_no for one in plan.planned} | {wish.line.line_no for wish in plan.cuts if wish.line is not None}
