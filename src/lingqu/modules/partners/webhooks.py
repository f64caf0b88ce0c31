"""Webhooks for people: the list of an organization's own, and one of them."""

from msgspec.structs import replace

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import StateMachine
from lingqu.modules.partners.subjects import TOLD
from lingqu.modules.partners.types import Webhook, WebhookState, WebhookSubject
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"made_at": "made_at"}, default="made_at")
FLOW: StateMachine[WebhookState] = StateMachine(
    "webhook",
    {
        "pause": (frozenset({WebhookState.ACTIVE}), WebhookState.PAUSED),
        "resume": (frozenset({WebhookState.PAUSED, WebhookState.DISABLED}), WebhookState.ACTIVE),
        "close": (
            frozenset({WebhookState.ACTIVE, WebhookState.PAUSED, WebhookState.DISABLED}),
            WebhookState.CLOSED,
        ),
    },
)


async def list_webhooks(tx: Tx, *, scope: Scope, query: ListQuery) -> Listed[Webhook]:
    """List the webhooks of the caller's own organization; those below it keep theirs to themselves."""
    page = await list_page(tx, SQL["list_webhooks"], Webhook, query=query, sorts=_SORTS, id=None, **_own(tx, scope))
    return replace(page, items=[_with_steps(item) for item in page.items])


async def read_webhook(tx: Tx, *, scope: Scope, webhook_id: int) -> Webhook:
    """Read one webhook of the caller's own organization.

    Raises: NotFound for any other, and for a closed one.
    """
    found = await tx.first(SQL["list_webhooks"], Webhook, id=webhook_id, **_own(tx, scope))
    if found is None:
        raise NotFound(kind="webhook", id=webhook_id)
    return _with_steps(found)


def list_subjects(scope: Scope) -> Listed[WebhookSubject]:
    """List what the caller may ask to be told of."""
    return Listed(
        [
            WebhookSubject(subject=subject, name_zh=told.words.zh, name_en=told.words.en, permission=told.permission)
            for subject, told in TOLD.items()
            if scope.allows(told.permission)
        ]
    )


def _with_steps(webhook: Webhook) -> Webhook:
    return replace(webhook, steps=FLOW.steps_from(webhook.state))


def _own(tx: Tx, scope: Scope) -> dict[str, object]:
    return {"now": tx.now, "cell_id": scope.cell_id, "organization_id": scope.organization_id}
