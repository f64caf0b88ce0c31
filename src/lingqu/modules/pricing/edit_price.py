"""Change or remove one price."""

from datetime import date

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import asdict, replace

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.pricing.add_price_lists import ENDS_BEFORE
from lingqu.modules.pricing.check_limits import OutsideLimits, find_outside
from lingqu.modules.pricing.lists import Minor, Price, PriceListView
from lingqu.modules.pricing.set_prices import announce
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class PriceEdit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is; an end of null lets it hold for good."""

    price_minor: Minor | UnsetType = UNSET
    valid_until: date | UnsetType | None = UNSET


async def edit_price(tx: Tx, *, scope: Scope, item_id: int, if_match: int, edit: PriceEdit) -> Price:
    """Change a price of a list of the caller's own.

    Raises: NotFound, Stale; Invalid for an end before the beginning; OutsideLimits.
    """
    before = await _own(tx, scope, item_id)
    given = {name: value for name, value in asdict(edit).items() if value is not UNSET}
    after = replace(before, **given, version=if_match + 1)
    if after.valid_until is not None and after.valid_until <= after.valid_from:
        raise Invalid(errors=[FieldError("/valid_until", "range", ENDS_BEFORE)])
    price_list = await tx.one(SQL["find_price_lists"], PriceListView, list_ids=[before.list_id])
    outside = await find_outside(tx, price_list=price_list, prices=[after])
    if outside:
        raise OutsideLimits(errors=[one.at("/price_minor") for one in outside], count=1)
    changed = await tx.run(
        SQL["edit_price"],
        id=item_id,
        version=if_match,
        price_minor=after.price_minor,
        valid_until=after.valid_until,
    )
    if not changed:
        raise Stale(kind="price")
    tx.record("price", item_id, before=before, after=after)
    await announce(tx, price_list=price_list, sku_ids=[before.sku_id])
    return after


async def remove_price(tx: Tx, *, scope: Scope, item_id: int, if_match: int) -> None:
    """Remove a price of a list of the caller's own; orders keep theirs.

    Raises: NotFound, Stale.
    """
    before = await _own(tx, scope, item_id)
    if not await tx.run(SQL["remove_price"], id=item_id, version=if_match):
        raise Stale(kind="price")
    tx.record("price", item_id, before=before)
    price_list = await tx.one(SQL["find_price_lists"], PriceListView, list_ids=[before.list_id])
    await announce(tx, price_list=price_list, sku_ids=[before.sku_id])


async def _own(tx: Tx, scope: Scope, item_id: int) -> Price:
    price = await tx.first(
        SQL["find_own_price"],
        Price,
        item_id=item_id,
        is_whole=scope.is_whole,
        organization_id=scope.organization_id,
    )
    if price is None:
        raise NotFound(kind="price", id=item_id)
    return price
