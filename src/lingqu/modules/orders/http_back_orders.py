"""Routes of what waits for goods: the list, how an arrival would be shared, the setting, a run by hand."""

from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.errors import NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.orders import back_orders, sharing
from lingqu.modules.orders.back_orders import Arrival, ArrivalAsk, BackOrder, BackOrderQuery
from lingqu.modules.orders.serve import Served, serve_skus
from lingqu.modules.orders.sharing import NewSharing, Sharing
from lingqu.modules.orders.types import SkuId
from lingqu.runtime.http.route import get, post, put
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx


class ServeAsk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which goods are given out now; without SKUs all that somebody waits for."""

    sku_ids: Annotated[list[SkuId], Meta(min_length=1, max_length=200)] | None = None


@get("/back-orders", permission="orders.read", summary="Lines that wait for goods of one's own")
async def list_back_orders(tx: Tx, *, scope: Scope, query: BackOrderQuery) -> Listed[BackOrder]:
    return await back_orders.list_back_orders(tx, scope=scope, query=query)


@post(
    "/back-orders/previews",
    permission="orders.read",
    summary="How goods that came would be shared among those who wait",
    status=200,
    is_audited=False,
    refusals=[NotFound],
)
async def preview_arrival(tx: Tx, *, scope: Scope, body: ArrivalAsk) -> Arrival:
    return await back_orders.preview_arrival(tx, scope=scope, ask=body)


@post("/back-orders/runs", permission="orders.confirm", summary="Give out now what is free", status=200)
async def serve_back_orders(tx: Tx, *, scope: Scope, body: ServeAsk) -> Served:
    return await serve_skus(tx, scope=scope, sku_ids=body.sku_ids)


@get("/back-orders/setting", permission="orders.read", summary="How one shares goods that come")
async def read_sharing(tx: Tx, *, scope: Scope) -> Sharing:
    return await sharing.read_sharing(tx, scope=scope)


@put("/back-orders/setting", permission="orders.share", summary="Set how one shares goods that come", refusals=[Stale])
async def set_sharing(tx: Tx, *, scope: Scope, body: NewSharing, if_match: int) -> Sharing:
    return await sharing.set_sharing(tx, scope=scope, if_match=if_match, sharing=body)


ROUTES = (list_back_orders, preview_arrival, serve_back_orders, read_sharing, set_sharing)
