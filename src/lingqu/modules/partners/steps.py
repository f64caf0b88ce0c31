"""Pause, resume and close a webhook, and give it another secret."""

from datetime import timedelta

from lingqu.kernel.errors import Stale
from lingqu.kernel.scope import Scope
from lingqu.kernel.secret import new_secret
from lingqu.modules.partners.backoff import KEEP_TRYING
from lingqu.modules.partners.signing import signing_secret
from lingqu.modules.partners.types import Webhook, WebhookMade, WebhookState
from lingqu.modules.partners.webhooks import FLOW, read_webhook
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_BOTH_VALID = timedelta(hours=24)


async def pause(tx: Tx, *, scope: Scope, webhook_id: int, if_match: int) -> Webhook:
    """Tell the address nothing for now; what happens meanwhile is kept for it.

    Raises: NotFound for another's webhook; WrongState; Stale.
    """
    await _move(tx, scope, webhook_id, step="pause", if_match=if_match)
    return await read_webhook(tx, scope=scope, webhook_id=webhook_id)


async def resume(tx: Tx, *, scope: Scope, webhook_id: int, if_match: int) -> Webhook:
    """Tell the address again, first of what was kept for it.

    Raises: NotFound for another's webhook; WrongState; Stale.
    """
    await _move(tx, scope, webhook_id, step="resume", if_match=if_match)
    return await read_webhook(tx, scope=scope, webhook_id=webhook_id)


async def close(tx: Tx, *, scope: Scope, webhook_id: int, if_match: int) -> None:
    """Tell the address never again; what waits for it is dropped when its time is over.

    Raises: NotFound for another's webhook; WrongState; Stale.
    """
    await _move(tx, scope, webhook_id, step="close", if_match=if_match)


async def rotate(tx: Tx, *, scope: Scope, webhook_id: int, if_match: int) -> WebhookMade:
    """Make another secret. For a day both sign, so that the receiver can change over without losing a message.

    Raises: NotFound for another's webhook; Stale.
    """
    before = await read_webhook(tx, scope=scope, webhook_id=webhook_id)
    secret = signing_secret(new_secret())
    until = tx.now + _BOTH_VALID
    if not await tx.run(SQL["rotate_secret"], id=webhook_id, version=if_match, secret=secret, until=until):
        raise Stale(kind="webhook")
    after = await read_webhook(tx, scope=scope, webhook_id=webhook_id)
    tx.record("webhook", webhook_id, before=before, after=after)
    return WebhookMade(webhook=after, secret=secret)


async def _move(tx: Tx, scope: Scope, webhook_id: int, *, step: str, if_match: int) -> None:
    before = await read_webhook(tx, scope=scope, webhook_id=webhook_id)
    state: WebhookState = FLOW.target(step, before.state, id=webhook_id)
    if not await tx.run(SQL["move_webhook"], id=webhook_id, version=if_match, state=state, reason=None):
        raise Stale(kind="webhook")
    is_open = state is WebhookState.ACTIVE
    if is_open:
        await tx.run(
            SQL["retry_waiting"],
            cell_id=scope.cell_id,
            webhook_id=webhook_id,
            now=tx.now,
            give_up_at=tx.now + KEEP_TRYING,
        )
    await tx.run(SQL["open_lane"], cell_id=scope.cell_id, webhook_id=webhook_id, is_open=is_open, now=tx.now)
    tx.record("webhook", webhook_id, before=before, after={"state": state})
