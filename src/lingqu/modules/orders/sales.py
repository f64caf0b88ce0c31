"""Read counter sales for screens: the list, the slip of one, and what a day brought in."""

from datetime import date, datetime
from typing import Annotated, TypeVar
from uuid import UUID

from msgspec import Meta, Struct
from msgspec.structs import replace

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import organization_terms
from lingqu.modules.orders.sell import Tender
from lingqu.modules.orders.types import OrderLine
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"sold_at": "sold_at", "total": "total_minor"}, default="-sold_at")


class SaleQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds by number or by the member's name, pinyin initials or code; days are from, until (not included)."""

    seller_id: Annotated[int, Meta(ge=1)] | None = None
    member_id: UUID | None = None
    tender: Tender | None = None
    is_refunded: bool | None = None
    sold_from: date | None = None
    sold_until: date | None = None


class SaleLine(Struct, frozen=True, kw_only=True):
    """A counter sale in a list. Without a member a walk-in bought; ``tender`` is empty where nothing was to pay."""

    id: UUID
    number: str
    seller_id: int
    seller_name: str
    member_id: UUID | None
    member_name: str | None
    member_code: str | None
    tender: str
    currency: str
    total_minor: int
    refunded_minor: int
    line_count: int
    business_on: date
    sold_at: datetime
    sold_by: str


class SaleSlip(SaleLine, frozen=True, kw_only=True):
    """What a printed slip shows. ``can_refund``: the caller may take some of it back."""

    node_name: str
    goods_minor: int
    tax_minor: int
    note: str
    lines: list[OrderLine] = []
    can_refund: bool = False


class TenderTotal(Struct, frozen=True, kw_only=True):
    """What came in by one kind of payment, and what went back of such sales."""

    tender: str
    sale_count: int
    sold_minor: int
    refund_count: int
    refunded_minor: int


class DayTotals(Struct, frozen=True, kw_only=True):
    """What the counter of the caller's organization took and gave back on a business day."""

    business_on: date
    currency: str
    sale_count: int
    sold_minor: int
    refund_count: int
    refunded_minor: int
    tenders: list[TenderTotal]


class DayQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Without a day it is the organization's today."""

    business_on: date | None = None


class _Found(SaleLine, frozen=True, kw_only=True):
    cell_id: int
    node_name: str
    goods_minor: int
    tax_minor: int
    note: str


Shown = TypeVar("Shown", bound=SaleLine)


async def list_sales(tx: Tx, *, scope: Scope, query: SaleQuery) -> Listed[SaleLine]:
    """List the counter sales of the caller's tree, the newest first."""
    page = await list_page(
        tx,
        SQL["list_sales"],
        SaleLine,
        query=query,
        sorts=_SORTS,
        id=None,
        seller_id=query.seller_id,
        member_id=query.member_id,
        tender=query.tender,
        is_refunded=query.is_refunded,
        sold_from=query.sold_from,
        sold_until=query.sold_until,
        number=None if query.q is None else f"%{query.q}%",
        keys=query_keys(query.q),
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    return replace(page, items=[_shown(scope, sale) for sale in page.items])


async def read_sale(tx: Tx, *, scope: Scope, order_id: UUID) -> SaleSlip:
    """Read one counter sale with its lines.

    Raises: NotFound, also for an order that is no counter sale.
    """
    found = await tx.first(
        SQL["list_sales"],
        _Found,
        id=order_id,
        seller_id=None,
        member_id=None,
        tender=None,
        is_refunded=None,
        sold_from=None,
        sold_until=None,
        number=None,
        keys=None,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    if found is None:
        raise NotFound(kind="sale", id=str(order_id))
    lines = await tx.all(SQL["read_order_lines"], OrderLine, cell_id=found.cell_id, order_id=order_id)
    is_own = found.seller_id == scope.organization_id and scope.allows("orders.sell")
    shown = {name: getattr(found, name) for name in _Found.__struct_fields__ if name != "cell_id"}
    slip = SaleSlip(**shown, lines=lines, can_refund=is_own and any(one.received > one.returned for one in lines))
    return _shown(scope, slip)


def _shown(scope: Scope, sale: Shown) -> Shown:
    """Leave out who the member was for a reader who may not see members."""
    return sale if scope.allows("membership.read") else replace(sale, member_name=None, member_code=None)


async def read_day(tx: Tx, *, scope: Scope, query: DayQuery) -> DayTotals:
    """Sum what the counter of the caller's own organization sold and took back on a day, by kind of payment.

    Raises: NotFound for a caller that is no organization with a counter.
    """
    found = await organization_terms(tx, organization_ids=[scope.organization_id])
    if scope.organization_id not in found:
        raise NotFound(kind="seller", id=scope.organization_id)
    own = found[scope.organization_id]
    on = query.business_on or business_date(tx.now, own.time_zone)
    tenders = await tx.all(
        SQL["sum_day"], TenderTotal, cell_id=own.home_cell, organization_id=scope.organization_id, business_on=on
    )
    return DayTotals(
        business_on=on,
        currency=own.currency,
        sale_count=sum(one.sale_count for one in tenders),
        sold_minor=sum(one.sold_minor for one in tenders),
        refund_count=sum(one.refund_count for one in tenders),
        refunded_minor=sum(one.refunded_minor for one in tenders),
        tenders=tenders,
    )
