"""Transfers: goods that go from one node of an organization to another, and what has become of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct
from msgspec.structs import replace

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import StateMachine
from lingqu.modules.stock.adjusted import Quantity
from lingqu.modules.stock.events import TransferChanged
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_NO_LINE = Words("The transfer has no line {line_no}.", "调拨单没有第 {line_no} 行。")


class TransferStatus(StrEnum):
    """In transit from the first shipment on; closed when everything has arrived or the rest was given up."""

    REQUESTED = "requested"
    IN_TRANSIT = "in-transit"
    CLOSED = "closed"
    CANCELLED = "cancelled"


_STARTED = frozenset({TransferStatus.REQUESTED, TransferStatus.IN_TRANSIT})
FLOW: StateMachine[TransferStatus] = StateMachine(
    "transfer",
    {
        "ship": (_STARTED, TransferStatus.IN_TRANSIT),
        "receive": (frozenset({TransferStatus.IN_TRANSIT}), TransferStatus.IN_TRANSIT),
        "close": (frozenset({TransferStatus.IN_TRANSIT}), TransferStatus.CLOSED),
        "cancel": (frozenset({TransferStatus.REQUESTED}), TransferStatus.CANCELLED),
    },
)


class TransferQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``node_id`` finds transfers from or to a node; ``q`` its note, and name or code of goods it carries."""

    organization_id: Annotated[int, Meta(ge=1)] | None = None
    node_id: Annotated[int, Meta(ge=1)] | None = None
    status: TransferStatus | None = None


class TransferHead(Struct, frozen=True, kw_only=True):
    """A transfer in a list; ``in_transit_count`` is how many of its lines have goods on their way."""

    id: UUID
    organization_id: int
    from_node_id: int
    from_node_name: str
    to_node_id: int
    to_node_name: str
    status: TransferStatus
    note: str
    reason: str | None
    requested_at: datetime
    requested_by: str | None
    closed_at: datetime | None
    line_count: int
    in_transit_count: int
    version: int


class TransferLine(Struct, frozen=True, kw_only=True):
    """What is asked for, on its way, arrived and given up: in_transit = shipped - received - lost."""

    line_no: int
    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    base_unit: str
    quantity: int
    shipped: int
    received: int
    lost: int
    in_transit: int


class Transfer(TransferHead, frozen=True, kw_only=True):
    """A transfer with its lines; ``steps`` are those that its status allows now."""

    cell_id: int
    lines: list[TransferLine] = []
    steps: list[str] = []


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much of a line is shipped or received now."""

    line_no: Annotated[int, Meta(ge=1, le=32767)]
    quantity: Quantity


_SORTS = Sorts({"requested_at": "requested_at", "status": "status"}, default="-requested_at")


async def list_transfers(tx: Tx, *, scope: Scope, query: TransferQuery) -> Listed[TransferHead]:
    """List the transfers of the caller's own tree, the newest first."""
    return await list_page(
        tx,
        SQL["list_transfers"],
        TransferHead,
        query=query,
        sorts=_SORTS,
        organization_id=query.organization_id,
        node_id=query.node_id,
        status=query.status,
        q=query.q,
        keys=query_keys(query.q),
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )


async def read_transfer(tx: Tx, *, scope: Scope, transfer_id: UUID) -> Transfer:
    """Read a transfer with its lines.

    Raises: NotFound.
    """
    return await _read(tx, transfer_id, is_whole=scope.is_whole, organization_ids=scope.organization_ids)


async def own_transfer(tx: Tx, *, scope: Scope, transfer_id: UUID) -> Transfer:
    """Read a transfer that the caller may take further: one of its own organization.

    Raises: NotFound for any other.
    """
    return await _read(tx, transfer_id, is_whole=False, organization_ids=[scope.organization_id])


async def _read(tx: Tx, transfer_id: UUID, *, is_whole: bool, organization_ids: Sequence[int]) -> Transfer:
    head = await tx.first(
        SQL["find_transfer"],
        Transfer,
        id=transfer_id,
        is_whole=is_whole,
        organization_ids=list(organization_ids),
    )
    if head is None:
        raise NotFound(kind="transfer", id=transfer_id)
    lines = await tx.all(SQL["list_transfer_lines"], TransferLine, cell_id=head.cell_id, transfer_id=transfer_id)
    return replace(head, lines=lines, steps=FLOW.steps_from(head.status))


async def take_step(
    tx: Tx,
    *,
    before: Transfer,
    step: str,
    if_match: int,
    shipped: Mapping[int, int] = {},
    received: Mapping[int, int] = {},
    lost: Mapping[int, int] = {},
    status: TransferStatus | None = None,
    reason: str | None = None,
) -> None:
    """Move a transfer on by compare-and-set on its version and add to its lines' sums.

    ``status`` is where the step leads when not where it always does: the last receipt closes.

    Raises: Stale.
    """
    target = status or FLOW.target(step, before.status, id=before.id)
    taken = await tx.run(
        SQL["step_transfer"],
        cell_id=before.cell_id,
        id=before.id,
        version=if_match,
        status=target,
        reason=reason,
        closed_at=tx.now if target in {TransferStatus.CLOSED, TransferStatus.CANCELLED} else None,
    )
    if not taken:
        raise Stale(kind="transfer")
    touched = sorted({*shipped, *received, *lost})
    await tx.run(
        SQL["add_to_transfer_lines"],
        cell_id=before.cell_id,
        transfer_id=before.id,
        line_no=touched,
        shipped=[shipped.get(line_no, 0) for line_no in touched],
        received=[received.get(line_no, 0) for line_no in touched],
        lost=[lost.get(line_no, 0) for line_no in touched],
    )


async def finish_step(tx: Tx, *, scope: Scope, before: Transfer, step: str) -> Transfer:
    """Read a transfer as it is after a step, record and publish the change."""
    after = await own_transfer(tx, scope=scope, transfer_id=before.id)
    tx.record("transfer", before.id, before=before, after=after, cell_id=before.cell_id)
    tx.emit(
        TransferChanged(
            transfer_id=after.id,
            organization_id=after.organization_id,
            from_node_id=after.from_node_id,
            to_node_id=after.to_node_id,
            step=step,
            status=after.status,
        ),
        cell_id=before.cell_id,
    )
    return after


def sum_parts(transfer: Transfer, parts: Sequence[Part]) -> dict[int, int]:
    """Sum quantities by line.

    Raises: Invalid naming each part whose line does not exist.
    """
    known = {line.line_no for line in transfer.lines}
    errors = [
        FieldError(f"/lines/{index}/line_no", "unknown", _NO_LINE, {"line_no": part.line_no})
        for index, part in enumerate(parts)
        if part.line_no not in known
    ]
    if errors:
        raise Invalid(errors=errors)
    sums: dict[int, int] = {}
    for part in parts:
        sums[part.line_no] = sums.get(part.line_no, 0) + part.quantity
    return sums
