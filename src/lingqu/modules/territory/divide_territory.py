"""Divide a distributor's territory among its dealers."""

from typing import ClassVar

from lingqu.kernel.errors import FieldError, Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.api import counties_of
from lingqu.modules.network.api import Kind
from lingqu.modules.territory.grant_territory import announce, require_receiver
from lingqu.modules.territory.refusals import Held, NoCounties, overlaps
from lingqu.modules.territory.types import NewPlaces, Tier
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_OUTSIDE = Words(
    "Region {region_id} is not the distributor's in that time.", "地区 {region_id} 在该时段不属于该经销商。"
)


class Outside(Refusal):
    """Some of the counties are not the distributor's all that time."""

    code = "territory.outside"
    status: ClassVar[int] = 409
    title = Words("Outside the territory", "超出片区范围")
    detail = Words(
        "{outside} of the counties lie outside; nothing was stored.", "{outside} 个区县超出片区范围，未保存任何数据。"
    )


async def divide_territory(tx: Tx, *, scope: Scope, new: NewPlaces) -> list[int]:
    """Give counties of the distributor above a dealer to that dealer: all or none.

    Raises: NotFound, OnlyFromAbove, WrongKind, NoCounties, Outside, Overlaps.
    """
    await require_receiver(tx, scope=scope, new=new, kind=Kind.DEALER)
    regions = await counties_of(tx, region_ids=new.region_ids)
    if not regions:
        raise NoCounties
    # The territory's rows are locked: they do not end while areas are cut out of them.
    rows = await tx.tuples(
        SQL["lock_covering"],
        dealer_id=new.organization_id,
        product_line_id=new.product_line_id,
        region_id=regions,
        valid_from=new.valid_from,
        valid_until=new.valid_until,
    )
    territory_of: dict[int, int] = dict(rows)
    outside = [region for region in regions if region not in territory_of]
    if outside:
        errors = [FieldError("/region_ids", "outside", _OUTSIDE, {"region_id": region}) for region in outside]
        raise Outside(errors=errors, outside=len(errors))
    id_of: dict[int, int] = dict(
        await tx.tuples(
            SQL["add_areas"],
            territory_id=[territory_of[region] for region in regions],
            region_id=regions,
            organization_id=new.organization_id,
            product_line_id=new.product_line_id,
            valid_from=new.valid_from,
            valid_until=new.valid_until,
            now=tx.now,
        )
    )
    if len(id_of) < len(regions):
        held = await tx.all(
            SQL["find_held_areas"],
            Held,
            product_line_id=new.product_line_id,
            region_id=[region for region in regions if region not in id_of],
            valid_from=new.valid_from,
            valid_until=new.valid_until,
        )
        raise overlaps(held, scope=scope)
    await announce(tx, tier=Tier.DEALER, new=new, ids=id_of)
    return [id_of[region] for region in regions]
