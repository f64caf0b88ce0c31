"""Give counties of a product line to a distributor."""

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.api import counties_of
from lingqu.modules.network.api import Kind, OnlyFromAbove, bump_epochs, organization_terms, sees_product_line
from lingqu.modules.territory.events import TerritoryGranted
from lingqu.modules.territory.refusals import Held, NoCounties, WrongKind, overlaps
from lingqu.modules.territory.types import NewPlaces, Tier
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def grant_territory(tx: Tx, *, scope: Scope, new: NewPlaces) -> list[int]:
    """Store all the counties or none, and give their ids in the order of the counties.

    Two grants at the same time wait for each other at the exclusion constraint: exactly one is stored.

    Raises: NotFound for an organization or a line outside the caller's scope, OnlyFromAbove, WrongKind, NoCounties,
            Overlaps.
    """
    await require_receiver(tx, scope=scope, new=new, kind=Kind.DISTRIBUTOR)
    if not await sees_product_line(tx, scope=scope, product_line_id=new.product_line_id):
        raise NotFound(kind="product line", id=new.product_line_id)
    regions = await counties_of(tx, region_ids=new.region_ids)
    if not regions:
        raise NoCounties
    rows = await tx.tuples(
        SQL["add_territories"],
        organization_id=new.organization_id,
        product_line_id=new.product_line_id,
        region_id=regions,
        valid_from=new.valid_from,
        valid_until=new.valid_until,
        now=tx.now,
    )
    id_of: dict[int, int] = dict(rows)
    if len(id_of) < len(regions):
        held = await tx.all(
            SQL["find_held_territories"],
            Held,
            product_line_id=new.product_line_id,
            region_id=[region for region in regions if region not in id_of],
            valid_from=new.valid_from,
            valid_until=new.valid_until,
        )
        raise overlaps(held, scope=scope)
    await announce(tx, tier=Tier.DISTRIBUTOR, new=new, ids=id_of)
    return [id_of[region] for region in regions]


async def require_receiver(tx: Tx, *, scope: Scope, new: NewPlaces, kind: Kind) -> None:
    """Make sure that the receiver stands below the caller and is of the right kind.

    Raises: NotFound, OnlyFromAbove, WrongKind.
    """
    terms = (await organization_terms(tx, organization_ids=[new.organization_id])).get(new.organization_id)
    if terms is None or not scope.sees(terms.id):
        raise NotFound(kind="organization", id=new.organization_id)
    if terms.id == scope.organization_id:
        raise OnlyFromAbove
    if terms.kind is not kind:
        raise WrongKind(wanted=kind, id=terms.id, kind=terms.kind)


async def announce(tx: Tx, *, tier: Tier, new: NewPlaces, ids: dict[int, int]) -> None:
    """Record every county, publish one fact, and void what is remembered of the receiver."""
    for region_id, place_id in ids.items():
        after = {"organization_id": new.organization_id, "line_id": new.product_line_id, "region_id": region_id}
        tx.record(f"{tier}-territory", place_id, after=after)
    tx.emit(
        TerritoryGranted(
            tier=tier,
            organization_id=new.organization_id,
            product_line_id=new.product_line_id,
            region_ids=sorted(ids),
            valid_from=new.valid_from,
            valid_until=new.valid_until,
        )
    )
    await bump_epochs(tx, seller_ids=[new.organization_id])
