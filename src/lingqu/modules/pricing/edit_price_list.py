"""Change, publish and put away a price list."""

from collections.abc import Mapping
from datetime import date

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import asdict, replace

from lingqu.kernel.errors import FieldError, Invalid, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import StateMachine
from lingqu.modules.network.api import bump_epochs
from lingqu.modules.pricing.add_price_lists import check_days
from lingqu.modules.pricing.check_limits import check_list
from lingqu.modules.pricing.events import PriceListChanged
from lingqu.modules.pricing.lists import Currency, ListStatus, Name, Note, PriceListView
from lingqu.modules.pricing.read_price_list import own_price_list
from lingqu.runtime.search import search_keys, sort_key
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_DRAFT, _PUBLISHED, _ARCHIVED = ListStatus
_STEPS: Mapping[str, tuple[frozenset[ListStatus], ListStatus]] = {
    "publish": (frozenset({_DRAFT, _ARCHIVED}), _PUBLISHED),
    "archive": (frozenset({_DRAFT, _PUBLISHED}), _ARCHIVED),
}
MACHINE = StateMachine("price list", _STEPS)
_ONLY_DRAFT = Words("Only a draft may change this; copy the list instead.", "仅草稿可修改此项，请复制该价格表。")


class PriceListEdit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is. Currency and tax change what every price means: only while it is a draft."""

    name: Name | UnsetType = UNSET
    currency: Currency | UnsetType = UNSET
    is_tax_included: bool | UnsetType = UNSET
    valid_from: date | UnsetType = UNSET
    valid_until: date | UnsetType | None = UNSET
    note: Note | UnsetType = UNSET


async def edit_price_list(tx: Tx, *, scope: Scope, list_id: int, if_match: int, edit: PriceListEdit) -> PriceListView:
    """Change a price list of the caller's own.

    Raises: NotFound, Stale; Invalid for days that end before they begin, or what only a draft may change.
    """
    before = await own_price_list(tx, scope=scope, list_id=list_id)
    after = replace(before, **{name: value for name, value in asdict(edit).items() if value is not UNSET})
    check_days([after])
    fixed = [name for name in ("currency", "is_tax_included") if getattr(before, name) != getattr(after, name)]
    if fixed and before.status is not _DRAFT:
        raise Invalid(errors=[FieldError(f"/{name}", "fixed", _ONLY_DRAFT) for name in fixed])
    columns = {name: getattr(after, name) for name in PriceListEdit.__struct_fields__}
    changed = await tx.run(
        SQL["edit_price_list"],
        **columns,
        id=list_id,
        version=if_match,
        sort_key=sort_key(after.name),
        search=search_keys(after.code, after.name),
    )
    if not changed:
        raise Stale(kind="price list")
    return await _changed(tx, scope, before, after)


async def publish_price_list(tx: Tx, *, scope: Scope, list_id: int, if_match: int) -> PriceListView:
    """Let a price list give prices, from its first day on.

    Raises: NotFound, WrongState, Stale; OutsideLimits if one of its prices breaks a limit on resale.
    """
    return await _step(tx, scope, list_id, "publish", if_match=if_match)


async def archive_price_list(tx: Tx, *, scope: Scope, list_id: int, if_match: int) -> PriceListView:
    """Put a price list away: it gives no prices any more.

    Raises: NotFound, WrongState, Stale.
    """
    return await _step(tx, scope, list_id, "archive", if_match=if_match)


async def _step(tx: Tx, scope: Scope, list_id: int, step: str, *, if_match: int) -> PriceListView:
    before = await own_price_list(tx, scope=scope, list_id=list_id)
    target = MACHINE.target(step, before.status, id=list_id)
    if not await tx.run(SQL["set_list_status"], id=list_id, version=if_match, status=target):
        raise Stale(kind="price list")
    if target is _PUBLISHED:
        await check_list(tx, price_list=before)
    return await _changed(tx, scope, before, replace(before, status=target))


async def _changed(tx: Tx, scope: Scope, before: PriceListView, after: PriceListView) -> PriceListView:
    tx.record("price-list", before.id, before=before, after=after)
    tx.emit(PriceListChanged(list_id=before.id, seller_id=before.seller_id, status=after.status))
    await bump_epochs(tx, seller_ids=[before.seller_id])
    return await own_price_list(tx, scope=scope, list_id=before.id)
