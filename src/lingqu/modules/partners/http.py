"""Routes of partners."""

from uuid import UUID

from lingqu.kernel.errors import Invalid, NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.partners import deliveries, steps, subscribe, webhooks
from lingqu.modules.partners.address import AddressRule
from lingqu.modules.partners.deliveries import DeliveryQuery, SendAgain, SentAgain
from lingqu.modules.partners.subscribe import NewWebhook, TooManyWebhooks, WebhookEdit
from lingqu.modules.partners.types import Delivery, DeliveryLog, Webhook, WebhookMade, WebhookSubject
from lingqu.runtime.http.route import get, patch, post
from lingqu.runtime.paging import Listed, ListQuery
from lingqu.runtime.tx import Tx

_RIGHT = "partners.webhooks"
_ONE = "/webhooks/{webhook_id:int}"
_DELIVERY = _ONE + "/deliveries/{delivery_id:uuid}"


@get("/webhooks", permission=_RIGHT, summary="Addresses of other systems and what they are told")
async def list_webhooks(tx: Tx, *, scope: Scope, query: ListQuery) -> Listed[Webhook]:
    return await webhooks.list_webhooks(tx, scope=scope, query=query)


@get("/webhooks/subjects", permission=_RIGHT, summary="Events that a webhook can be told of")
async def list_webhook_subjects(tx: Tx, *, scope: Scope) -> Listed[WebhookSubject]:  # noqa: ARG001 - reads are in one
    return webhooks.list_subjects(scope)


@get(_ONE, permission=_RIGHT, summary="One webhook", refusals=[NotFound])
async def read_webhook(tx: Tx, *, scope: Scope, webhook_id: int) -> Webhook:
    return await webhooks.read_webhook(tx, scope=scope, webhook_id=webhook_id)


@post(
    "/webhooks",
    permission=_RIGHT,
    summary="Tell an address what happens; the answer shows the secret once",
    refusals=[Invalid, TooManyWebhooks],
)
async def add_webhook(tx: Tx, *, scope: Scope, body: NewWebhook, address_rule: AddressRule) -> WebhookMade:
    return await subscribe.subscribe(tx, scope=scope, new=body, rule=address_rule)


@patch(_ONE, permission=_RIGHT, summary="Change address, description or events", refusals=[NotFound, Invalid, Stale])
async def change_webhook(
    tx: Tx, *, scope: Scope, webhook_id: int, body: WebhookEdit, if_match: int, address_rule: AddressRule
) -> Webhook:
    return await subscribe.change(
        tx, scope=scope, webhook_id=webhook_id, edit=body, if_match=if_match, rule=address_rule
    )


@post(_ONE + "/pause", permission=_RIGHT, summary="Tell it nothing for now", refusals=[NotFound, WrongState, Stale])
async def pause_webhook(tx: Tx, *, scope: Scope, webhook_id: int, if_match: int) -> Webhook:
    return await steps.pause(tx, scope=scope, webhook_id=webhook_id, if_match=if_match)


@post(_ONE + "/resumption", permission=_RIGHT, summary="Tell it again", refusals=[NotFound, WrongState, Stale])
async def resume_webhook(tx: Tx, *, scope: Scope, webhook_id: int, if_match: int) -> Webhook:
    return await steps.resume(tx, scope=scope, webhook_id=webhook_id, if_match=if_match)


@post(
    _ONE + "/closing",
    permission=_RIGHT,
    summary="Tell it never again",
    status=204,
    refusals=[NotFound, WrongState, Stale],
)
async def close_webhook(tx: Tx, *, scope: Scope, webhook_id: int, if_match: int) -> None:
    await steps.close(tx, scope=scope, webhook_id=webhook_id, if_match=if_match)


@post(
    _ONE + "/secret",
    permission=_RIGHT,
    summary="Make another secret, shown once; the old one signs too for a day",
    refusals=[NotFound, Stale],
)
async def rotate_webhook_secret(tx: Tx, *, scope: Scope, webhook_id: int, if_match: int) -> WebhookMade:
    return await steps.rotate(tx, scope=scope, webhook_id=webhook_id, if_match=if_match)


@post(_ONE + "/pings", permission=_RIGHT, summary="Send a trial", refusals=[NotFound])
async def ping_webhook(tx: Tx, *, scope: Scope, webhook_id: int) -> Delivery:
    return await deliveries.ping(tx, scope=scope, webhook_id=webhook_id)


@get(_ONE + "/deliveries", permission=_RIGHT, summary="What it was told, and what waits", refusals=[NotFound])
async def list_webhook_deliveries(tx: Tx, *, scope: Scope, webhook_id: int, query: DeliveryQuery) -> Listed[Delivery]:
    return await deliveries.list_deliveries(tx, scope=scope, webhook_id=webhook_id, query=query)


@get(_DELIVERY, permission=_RIGHT, summary="One delivery with every attempt", refusals=[NotFound])
async def read_webhook_delivery(tx: Tx, *, scope: Scope, webhook_id: int, delivery_id: UUID) -> DeliveryLog:
    return await deliveries.read_delivery(tx, scope=scope, webhook_id=webhook_id, delivery_id=delivery_id)


@post(_DELIVERY + "/redelivery", permission=_RIGHT, summary="Send it once more, under the same id", refusals=[NotFound])
async def redeliver(tx: Tx, *, scope: Scope, webhook_id: int, delivery_id: UUID) -> Delivery:
    return await deliveries.send_again(tx, scope=scope, webhook_id=webhook_id, delivery_id=delivery_id)


@post(_ONE + "/redelivery", permission=_RIGHT, summary="Send everything since a time once more", refusals=[NotFound])
async def redeliver_all(tx: Tx, *, scope: Scope, webhook_id: int, body: SendAgain) -> SentAgain:
    return await deliveries.send_all_again(tx, scope=scope, webhook_id=webhook_id, again=body)


ROUTES = (
    list_webhooks,
    list_webhook_subjects,
    read_webhook,
    add_webhook,
    change_webhook,
    pause_webhook,
    resume_webhook,
    close_webhook,
    rotate_webhook_secret,
    ping_webhook,
    list_webhook_deliveries,
    read_webhook_delivery,
    redeliver,
    redeliver_all,
)
