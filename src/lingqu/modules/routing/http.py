"""Routes of routing."""

from uuid import UUID

from lingqu.kernel.errors import Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.routing import decisions, setting
from lingqu.modules.routing import dry_run as trying
from lingqu.modules.routing import offer_direct as offers
from lingqu.modules.routing.dry_run import NobodyServes
from lingqu.modules.routing.types import (
    Decisions,
    DryRun,
    DryRunAsk,
    MadeOffer,
    MadeOffers,
    NewDirectOffer,
    NewSetting,
    SettingView,
)
from lingqu.runtime.http.route import get, post, put
from lingqu.runtime.tx import Tx


@get("/routing/setting", permission="routing.read", summary="The rules by which one's orders find their warehouse")
async def read_routing_setting(tx: Tx, *, scope: Scope) -> SettingView:
    return await setting.read_setting(tx, scope=scope)


@put("/routing/setting", permission="routing.edit", summary="Set one's routing rules", refusals=[Stale])
async def set_routing_setting(tx: Tx, *, scope: Scope, body: NewSetting, if_match: int) -> SettingView:
    return await setting.set_setting(tx, scope=scope, if_match=if_match, setting=body)


@post(
    "/routing/dry-runs",
    permission="routing.read",
    summary="Where a basket would be served from, and why",
    status=200,
    is_audited=False,
    refusals=[NobodyServes],
)
async def dry_run_routing(tx: Tx, *, scope: Scope, body: DryRunAsk) -> DryRun:
    return await trying.dry_run(tx, scope=scope, ask=body)


@get("/routing/decisions/{order_id:uuid}", permission="routing.read", summary="Why an order leaves from where it does")
async def read_routing_decisions(tx: Tx, *, scope: Scope, order_id: UUID) -> Decisions:
    return await decisions.read_decisions(tx, scope=scope, order_id=order_id)


@get("/routing/direct-offers", permission="routing.read", summary="Whose buyers one offers to send straight to")
async def list_direct_offers(tx: Tx, *, scope: Scope) -> MadeOffers:
    return await offers.list_offers(tx, scope=scope)


@put(
    "/routing/direct-offers/{buyer_id:int}",
    permission="routing.edit",
    summary="Offer to send straight to a buyer's own buyers, for a service fee",
    refusals=[Stale],
)
async def offer_direct(tx: Tx, *, scope: Scope, buyer_id: int, body: NewDirectOffer, if_match: int) -> MadeOffer:
    return await offers.offer_direct(tx, scope=scope, buyer_id=buyer_id, if_match=if_match, offer=body)


ROUTES = (
    read_routing_setting,
    set_routing_setting,
    dry_run_routing,
    read_routing_decisions,
    list_direct_offers,
    offer_direct,
)
