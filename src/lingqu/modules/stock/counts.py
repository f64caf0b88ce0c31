"""Count sheets: what a person found at a node, line by line, against what the books said in that moment."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct
from msgspec.structs import replace

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import StateMachine
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
NO_LOT = UUID(int=0)
"""Stands for "no lot" in the key of a line."""


class CountStatus(StrEnum):
    """A sheet is filled in while open, then posted or cancelled."""

    OPEN = "open"
    POSTED = "posted"
    CANCELLED = "cancelled"


_OPEN = frozenset({CountStatus.OPEN})
FLOW: StateMachine[CountStatus] = StateMachine(
    "count", {"post": (_OPEN, CountStatus.POSTED), "cancel": (_OPEN, CountStatus.CANCELLED)}
)


class CountQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Sheets of an organization or a node, in a status."""

    organization_id: Annotated[int, Meta(ge=1)] | None = None
    node_id: Annotated[int, Meta(ge=1)] | None = None
    status: CountStatus | None = None


class CountHead(Struct, frozen=True, kw_only=True):
    """A sheet in a list; a line is counted once a quantity was entered."""

    id: UUID
    organization_id: int
    node_id: int
    node_name: str
    title: str
    status: CountStatus
    opened_at: datetime
    opened_by: str | None
    closed_at: datetime | None
    line_count: int
    counted_count: int
    version: int


class CountLine(Struct, frozen=True, kw_only=True):
    """A SKU, or a lot of one. ``expected`` is what the books said when ``counted`` was entered."""

    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    base_unit: str
    lot_id: UUID
    lot_code: str | None
    expires_on: date | None
    counted: int | None
    expected: int | None
    difference: int | None
    entered_at: datetime | None
    entered_by: str | None


class CountSheet(CountHead, frozen=True, kw_only=True):
    """A sheet with its lines; ``steps`` are those that its status allows now."""

    cell_id: int
    bin_id: int
    lines: list[CountLine] = []
    steps: list[str] = []


_SORTS = Sorts({"opened_at": "opened_at", "title": "title"}, default="-opened_at")


async def list_counts(tx: Tx, *, scope: Scope, query: CountQuery) -> Listed[CountHead]:
    """List the sheets of the caller's own tree, the newest first."""
    return await list_page(
        tx,
        SQL["list_counts"],
        CountHead,
        query=query,
        sorts=_SORTS,
        id=None,
        organization_id=query.organization_id,
        node_id=query.node_id,
        status=query.status,
        q=query.q,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )


async def read_count(tx: Tx, *, scope: Scope, sheet_id: UUID) -> CountSheet:
    """Read a sheet with its lines.

    Raises: NotFound.
    """
    return await _read(tx, sheet_id, is_whole=scope.is_whole, organization_ids=list(scope.organization_ids))


async def own_count(tx: Tx, *, scope: Scope, sheet_id: UUID) -> CountSheet:
    """Read a sheet that the caller may fill in: one of its own organization.

    Raises: NotFound for any other.
    """
    return await _read(tx, sheet_id, is_whole=False, organization_ids=[scope.organization_id])


async def _read(tx: Tx, sheet_id: UUID, *, is_whole: bool, organization_ids: Sequence[int]) -> CountSheet:
    sheet = await tx.first(
        SQL["list_counts"],
        CountSheet,
        id=sheet_id,
        organization_id=None,
        node_id=None,
        status=None,
        q=None,
        is_whole=is_whole,
        organization_ids=list(organization_ids),
    )
    if sheet is None:
        raise NotFound(kind="count", id=sheet_id)
    lines = await tx.all(SQL["list_count_lines"], CountLine, cell_id=sheet.cell_id, sheet_id=sheet_id)
    return replace(sheet, lines=lines, steps=FLOW.steps_from(sheet.status))
