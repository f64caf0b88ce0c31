"""Floors and ceilings that a brand or an upstream seller sets on selling its goods on."""

from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import asdict

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.api import find_packs, visible_lines
from lingqu.modules.network.api import bump_epochs
from lingqu.modules.pricing.add_price_lists import ENDS_BEFORE
from lingqu.modules.pricing.events import ResaleLimitChanged
from lingqu.modules.pricing.lists import Currency, Id, Minor
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_SORTS = Sorts({"sku": "sku_code", "valid_from": "valid_from", "id": "id"}, default="sku")
_NO_LIMIT = Words("Give a floor, a ceiling or both.", "请填写价格下限或价格上限。")
_CROSSED = Words("The floor lies over the ceiling.", "价格下限高于价格上限。")

SellerKind = Literal["supplier", "distributor", "dealer"]
Channel = Literal["trade", "retail"]


class NewLimit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What sellers of a kind may ask for a pack, from other traders or from consumers."""

    pack_id: Id
    seller_kind: SellerKind
    channel: Channel
    currency: Currency
    is_tax_included: bool = True
    floor_minor: Minor | None = None
    ceiling_minor: Minor | None = None
    valid_from: date
    valid_until: date | None = None


class ResaleLimit(Struct, frozen=True, kw_only=True):
    """A limit as it is kept."""

    id: int
    setter_id: int
    sku_id: int
    pack_id: int
    seller_kind: str
    channel: str
    currency: str
    is_tax_included: bool
    floor_minor: int | None
    ceiling_minor: int | None
    valid_from: date
    valid_until: date | None
    version: int


class ResaleLimitLine(ResaleLimit, frozen=True, kw_only=True):
    """A limit in a list, with names."""

    setter_name: str
    sku_code: str
    name_zh: str
    name_en: str
    pack_code: str


class LimitQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds SKUs."""

    sku_id: Id | None = None
    setter_id: Id | None = None


async def list_resale_limits(tx: Tx, *, scope: Scope, query: LimitQuery) -> Listed[ResaleLimitLine]:
    """Read one page of the limits that the caller set and of those that bind it.

    Raises: Invalid for an unknown sort or a cursor of another list.
    """
    return await list_page(
        tx,
        SQL["list_resale_limits"],
        ResaleLimitLine,
        query=query,
        sorts=_SORTS,
        sku_id=query.sku_id,
        setter_id=query.setter_id,
        keys=query_keys(query.q),
        kind=scope.kind,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
        line_ids=await visible_lines(tx, scope=scope),
    )


async def set_resale_limit(tx: Tx, *, scope: Scope, limit: NewLimit) -> ResaleLimit:
    """Set a limit in the caller's own name; one with the same pack, kind, channel and first day is replaced.

    Prices that stand outside it already are refused when they are asked for; `list_breaches` names them.

    Raises: NotFound for a pack that the caller may not see; Invalid.
    """
    packs = await find_packs(tx, scope=scope, pack_ids=[limit.pack_id])
    sku_id = packs[limit.pack_id].sku_id
    return await put_resale_limit(tx, setter_id=scope.organization_id, sku_id=sku_id, limit=limit)


async def put_resale_limit(tx: Tx, *, setter_id: int, sku_id: int, limit: NewLimit) -> ResaleLimit:
    """Set a limit in a setter's name, for a pack of the SKU.

    Raises: Invalid for a limit that limits nothing, is crossed, or ends before it begins.
    """
    _check(limit)
    before = await tx.first(
        SQL["find_limit_by_key"],
        ResaleLimit,
        setter_id=setter_id,
        pack_id=limit.pack_id,
        seller_kind=limit.seller_kind,
        channel=limit.channel,
        valid_from=limit.valid_from,
    )
    after = await tx.one(SQL["set_resale_limit"], ResaleLimit, **asdict(limit), setter_id=setter_id, sku_id=sku_id)
    tx.record("resale-limit", after.id, before=before, after=after)
    await _announce(tx, after)
    return after


async def remove_resale_limit(tx: Tx, *, scope: Scope, limit_id: int, if_match: int) -> None:
    """Take a limit of the caller's own away.

    Raises: NotFound, Stale.
    """
    before = await tx.first(
        SQL["find_own_limit"],
        ResaleLimit,
        limit_id=limit_id,
        is_whole=scope.is_whole,
        organization_id=scope.organization_id,
    )
    if before is None:
        raise NotFound(kind="limit", id=limit_id)
    if not await tx.run(SQL["remove_resale_limit"], limit_id=limit_id, version=if_match):
        raise Stale(kind="limit")
    tx.record("resale-limit", limit_id, before=before)
    await _announce(tx, before)


async def _announce(tx: Tx, limit: ResaleLimit) -> None:
    tx.emit(ResaleLimitChanged(setter_id=limit.setter_id, sku_id=limit.sku_id, pack_id=limit.pack_id))
    bound = await tx.values(SQL["bound_sellers"], int, setter_id=limit.setter_id, sku_id=limit.sku_id)
    await bump_epochs(tx, seller_ids=bound)


def _check(limit: NewLimit) -> None:
    errors: list[FieldError] = []
    if limit.floor_minor is None and limit.ceiling_minor is None:
        errors.append(FieldError("/floor_minor", "required", _NO_LIMIT))
    elif limit.floor_minor is not None and limit.ceiling_minor is not None and limit.floor_minor > limit.ceiling_minor:
        errors.append(FieldError("/ceiling_minor", "range", _CROSSED))
    if limit.valid_until is not None and limit.valid_until <= limit.valid_from:
        errors.append(FieldError("/valid_until", "range", ENDS_BEFORE))
    if errors:
        raise Invalid(errors=errors)
