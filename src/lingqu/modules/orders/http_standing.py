"""Routes of standing orders."""

from uuid import UUID

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.orders import standing_orders
from lingqu.modules.orders.demand import DemandQuery, expected_demand
from lingqu.modules.orders.prepare import NoLink
from lingqu.modules.orders.standing_orders import StandingQuery
from lingqu.modules.orders.standing_types import Demand, NewStanding, Standing, StandingContent, StandingDocument
from lingqu.runtime.http.route import Connection, delete, get, post, put
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx


@get("/standing-orders", permission="orders.read", summary="Standing orders, bought or sold by")
async def list_standing(tx: Tx, *, scope: Scope, query: StandingQuery) -> Listed[Standing]:
    return await standing_orders.list_standing(tx, scope=scope, query=query)


@get("/standing-orders/demand", permission="orders.confirm", summary="What standing orders will ask of us")
async def list_demand(tx: Tx, *, scope: Scope, query: DemandQuery) -> Listed[Demand]:
    return await expected_demand(tx, scope=scope, query=query)


@post(
    "/standing-orders",
    permission="orders.place",
    summary="Order the same again and again, by a rhythm",
    refusals=(NotFound, NoLink),
)
async def save_standing(tx: Tx, *, scope: Scope, body: NewStanding) -> StandingDocument:
    return await standing_orders.save_standing(tx, scope=scope, new=body)


@get(
    "/standing-orders/{standing_id:uuid}",
    permission="orders.read",
    summary="One standing order with its dates, each with its order or its refusal",
)
async def read_standing_order(tx: Tx, *, scope: Scope, request: Connection, standing_id: UUID) -> StandingDocument:
    return await standing_orders.read_standing(tx, scope=scope, standing_id=standing_id, language=request.language)


@put(
    "/standing-orders/{standing_id:uuid}",
    permission="orders.place",
    summary="Change, pause or go on with a standing order, or leave a date out",
    refusals=(NotFound,),
)
async def replace_standing(
    tx: Tx, *, scope: Scope, standing_id: UUID, if_match: int, body: StandingContent
) -> StandingDocument:
    return await standing_orders.replace_standing(
        tx, scope=scope, standing_id=standing_id, content=body, if_match=if_match
    )


@delete("/standing-orders/{standing_id:uuid}", permission="orders.place", summary="End a standing order for good")
async def end_standing(tx: Tx, *, scope: Scope, standing_id: UUID) -> None:
    await standing_orders.end_standing(tx, scope=scope, standing_id=standing_id)


STANDING_ROUTES = (list_standing, list_demand, save_standing, read_standing_order, replace_standing, end_standing)
