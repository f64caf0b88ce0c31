"""Drafts: a basket kept for later, in the buyer's home cell. Placing names it, and a consumer then closes it."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct
from psycopg.types.json import Jsonb

from lingqu.kernel.errors import NotFound, Stale
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.orders.types import NewOrder
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"saved_at": "saved_at"}, default="-saved_at")


class Draft(Struct, frozen=True, kw_only=True):
    """A kept basket; ``content`` is the body that placing sends."""

    id: UUID
    buyer_id: int
    seller_id: int
    seller_name: str
    content: NewOrder
    saved_at: datetime
    version: int


class DraftQuery(ListQuery, frozen=True, kw_only=True):
    """Filters of the list of drafts."""

    seller_id: int | None = None


async def list_drafts(tx: Tx, *, scope: Scope, query: DraftQuery) -> Listed[Draft]:
    """List the drafts of the caller's organization, the last saved first."""
    return await list_page(
        tx,
        SQL["list_drafts"],
        Draft,
        query=query,
        sorts=_SORTS,
        organization_id=scope.organization_id,
        seller_id=query.seller_id,
    )


async def save_draft(tx: Tx, *, scope: Scope, content: NewOrder) -> Draft:
    """Keep a basket. Its lines are not checked: that is for placing.

    Raises: NotFound for a seller that does not exist.
    """
    draft_id = uuid7(at=tx.now)
    made = await tx.run(
        SQL["insert_draft"],
        cell_id=scope.cell_id,
        id=draft_id,
        buyer_id=scope.organization_id,
        seller_id=content.seller_id,
        content=Jsonb(msgspec.to_builtins(content)),
        saved_by=scope.actor.user_id,
        now=tx.now,
    )
    if not made:
        raise NotFound(kind="seller", id=content.seller_id)
    draft = await read_draft(tx, scope=scope, draft_id=draft_id)
    tx.record("draft", draft_id, after=draft)
    return draft


async def read_draft(tx: Tx, *, scope: Scope, draft_id: UUID) -> Draft:
    """Read one draft of the caller's organization.

    Raises: NotFound.
    """
    draft = await tx.first(
        SQL["find_draft"], Draft, cell_id=scope.cell_id, id=draft_id, organization_id=scope.organization_id
    )
    if draft is None:
        raise NotFound(kind="draft", id=str(draft_id))
    return draft


async def replace_draft(tx: Tx, *, scope: Scope, draft_id: UUID, content: NewOrder, if_match: int) -> Draft:
    """Keep another content under the same draft.

    Raises: NotFound, Stale if another tab saved it meanwhile.
    """
    before = await read_draft(tx, scope=scope, draft_id=draft_id)
    changed = await tx.run(
        SQL["update_draft"],
        cell_id=scope.cell_id,
        id=draft_id,
        content=Jsonb(msgspec.to_builtins(content)),
        saved_by=scope.actor.user_id,
        now=tx.now,
        version=if_match,
    )
    if not changed:
        raise Stale(kind="draft")
    after = await read_draft(tx, scope=scope, draft_id=draft_id)
    tx.record("draft", draft_id, before=before, after=after)
    return after


async def discard_draft(tx: Tx, *, scope: Scope, draft_id: UUID) -> None:
    """Throw a draft away.

    Raises: NotFound.
    """
    before = await read_draft(tx, scope=scope, draft_id=draft_id)
    await tx.run(SQL["delete_draft"], cell_id=scope.cell_id, id=draft_id)
    tx.record("draft", draft_id, before=before)
