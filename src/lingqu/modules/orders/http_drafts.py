"""Routes of orders: baskets kept for later, and the buyer's own approval before they leave."""

from uuid import UUID

from lingqu.kernel.errors import NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.approval.api import DecidedBefore, NothingWaits, NotYourLevel, RequesterCannotDecide
from lingqu.modules.orders import drafts, offer_draft, release_draft, release_rule, use_draft
from lingqu.modules.orders.basket import Basket
from lingqu.modules.orders.dated import Backdated
from lingqu.modules.orders.drafts import Draft, DraftQuery, DraftSubmitted, NewDraft
from lingqu.modules.orders.judge import LatePayer
from lingqu.modules.orders.offer_draft import DraftOffer
from lingqu.modules.orders.prepare import CannotSell, NoLink
from lingqu.modules.orders.refusals import MoneyShort
from lingqu.modules.orders.release_draft import Release, Released
from lingqu.modules.orders.release_rule import NewReleaseRule, ReleaseRule
from lingqu.modules.orders.types import NewOrder
from lingqu.modules.orders.use_draft import DraftCopy, DraftWords
from lingqu.modules.pricing.api import Changed
from lingqu.modules.routing.api import NobodyServes
from lingqu.modules.stock.api import OutOfStock
from lingqu.runtime.http.route import delete, get, patch, post, put
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx

_PRICE = (NotFound, NoLink, CannotSell, Changed, NobodyServes, Backdated)


@get("/drafts", permission="orders.place", summary="Baskets kept for later")
async def list_drafts(tx: Tx, *, scope: Scope, query: DraftQuery) -> Listed[Draft]:
    return await drafts.list_drafts(tx, scope=scope, query=query)


@post("/drafts", permission="orders.place", summary="Keep a basket for later")
async def save_draft(tx: Tx, *, scope: Scope, body: NewDraft) -> Draft:
    return await drafts.save_draft(tx, scope=scope, content=body.content(), name=body.name)


@get("/drafts/{draft_id:uuid}", permission="orders.read", summary="One kept basket")
async def read_draft(tx: Tx, *, scope: Scope, draft_id: UUID) -> Draft:
    return await drafts.read_draft(tx, scope=scope, draft_id=draft_id)


@put(
    "/drafts/{draft_id:uuid}",
    permission="orders.place",
    summary="Keep another content of a basket",
    refusals=[DraftSubmitted],
)
async def replace_draft(tx: Tx, *, scope: Scope, draft_id: UUID, if_match: int, body: NewOrder) -> Draft:
    return await drafts.replace_draft(tx, scope=scope, draft_id=draft_id, content=body, if_match=if_match)


@patch(
    "/drafts/{draft_id:uuid}",
    permission="orders.place",
    summary="Give a basket another name or note",
    refusals=[DraftSubmitted],
)
async def describe_draft(tx: Tx, *, scope: Scope, draft_id: UUID, if_match: int, body: DraftWords) -> Draft:
    return await use_draft.describe_draft(tx, scope=scope, draft_id=draft_id, words=body, if_match=if_match)


@post(
    "/drafts/{draft_id:uuid}/copies",
    permission="orders.place",
    summary="Keep the same basket once more",
    refusals=[NotFound],
)
async def copy_draft(tx: Tx, *, scope: Scope, draft_id: UUID, body: DraftCopy) -> Draft:
    return await use_draft.copy_draft(tx, scope=scope, draft_id=draft_id, copy=body)


@post(
    "/drafts/{draft_id:uuid}/basket",
    permission="orders.place",
    summary="What of a kept basket can be ordered today",
    status=200,
    refusals=(NotFound, NoLink),
    is_audited=False,
)
async def fill_from_draft(tx: Tx, *, scope: Scope, draft_id: UUID) -> Basket:
    return await use_draft.use_draft(tx, scope=scope, draft_id=draft_id)


@post(
    "/drafts/{draft_id:uuid}/restoration",
    permission="orders.place",
    summary="Bring a basket back that was thrown away",
    status=200,
    refusals=[NotFound],
)
async def restore_draft(tx: Tx, *, scope: Scope, draft_id: UUID) -> Draft:
    return await drafts.restore_draft(tx, scope=scope, draft_id=draft_id)


@delete("/drafts/{draft_id:uuid}", permission="orders.place", summary="Throw a basket away; it can be undone")
async def discard_draft(tx: Tx, *, scope: Scope, draft_id: UUID) -> None:
    await drafts.discard_draft(tx, scope=scope, draft_id=draft_id)


@get(
    "/drafts/{draft_id:uuid}/offer",
    permission="orders.read",
    summary="What a kept basket would cost now, and what of it is short",
    refusals=_PRICE,
)
async def read_draft_offer(tx: Tx, *, scope: Scope, draft_id: UUID) -> DraftOffer:
    return await offer_draft.offer_draft(tx, scope=scope, draft_id=draft_id)


@post(
    "/drafts/{draft_id:uuid}/submission",
    permission="orders.place",
    summary="Ask one's own organization to let a basket leave",
    status=200,
    refusals=(*_PRICE, DraftSubmitted),
)
async def submit_draft(tx: Tx, *, scope: Scope, draft_id: UUID) -> Draft:
    return await release_draft.submit_draft(tx, scope=scope, draft_id=draft_id)


@delete(
    "/drafts/{draft_id:uuid}/submission",
    permission="orders.place",
    summary="Take a submitted basket back",
    refusals=[NothingWaits],
)
async def take_back_draft(tx: Tx, *, scope: Scope, draft_id: UUID) -> None:
    await release_draft.take_back_draft(tx, scope=scope, draft_id=draft_id)


@post(
    "/drafts/{draft_id:uuid}/release",
    # Who may, the request says: a colleague may decide for whoever holds orders.release.
    permission="orders.read",
    summary="Let a basket leave as an order at today's prices, or send it back",
    status=200,
    refusals=(
        *_PRICE,
        NothingWaits,
        NotYourLevel,
        RequesterCannotDecide,
        DecidedBefore,
        OutOfStock,
        MoneyShort,
        LatePayer,
    ),
)
async def release_basket(tx: Tx, *, scope: Scope, draft_id: UUID, body: Release) -> Released:
    return await release_draft.release_draft(tx, scope=scope, draft_id=draft_id, release=body)


@get("/release-rule", permission="orders.place", summary="Above which amount one's own orders need a release")
async def read_release_rule(tx: Tx, *, scope: Scope) -> ReleaseRule:
    return await release_rule.read_release_rule(tx, scope=scope)


@put(
    "/release-rule",
    permission="orders.rules",
    summary="Set above which amount one's own orders need a release",
    refusals=[Stale],
)
async def set_release_rule(tx: Tx, *, scope: Scope, body: NewReleaseRule, if_match: int) -> ReleaseRule:
    return await release_rule.set_release_rule(tx, scope=scope, rule=body, if_match=if_match)


ROUTES = (
    list_drafts,
    save_draft,
    read_draft,
    replace_draft,
    describe_draft,
    discard_draft,
    restore_draft,
    copy_draft,
    fill_from_draft,
    read_draft_offer,
    submit_draft,
    take_back_draft,
    release_basket,
    read_release_rule,
    set_release_rule,
)
