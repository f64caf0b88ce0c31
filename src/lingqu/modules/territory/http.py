"""Routes of territory."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Invalid, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import OnlyFromAbove
from lingqu.modules.territory import coverage, divide_territory, end_territory, grant_territory, places
from lingqu.modules.territory.coverage import Coverage, CoverageQuery
from lingqu.modules.territory.divide_territory import Outside
from lingqu.modules.territory.end_territory import EndedBefore
from lingqu.modules.territory.places import PlaceQuery
from lingqu.modules.territory.refusals import NoCounties, Overlaps, WrongKind
from lingqu.modules.territory.types import NewPlaces, Place, Tier
from lingqu.runtime.http.route import get, post
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx

_ORDER = Words("It ends after it begins.", "截止日期须晚于起始日期。")


class PlacesBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Counties, or prefectures and provinces that stand for all theirs."""

    organization_id: int
    product_line_id: int
    region_ids: Annotated[list[int], Meta(min_length=1, max_length=4000)]
    valid_from: date
    valid_until: date | None = None

    def places(self) -> NewPlaces:
        """Take the body as what the use-cases ask for.

        Raises: Invalid.
        """
        if self.valid_until is not None and self.valid_until <= self.valid_from:
            raise Invalid(errors=[FieldError("/valid_until", "order", _ORDER)])
        return NewPlaces(
            organization_id=self.organization_id,
            product_line_id=self.product_line_id,
            region_ids=self.region_ids,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
        )


class Granted(Struct, frozen=True):
    """What was stored: one place a county."""

    ids: list[int]


class EndBody(Struct, forbid_unknown_fields=True):
    """The first day without it."""

    valid_until: date


@get("/territories", permission="territory.read", summary="Counties per product line and their distributors")
async def list_territories(tx: Tx, *, scope: Scope, query: PlaceQuery) -> Listed[Place]:
    return await places.list_places(tx, scope=scope, tier=Tier.DISTRIBUTOR, query=query)


@post(
    "/territories",
    permission="territory.edit",
    summary="Give counties to a distributor: all or none",
    refusals=[OnlyFromAbove, WrongKind, NoCounties, Overlaps],
)
async def grant_territories(tx: Tx, *, scope: Scope, body: PlacesBody) -> Granted:
    return Granted(await grant_territory.grant_territory(tx, scope=scope, new=body.places()))


@post(
    "/territories/{territory_id:int}/end",
    permission="territory.edit",
    summary="Take a county back from a day on, with the areas cut out of it",
    status=204,
    refusals=[OnlyFromAbove, EndedBefore],
)
async def end_territory_of_distributor(tx: Tx, *, scope: Scope, territory_id: int, body: EndBody) -> None:
    await end_territory.end_territory(tx, scope=scope, territory_id=territory_id, valid_until=body.valid_until)


@get("/areas", permission="territory.read", summary="Counties per product line and their dealers")
async def list_areas(tx: Tx, *, scope: Scope, query: PlaceQuery) -> Listed[Place]:
    return await places.list_places(tx, scope=scope, tier=Tier.DEALER, query=query)


@post(
    "/areas",
    permission="territory.divide",
    summary="Give counties of a distributor to one of its dealers: all or none",
    refusals=[OnlyFromAbove, WrongKind, NoCounties, Outside, Overlaps],
)
async def divide_territories(tx: Tx, *, scope: Scope, body: PlacesBody) -> Granted:
    return Granted(await divide_territory.divide_territory(tx, scope=scope, new=body.places()))


@post(
    "/areas/{area_id:int}/end",
    permission="territory.divide",
    summary="Take a county back from a dealer, from a day on",
    status=204,
    refusals=[OnlyFromAbove, EndedBefore],
)
async def end_area_of_dealer(tx: Tx, *, scope: Scope, area_id: int, body: EndBody) -> None:
    await end_territory.end_area(tx, scope=scope, area_id=area_id, valid_until=body.valid_until)


@get("/territory-coverage", permission="territory.read", summary="How much of each region of a line has somebody")
async def list_coverage(tx: Tx, *, scope: Scope, query: CoverageQuery) -> Listed[Coverage]:
    return await coverage.list_coverage(tx, scope=scope, query=query)


ROUTES = (
    list_territories,
    grant_territories,
    end_territory_of_distributor,
    list_areas,
    divide_territories,
    end_area_of_dealer,
    list_coverage,
)
