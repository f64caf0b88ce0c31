"""Trade links for people: seen by both sides, changed by the seller's."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.add_links import add_links
from lingqu.modules.network.bump_epochs import bump_epochs
from lingqu.modules.network.events import LinkChanged
from lingqu.modules.network.types import EVERY_GRANT, Capability, NewGrant, NewLink
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts(
    {"seller": "seller_key", "buyer": "buyer_key", "valid_from": "valid_from", "status": "status", "id": "id"},
    default="id",
)
_ORDER = Words("The end comes after the beginning.", "截止日期须晚于起始日期。")
_SAME = Words("An organization does not trade with itself.", "组织不能与自身建立交易关系。")

LinkStatus = Literal["active", "suspended", "closed"]
GrantState = Literal["live", "planned", "ended", "revoked"]
ShortagePolicy = Literal["all-or-nothing", "take-free", "back-order"]
TitlePasses = Literal["shipment", "receipt"]
Hours = Annotated[int, Meta(ge=1, le=8760)]
Days = Annotated[int, Meta(ge=0, le=3650)]
# JSON carries no int64: amounts stay exact below 2^53.
AmountMinor = Annotated[int, Meta(ge=0, le=2**53 - 1)]


class LinkQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds either side by name, pinyin initials or code; ``side`` is what the caller's own organization does."""

    side: Literal["selling", "buying"] | None = None
    seller_id: int | None = None
    buyer_id: int | None = None
    status: LinkStatus | None = None


class LinkLine(Struct, frozen=True, kw_only=True):
    """A link in a list; ``capabilities`` are granted now, for some product line at least."""

    id: int
    seller_id: int
    seller_name: str
    seller_name_en: str
    buyer_id: int
    buyer_name: str
    buyer_name_en: str
    status: LinkStatus
    valid_from: date
    valid_until: date | None
    shortage_policy: ShortagePolicy
    payment_days: int
    capabilities: list[Capability]
    version: int


class Grant(Struct, frozen=True, kw_only=True):
    """What a link allows, or did until it was revoked or over. Days null: from when it was given, without an end."""

    id: int
    capability: Capability
    product_line_id: int | None
    line_zh: str | None
    line_en: str | None
    valid_from: date | None
    valid_until: date | None
    state: GrantState
    granted_at: datetime
    revoked_at: datetime | None
    revoked_reason: str | None


class Link(Struct, frozen=True, kw_only=True):
    """One link with every grant it ever had, the live ones first; ``is_ours``: the caller is the seller's side."""

    id: int
    seller_id: int
    seller_name: str
    seller_name_en: str
    buyer_id: int
    buyer_name: str
    buyer_name_en: str
    status: LinkStatus
    valid_from: date
    valid_until: date | None
    shortage_policy: ShortagePolicy
    title_passes: TitlePasses
    approval_hours: int
    payment_days: int
    approval_above_minor: int | None
    currency: str
    version: int
    is_ours: bool
    grants: list[Grant]


class GrantBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``product_line_id`` null: every line.

    From the day ``valid_from`` until before ``valid_until``, as the seller counts days; null: from now, without an end.
    """

    capability: Capability
    product_line_id: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None


class LinkBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new link; without ``grants`` everything is allowed."""

    seller_id: int
    buyer_id: int
    valid_from: date
    valid_until: date | None = None
    shortage_policy: ShortagePolicy = "all-or-nothing"
    title_passes: TitlePasses = "shipment"
    approval_hours: Hours = 48
    payment_days: Days = 0
    approval_above_minor: AmountMinor | None = None
    grants: list[GrantBody] | None = None


class LinkEdit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    status: LinkStatus | UnsetType = UNSET
    valid_until: date | UnsetType | None = UNSET
    shortage_policy: ShortagePolicy | UnsetType = UNSET
    title_passes: TitlePasses | UnsetType = UNSET
    approval_hours: Hours | UnsetType = UNSET
    payment_days: Days | UnsetType = UNSET
    approval_above_minor: AmountMinor | UnsetType | None = UNSET


async def list_links(tx: Tx, *, scope: Scope, query: LinkQuery) -> Listed[LinkLine]:
    """List the links in which the caller's side sells or buys."""
    return await list_page(
        tx,
        SQL["list_links"],
        LinkLine,
        query=query,
        sorts=_SORTS,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
        selling_id=scope.organization_id if query.side == "selling" else None,
        buying_id=scope.organization_id if query.side == "buying" else None,
        seller_id=query.seller_id,
        buyer_id=query.buyer_id,
        status=query.status,
        now=tx.now,
        keys=query_keys(query.q),
    )


async def read_link(tx: Tx, *, scope: Scope, link_id: int) -> Link:
    """Read one link as either side.

    Raises: NotFound.
    """
    return await _found(tx, scope, link_id, as_seller=False)


async def read_sold_link(tx: Tx, *, scope: Scope, link_id: int) -> Link:
    """Read one link as the seller's side, who may change it.

    Raises: NotFound, to the buyer's side too.
    """
    return await _found(tx, scope, link_id, as_seller=True)


async def add_link(tx: Tx, *, scope: Scope, body: LinkBody) -> Link:
    """Link two organizations that the caller has below it, or is.

    Raises: NotFound for a side that the caller may not see, LinkExists, Invalid.
    """
    for organization_id in (body.seller_id, body.buyer_id):
        if not await tx.values(
            SQL["find_in_scope"],
            int,
            id=organization_id,
            is_whole=scope.is_whole,
            organization_ids=list(scope.organization_ids),
        ):
            raise NotFound(kind="organization", id=organization_id)
    if body.seller_id == body.buyer_id:
        raise Invalid(errors=[FieldError("/buyer_id", "same", _SAME)])
    check_days(body.valid_from, body.valid_until)
    grants = EVERY_GRANT if body.grants is None else tuple(new_grant(grant) for grant in body.grants)
    (link_id,) = await add_links(tx, links=[NewLink(**asdict(body) | {"grants": grants})])
    tx.emit(LinkChanged(link_id=link_id, seller_id=body.seller_id, buyer_id=body.buyer_id))
    return await read_link(tx, scope=scope, link_id=link_id)


async def edit_link(tx: Tx, *, scope: Scope, link_id: int, version: int, edit: LinkEdit) -> Link:
    """Change terms of a link; they hold for what is placed from now on.

    Raises: NotFound, Stale, Invalid.
    """
    before = await read_sold_link(tx, scope=scope, link_id=link_id)
    given = {name: value for name, value in asdict(edit).items() if value is not UNSET}
    values = {name: given.get(name, getattr(before, name)) for name in LinkEdit.__struct_fields__}
    check_days(before.valid_from, values["valid_until"])
    if not await tx.run(SQL["edit_link"], id=link_id, version=version, **values):
        raise Stale(kind="trade link")
    tx.record("trade-link", link_id, before={name: getattr(before, name) for name in given}, after=given)
    return await announce(tx, scope=scope, link=before)


async def announce(tx: Tx, *, scope: Scope, link: Link) -> Link:
    """Tell that a link changed, void what is remembered of the seller, and read the link anew.

    Also of the buyer: what its own buyers may be sent straight depends on it.
    """
    tx.emit(LinkChanged(link_id=link.id, seller_id=link.seller_id, buyer_id=link.buyer_id))
    await bump_epochs(tx, seller_ids=sorted({link.seller_id, link.buyer_id}))
    return await read_sold_link(tx, scope=scope, link_id=link.id)


async def _found(tx: Tx, scope: Scope, link_id: int, *, as_seller: bool) -> Link:
    found = await tx.first(
        SQL["read_link"],
        Link,
        id=link_id,
        as_seller=as_seller,
        now=tx.now,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    if found is None:
        raise NotFound(kind="trade link", id=link_id)
    return found


def new_grant(body: GrantBody) -> NewGrant:
    """Read what a link shall allow.

    Raises: Invalid.
    """
    if body.valid_from is not None:
        check_days(body.valid_from, body.valid_until)
    return NewGrant(body.capability, body.product_line_id, body.valid_from, body.valid_until)


def check_days(begin: date, end: date | None) -> None:
    """Refuse an end that does not come after the beginning.

    Raises: Invalid.
    """
    if end is not None and end <= begin:
        raise Invalid(errors=[FieldError("/valid_until", "order", _ORDER)])
