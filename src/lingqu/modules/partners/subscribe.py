"""Subscribe an address to events, and change what it is told."""

from collections.abc import Sequence

from msgspec import UNSET, Struct, UnsetType

from lingqu.kernel.errors import FieldError, Invalid, Refusal, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.kernel.secret import new_secret
from lingqu.modules.partners.address import AddressRule, check_url
from lingqu.modules.partners.signing import signing_secret
from lingqu.modules.partners.subjects import TOLD
from lingqu.modules.partners.types import Description, Subjects, Url, Webhook, WebhookMade
from lingqu.modules.partners.webhooks import read_webhook
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_MOST = 20
_UNKNOWN = Words("There is no event {subject} that you may see.", "没有您可查看的事件 {subject}。")


class TooManyWebhooks(Refusal):
    """An organization has its share; close one first."""

    code = "partners.too-many-webhooks"
    status = 409
    title = Words("Too many webhooks", "Webhook 数量已达上限")
    detail = Words(
        "An organization may have {most} webhooks; close one you no longer need.",
        "每个组织最多 {most} 个 Webhook，请先关闭不再使用的。",
    )


class NewWebhook(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where to, and what of."""

    url: Url
    subjects: Subjects
    description: Description = ""


class WebhookEdit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    url: Url | UnsetType = UNSET
    subjects: Subjects | UnsetType = UNSET
    description: Description | UnsetType = UNSET


async def subscribe(tx: Tx, *, scope: Scope, new: NewWebhook, rule: AddressRule) -> WebhookMade:
    """Tell an address from now on what happens to the caller's organization, and give the secret that signs it.

    Raises: Invalid for an address or an event that is not allowed; TooManyWebhooks.
    """
    if await tx.value(SQL["count_webhooks"], int, organization_id=scope.organization_id) >= _MOST:
        raise TooManyWebhooks(most=_MOST)
    secret = signing_secret(new_secret())
    webhook_id = await tx.value(
        SQL["add_webhook"],
        int,
        organization_id=scope.organization_id,
        url=check_url(new.url, rule=rule),
        description=new.description,
        subjects=_check_subjects(new.subjects, scope),
        secret=secret,
        now=tx.now,
        user_id=scope.actor.user_id,
    )
    await tx.run(SQL["add_lane"], cell_id=scope.cell_id, webhook_id=webhook_id)
    webhook = await read_webhook(tx, scope=scope, webhook_id=webhook_id)
    tx.record("webhook", webhook_id, after=webhook)
    return WebhookMade(webhook=webhook, secret=secret)


async def change(
    tx: Tx, *, scope: Scope, webhook_id: int, edit: WebhookEdit, if_match: int, rule: AddressRule
) -> Webhook:
    """Change address, description or events. What waits goes to the new address.

    Raises: NotFound for another's webhook; Invalid; Stale.
    """
    before = await read_webhook(tx, scope=scope, webhook_id=webhook_id)
    changed = await tx.run(
        SQL["change_webhook"],
        id=webhook_id,
        version=if_match,
        url=before.url if edit.url is UNSET else check_url(edit.url, rule=rule),
        description=before.description if edit.description is UNSET else edit.description,
        subjects=before.subjects if edit.subjects is UNSET else _check_subjects(edit.subjects, scope, before.subjects),
    )
    if not changed:
        raise Stale(kind="webhook")
    after = await read_webhook(tx, scope=scope, webhook_id=webhook_id)
    tx.record("webhook", webhook_id, before=before, after=after)
    return after


def _check_subjects(subjects: Sequence[str], scope: Scope, had: Sequence[str] = ()) -> list[str]:
    """Keep each once, in order; what the webhook is told already may stay, whoever edits it."""
    errors = [
        FieldError(f"/subjects/{position}", "choice", _UNKNOWN, {"subject": subject})
        for position, subject in enumerate(subjects)
        if subject not in had and (subject not in TOLD or not scope.allows(TOLD[subject].permission))
    ]
    if errors:
        raise Invalid(errors=errors)
    return sorted(set(subjects))
