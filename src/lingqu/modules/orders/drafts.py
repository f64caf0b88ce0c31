"""Drafts: a basket kept for later, in the buyer's home cell. Placing names it, and a consumer then closes it."""

from datetime import datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct
from psycopg.types.json import Jsonb

from lingqu.kernel.errors import NotFound, Refusal, Stale, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.approval.api import withdraw
from lingqu.modules.orders.types import NewOrder
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"saved_at": "saved_at", "name": "name"}, default="-saved_at")
KEPT = timedelta(days=30)
"""How long a discard can be undone."""


DRAFT = "orders.draft"
"""The kind of a basket's request."""
DraftState = Literal["open", "submitted", "returned"]
DraftName = Annotated[str, Meta(max_length=60)]


class DraftSubmitted(Refusal):
    """The basket waits for the buyer's own approval and is not changed meanwhile."""

    code = "orders.draft-submitted"
    status = 409
    title = Words("The basket waits for approval", "采购单待审批")
    detail = Words("Take it back first, then change it.", "请先撤回审批，再修改。")


class NewDraft(NewOrder, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A basket to be kept: the body that placing sends, and perhaps a name."""

    name: DraftName = ""

    def content(self) -> NewOrder:
        """Give what placing sends, without the name."""
        return NewOrder(**{field: getattr(self, field) for field in NewOrder.__struct_fields__})


class Draft(Struct, frozen=True, kw_only=True):
    """A kept basket; ``content`` is the body that placing sends. ``name`` is the buyer's own word for it.

    ``submitted_total_minor``: what it cost when it was submitted; ``decision_reason``: why it came back.
    """

    id: UUID
    buyer_id: int
    seller_id: int
    seller_name: str
    name: str
    content: NewOrder
    saved_at: datetime
    version: int
    state: DraftState
    submitted_by: int | None
    submitted_by_name: str
    submitted_at: datetime | None
    submitted_total_minor: int | None
    decision_reason: str


class DraftQuery(ListQuery, frozen=True, kw_only=True):
    """Filters of the list of drafts; ``q`` finds by its name and the seller's."""

    seller_id: int | None = None
    state: DraftState | None = None


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
        state=query.state,
        q=None if query.q is None else f"%{query.q}%",
    )


async def save_draft(tx: Tx, *, scope: Scope, content: NewOrder, name: str = "") -> Draft:
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
        name=name.strip(),
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


async def lock_draft(tx: Tx, *, scope: Scope, draft_id: UUID) -> Draft:
    """Read one draft of the caller's organization as it stays until the end of the transaction.

    Raises: NotFound.
    """
    await _lock(tx, scope, draft_id, is_deleted=False)
    return await read_draft(tx, scope=scope, draft_id=draft_id)


async def _lock(tx: Tx, scope: Scope, draft_id: UUID, *, is_deleted: bool) -> None:
    found = await tx.values(
        SQL["lock_draft"],
        int,
        cell_id=scope.cell_id,
        id=draft_id,
        buyer_id=scope.organization_id,
        is_deleted=is_deleted,
    )
    if not found:
        raise NotFound(kind="draft", id=str(draft_id))


async def replace_draft(
    tx: Tx, *, scope: Scope, draft_id: UUID, content: NewOrder, if_match: int, name: str | None = None
) -> Draft:
    """Keep another content, perhaps under another name. A basket that was sent back may be submitted again.

    Raises: NotFound, DraftSubmitted, Stale if another tab saved it meanwhile.
    """
    before = await lock_draft(tx, scope=scope, draft_id=draft_id)
    if before.state == "submitted":
        raise DraftSubmitted
    changed = await tx.run(
        SQL["update_draft"],
        cell_id=scope.cell_id,
        id=draft_id,
        name=before.name if name is None else name.strip(),
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
    """Throw a draft away; it can be brought back for thirty days.

    Raises: NotFound.
    """
    before = await lock_draft(tx, scope=scope, draft_id=draft_id)
    await withdraw(tx, kind=DRAFT, object_ids=[draft_id])
    await tx.run(SQL["mark_draft"], cell_id=scope.cell_id, id=draft_id, deleted_at=tx.now)
    tx.record("draft", draft_id, before=before)


async def restore_draft(tx: Tx, *, scope: Scope, draft_id: UUID) -> Draft:
    """Bring a discarded draft back; whoever it was submitted to is not asked again.

    Raises: NotFound.
    """
    await _lock(tx, scope, draft_id, is_deleted=True)
    await tx.run(SQL["mark_draft"], cell_id=scope.cell_id, id=draft_id, deleted_at=None)
    after = await read_draft(tx, scope=scope, draft_id=draft_id)
    tx.record("draft", draft_id, after=after)
    return after


async def purge_drafts(tx: Tx) -> None:
    """Forget what was discarded longer ago than it can be undone."""
    await tx.run(SQL["purge_drafts"], before=tx.now - KEPT)
