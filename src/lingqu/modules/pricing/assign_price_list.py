"""Say for whom a price list is."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Invalid, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import bump_epochs
from lingqu.modules.pricing.check_limits import check_list
from lingqu.modules.pricing.events import PriceListChanged
from lingqu.modules.pricing.lists import ListStatus, NewAssignment, PriceListView
from lingqu.modules.pricing.read_price_list import own_price_list
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_UNKNOWN = Words("This is none of the seller's buyers, or no region.", "该组织不是卖方的客户，或区域不存在。")
_UNNAMED = Words(
    "Name just the organization, the level or the regions that this audience is made of.",
    "请仅填写该适用对象对应的组织、级别或地区。",
)
_TWICE = Words("This audience is named twice; one territory holds all its regions.", "适用对象重复；地区可合并为一项。")


class Assignments(Struct, frozen=True, forbid_unknown_fields=True):
    """All for whom a list is; what is not named any more is taken away."""

    assignments: Annotated[tuple[NewAssignment, ...], Meta(max_length=500)]


async def assign_price_list(
    tx: Tx, *, scope: Scope, list_id: int, if_match: int, assignments: Sequence[NewAssignment]
) -> PriceListView:
    """Replace those whom a list of the caller's own is for.

    Raises: NotFound, Stale; Invalid for an organization that does not buy from the seller or an unknown region;
            OutsideLimits if the list is published and a price breaks a limit for the new audience.
    """
    before = await own_price_list(tx, scope=scope, list_id=list_id)
    if not await tx.run(SQL["touch_price_list"], id=list_id, version=if_match):
        raise Stale(kind="price list")
    await _check(tx, seller_id=before.seller_id, assignments=assignments)
    await tx.run(SQL["remove_assignments"], list_id=list_id)
    await add_assignments(tx, assignments=[(list_id, assignment) for assignment in assignments])
    if before.status is ListStatus.PUBLISHED:
        await check_list(tx, price_list=before)
    after = await own_price_list(tx, scope=scope, list_id=list_id)
    tx.record("price-list", list_id, before=before, after=after)
    tx.emit(PriceListChanged(list_id=list_id, seller_id=before.seller_id, status=before.status))
    await bump_epochs(tx, seller_ids=[before.seller_id])
    return after


async def add_assignments(tx: Tx, *, assignments: Sequence[tuple[int, NewAssignment]]) -> None:
    """Add audiences to the lists given with them, unchecked: for imports and the demo."""
    rows = await tx.tuples(
        SQL["add_assignments"],
        list_id=[list_id for list_id, _ in assignments],
        audience=[new.audience for _, new in assignments],
        organization_id=[new.organization_id for _, new in assignments],
        level=[new.level for _, new in assignments],
    )
    regions = [(row[0], region) for row, (_, new) in zip(rows, assignments, strict=True) for region in new.region_ids]
    await tx.run(
        SQL["add_assignment_regions"],
        assignment_id=[assignment_id for assignment_id, _ in regions],
        region_id=[region_id for _, region_id in regions],
    )


async def _check(tx: Tx, *, seller_id: int, assignments: Sequence[NewAssignment]) -> None:
    regions = [(place, region) for place, new in enumerate(assignments) for region in new.region_ids]
    wrong = await tx.tuples(
        SQL["wrong_audiences"],
        seller_id=seller_id,
        organization_id=[new.organization_id for new in assignments],
        region_place=[place for place, _ in regions],
        region_id=[region for _, region in regions],
    )
    errors = [FieldError(f"/assignments/{place}/{field}", "reference", _UNKNOWN) for place, field in wrong]
    errors += [
        FieldError(f"/assignments/{place}", "unnamed", _UNNAMED)
        for place, new in enumerate(assignments)
        if not new.is_named()
    ]
    seen: set[tuple[str, int | None, str | None]] = set()
    for place, new in enumerate(assignments):
        key = (new.audience, new.organization_id, new.level)
        errors += [FieldError(f"/assignments/{place}", "duplicate", _TWICE)] if key in seen else []
        seen.add(key)
    if errors:
        raise Invalid(errors=errors)
