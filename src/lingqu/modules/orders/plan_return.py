"""Plan a return over many orders: what somebody wants to give back, booked on what was bought. Nothing is written."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import NotFound, Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.api import NamedPack, describe_skus
from lingqu.modules.network.api import OrganizationTerms, link_terms, organization_terms
from lingqu.modules.orders.behalf import NotOnBehalf, read_behalf_rule
from lingqu.modules.orders.prepare import NoLink
from lingqu.modules.orders.return_rule import ReturnRule, find_return_rule, find_unreturnable
from lingqu.modules.orders.returnable import Returnable, Share, book
from lingqu.modules.orders.types import SkuId, SomeQuantity
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
MAX_LINES = 500
MAX_ORDERS = 500

_NOT_BOUGHT = Words("Nothing of it can be returned now.", "该商品目前没有可退数量。")
_TOO_FEW = Words("Only {possible} of {asked} can be returned.", "申请 {asked}，仅 {possible} 可退。")
_NOT_GRANTED = Words("The seller has not agreed to take this back.", "卖方未开通该商品的退货权限。")
_TOO_OLD = Words(
    "Only {possible} of {asked} arrived within the last {window_days} days.",
    "申请 {asked}，最近 {window_days} 天内到货的可退数量为 {possible}。",
)


class TooManyOrders(Refusal):
    """The goods were bought in more orders than one request can hold."""

    code = "orders.return-too-wide"
    status = 422
    title = Words("Too many orders at once", "涉及订单过多")
    detail = Words(
        "These goods were bought in {count} orders; one request holds {most}. Return fewer at once.",
        "这些商品来自 {count} 张订单，一次申请最多 {most} 张，请分次申请。",
    )


class BackGoods(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Goods to give back, in base units, and why."""

    sku_id: SkuId
    quantity: SomeQuantity
    reason: Annotated[str, Meta(max_length=200)] = ""


class ReturnWish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall go back to a seller, without naming orders. A seller that asks for its buyer names the buyer."""

    seller_id: SkuId
    buyer_id: SkuId | None = None
    lines: Annotated[list[BackGoods], Meta(min_length=1, max_length=MAX_LINES)]


class PlannedReturn(Struct, frozen=True, kw_only=True):
    """Goods of one line of an order that would go back, with exactly what they bring."""

    order_id: UUID
    order_number: str | None
    business_on: date
    line_no: int
    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    base_unit: str
    quantity: int
    refund_minor: int
    reason: str


class Unplanned(Struct, frozen=True, kw_only=True):
    """Goods of which not everything can go back: how much can, and why not more. ``row`` counts pasted rows."""

    code: str
    words: Words
    text: str
    asked: int
    possible: int
    row: int | None = None
    sku_id: int | None = None
    name_zh: str = ""
    name_en: str = ""


class ReturnPlan(Struct, frozen=True, kw_only=True):
    """What would go back if it was asked for now.

    ``goods`` are what of the wish can go back; sent with ``lines``, that is what is asked for.
    """

    seller_id: int
    buyer_id: int
    currency: str
    first: str
    window_days: int | None
    order_count: int
    refund_minor: int
    goods: list[BackGoods]
    lines: list[PlannedReturn]
    left_out: list[Unplanned]


class Sides(Struct, frozen=True):
    """Who sold and who bought, and for which of them the caller acts."""

    seller: OrganizationTerms
    buyer: OrganizationTerms
    side: str


class Booked(Struct, frozen=True):
    """A plan as it is worked with. ``missing``: units of SKUs that no line has."""

    rule: ReturnRule
    shares: list[Share]
    missing: dict[int, int]
    granted_not: set[int]
    too_old: set[int]
    names: dict[int, list[NamedPack]]

    @property
    def units(self) -> dict[int, int]:
        """How much of each SKU goes back."""
        found: dict[int, int] = {}
        for share in self.shares:
            found[share.line.sku_id] = found.get(share.line.sku_id, 0) + share.quantity
        return found

    @property
    def currency(self) -> str:
        """One request is in one currency; that of the first line chosen."""
        return self.shares[0].line.currency if self.shares else ""


async def find_sides(tx: Tx, *, scope: Scope, seller_id: int, buyer_id: int | None) -> Sides:
    """Find both sides. The buyer asks for itself, or the seller for a buyer with the right to do so.

    Raises: NotFound for whoever is neither, NoLink where they never traded, Forbidden, NotOnBehalf.
    """
    buying = buyer_id or scope.organization_id
    if scope.organization_id not in {buying, seller_id} or buying == seller_id:
        raise NotFound(kind="organization", id=buying)
    if scope.organization_id == seller_id:
        scope.require("orders.on-behalf")
        rule = await read_behalf_rule(tx, scope=scope, seller_id=seller_id, buyer_id=buying)
        if rule.holds != "allowed":
            raise NotOnBehalf
    # A link that has ended is enough: what was bought over it may still go back.
    if not await link_terms(tx, pairs=[(seller_id, buying)]):
        raise NoLink(seller_id=seller_id)
    known = await organization_terms(tx, organization_ids=[seller_id, buying])
    return Sides(known[seller_id], known[buying], "seller" if scope.organization_id == seller_id else "buyer")


async def plan_return(tx: Tx, *, scope: Scope, wish: ReturnWish) -> ReturnPlan:
    """Show on which purchases goods would be booked and what each brings back; nothing is written.

    Raises: NotFound, NoLink, Forbidden.
    """
    sides = await find_sides(tx, scope=scope, seller_id=wish.seller_id, buyer_id=wish.buyer_id)
    return shown(sides, wish.lines, await book_goods(tx, sides=sides, goods=wish.lines))


async def book_goods(tx: Tx, *, sides: Sides, goods: Sequence[BackGoods]) -> Booked:
    """Book goods on what the buyer has bought and may give back now."""
    wanted: dict[int, int] = {}
    for one in goods:
        wanted[one.sku_id] = wanted.get(one.sku_id, 0) + one.quantity
    cell_id = sides.seller.home_cell
    rule = await find_return_rule(tx, cell_id=cell_id, seller_id=sides.seller.id)
    refused = await find_unreturnable(tx, seller_id=sides.seller.id, buyer_id=sides.buyer.id, sku_ids=wanted)
    rows = await tx.all(
        SQL["find_returnable"],
        Returnable,
        cell_id=cell_id,
        buyer=sides.buyer.party_id,
        seller_id=sides.seller.id,
        sku_ids=sorted(wanted),
    )
    since = rule.since(tx.now)
    granted = [row for row in rows if row.sku_id not in refused]
    fresh = [row for row in granted if since is None or (row.arrived_at is not None and row.arrived_at >= since)]
    shares, missing = book(wanted, fresh, first=rule.first)
    return Booked(
        rule=rule,
        shares=shares,
        missing=missing,
        granted_not=refused,
        too_old={row.sku_id for row in granted if row.possible > 0} if len(fresh) < len(granted) else set(),
        # Only what was bought is named: whoever tries numbers learns nothing of goods it may not see.
        names=await describe_skus(tx, sku_ids={row.sku_id for row in rows}),
    )


def reasons_of(goods: Sequence[BackGoods]) -> dict[int, str]:
    """Join the reasons of goods that were named more than once."""
    found: dict[int, list[str]] = {}
    for one in goods:
        known = found.setdefault(one.sku_id, [])
        if one.reason and one.reason not in known:
            known.append(one.reason)
    return {sku_id: "; ".join(some)[:200] for sku_id, some in found.items()}


def shown(sides: Sides, goods: Sequence[BackGoods], booked: Booked, *, unread: Sequence[Unplanned] = ()) -> ReturnPlan:
    """Tell a plan as people read it."""
    reasons = reasons_of(goods)
    lines = [planned(share, booked.names, reasons[share.line.sku_id]) for share in booked.shares]
    return ReturnPlan(
        seller_id=sides.seller.id,
        buyer_id=sides.buyer.id,
        currency=booked.currency or sides.seller.currency,
        first=booked.rule.first,
        window_days=booked.rule.window_days,
        order_count=len({line.order_id for line in lines}),
        refund_minor=sum(line.refund_minor for line in lines),
        goods=[
            BackGoods(sku_id=sku_id, quantity=quantity, reason=reasons[sku_id])
            for sku_id, quantity in booked.units.items()
        ],
        lines=lines,
        left_out=[*unread, *[missing_of(booked, sku_id, _asked(goods, sku_id)) for sku_id in booked.missing]],
    )


def planned(share: Share, names: Mapping[int, Sequence[NamedPack]], reason: str) -> PlannedReturn:
    """Name a share."""
    line = share.line
    of = names[line.sku_id][0]
    return PlannedReturn(
        order_id=line.order_id,
        order_number=line.number,
        business_on=line.business_on,
        line_no=line.line_no,
        sku_id=line.sku_id,
        sku_code=of.sku_code,
        name_zh=of.name_zh,
        name_en=of.name_en,
        base_unit=of.base_unit,
        quantity=share.quantity,
        refund_minor=share.refund_minor,
        reason=reason,
    )


def missing_of(booked: Booked, sku_id: int, asked: int) -> Unplanned:
    """Say why not all of some goods can go back."""
    possible = asked - booked.missing[sku_id]
    of = next(iter(booked.names.get(sku_id, ())), None)
    facts = {"asked": asked, "possible": possible, "window_days": booked.rule.window_days}
    if sku_id in booked.granted_not:
        code, words = "orders.return-not-allowed", _NOT_GRANTED
    elif sku_id in booked.too_old:
        code, words = "orders.return-window-over", _TOO_OLD
    elif possible:
        code, words = "orders.too-many", _TOO_FEW
    else:
        code, words = "orders.nothing-to-return", _NOT_BOUGHT
    return Unplanned(
        code=code,
        words=Words(words.en.format(**facts), words.zh.format(**facts)),
        text="" if of is None else of.sku_code,
        asked=asked,
        possible=possible,
        sku_id=sku_id,
        name_zh="" if of is None else of.name_zh,
        name_en="" if of is None else of.name_en,
    )


def _asked(goods: Sequence[BackGoods], sku_id: int) -> int:
    return sum(one.quantity for one in goods if one.sku_id == sku_id)
