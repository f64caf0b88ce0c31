"""Standing orders: made, changed, paused and ended by their buyer, seen by both sides."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import FieldError, Invalid, NotFound, Stale, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.api import NamedPack
from lingqu.modules.network.api import organization_terms
from lingqu.modules.orders.basket import require_link
from lingqu.modules.orders.rhythm import check_rhythm, dates, next_date
from lingqu.modules.orders.standing_types import (
    NewStanding,
    Standing,
    StandingContent,
    StandingDocument,
    StandingRow,
    StandingRun,
)
from lingqu.modules.orders.template_lines import check_lines, named_packs, show_lines
from lingqu.modules.orders.templates import find_template
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"saved_at": "saved_at", "name": "name"}, default="-saved_at")
_AHEAD = timedelta(days=92)
_MOST_AHEAD = 10
_ONE = Words("Give either lines or a list whose lines are taken.", "请提供商品行，或指明要沿用的常购清单。")
_END = Words("The end lies before the start.", "结束日期早于开始日期。")
_OTHER_SELLER = Words("This list belongs to another seller.", "该清单属于其他供货方。")


class StandingQuery(ListQuery, frozen=True, kw_only=True):
    """Filters of the list; ``q`` finds by name or partner."""

    side: Literal["buying", "selling"] | None = None
    seller_id: int | None = None
    with_ended: bool = False


async def list_standing(tx: Tx, *, scope: Scope, query: StandingQuery) -> Listed[Standing]:
    """List the standing orders that the caller's organization buys or sells by."""
    page = await list_page(
        tx,
        SQL["list_standing"],
        StandingRow,
        query=query,
        sorts=_SORTS,
        side=query.side,
        seller_id=query.seller_id,
        id=None,
        with_ended=query.with_ended,
        own_id=scope.organization_id,
        q=None if query.q is None else f"%{query.q}%",
    )
    packs = await named_packs(tx, [line for row in page.items for line in row.asked])
    return Listed([Standing(**_shown(tx, scope, row, packs)) for row in page.items], page.next)


async def read_standing(tx: Tx, *, scope: Scope, standing_id: UUID, language: str = "en") -> StandingDocument:
    """Read one standing order with its dates so far; refusals in the reader's language.

    Raises: NotFound.
    """
    row = await _find(tx, scope, standing_id)
    runs = await tx.all(SQL["read_standing_runs"], StandingRun, cell_id=row.cell_id, id=row.id)
    tag = "zh" if language.startswith("zh") else "en"
    told = [msgspec.structs.replace(run, problem=run.problem and run.problem[tag]) for run in runs]
    return StandingDocument(**_shown(tx, scope, row, await named_packs(tx, row.asked)), runs=told)


async def save_standing(tx: Tx, *, scope: Scope, new: NewStanding) -> StandingDocument:
    """Make a standing order.

    Raises: NoLink, NotFound for a list of somebody else, Invalid.
    """
    await require_link(tx, scope=scope, seller_id=new.seller_id)
    await _check(tx, scope, new, new.seller_id, None)
    standing_id = uuid7(at=tx.now)
    columns = await _columns(tx, scope, new, None)
    await tx.run(
        SQL["insert_standing"], id=standing_id, buyer_id=scope.organization_id, seller_id=new.seller_id, **columns
    )
    after = await read_standing(tx, scope=scope, standing_id=standing_id)
    tx.record("standing order", standing_id, after=after)
    return after


async def replace_standing(
    tx: Tx, *, scope: Scope, standing_id: UUID, content: StandingContent, if_match: int
) -> StandingDocument:
    """Change a standing order: its rhythm, lines, a pause, a date to leave out. What was placed stays.

    Raises: NotFound, Invalid, Stale.
    """
    before = await _own(tx, scope, standing_id)
    await tx.run(SQL["lock_standing"], cell_id=before.cell_id, id=standing_id)
    await _check(tx, scope, content, before.seller_id, before)
    frozen = await tx.value(SQL["last_frozen_date"], date | None, cell_id=before.cell_id, id=standing_id)  # type: ignore[arg-type]
    columns = await _columns(tx, scope, content, frozen)
    if not await tx.run(SQL["update_standing"], id=standing_id, version=if_match, **columns):
        raise Stale(kind="standing order")
    after = await read_standing(tx, scope=scope, standing_id=standing_id)
    tx.record("standing order", standing_id, before=before, after=after)
    return after


async def end_standing(tx: Tx, *, scope: Scope, standing_id: UUID) -> None:
    """End a standing order for good; what it has placed stays.

    Raises: NotFound.
    """
    before = await _own(tx, scope, standing_id)
    await tx.run(SQL["end_standing"], cell_id=before.cell_id, id=standing_id, now=tx.now)
    tx.record("standing order", standing_id, before=before)


def due_dates(row: StandingRow, *, since: date, until: date) -> list[date]:
    """Name the dates on which a standing order will ask for goods, if nothing changes."""
    if row.is_paused or row.ended_at is not None or row.next_due_on is None:
        return []
    return list(
        dates(
            row.rhythm,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            skipped_on=row.skipped_on,
            since=max(since, row.next_due_on),
            until=until,
        )
    )


def following(row: StandingRow | StandingContent, *, since: date) -> tuple[date | None, date | None]:
    """Find the next date from ``since`` on and the day on which it is placed."""
    due_on = next_date(row.rhythm, starts_on=row.starts_on, ends_on=row.ends_on, skipped_on=row.skipped_on, since=since)
    return due_on, None if due_on is None else due_on - timedelta(days=row.lead_days)


async def _check(tx: Tx, scope: Scope, content: StandingContent, seller_id: int, before: StandingRow | None) -> None:
    check_rhythm(content.rhythm)
    if content.ends_on is not None and content.ends_on < content.starts_on:
        raise Invalid(errors=[FieldError("/ends_on", "range", _END)])
    if bool(content.lines) == (content.template_id is not None):
        raise Invalid(errors=[FieldError("/lines", "choice", _ONE)])
    if content.template_id is None:
        await check_lines(tx, scope=scope, lines=content.lines, known=() if before is None else before.lines)
    elif before is None or before.template_id != content.template_id:
        template = await find_template(tx, scope=scope, template_id=content.template_id)
        if template.seller_id != seller_id:
            raise Invalid(errors=[FieldError("/template_id", "choice", _OTHER_SELLER)])


async def _columns(tx: Tx, scope: Scope, content: StandingContent, frozen: date | None) -> dict[str, Any]:
    terms = await organization_terms(tx, organization_ids=[scope.organization_id])
    zone = terms[scope.organization_id].time_zone
    since = business_date(tx.now, zone)
    if frozen is not None:
        since = max(since, frozen + timedelta(days=1))
    due_on, run_on = (None, None) if content.is_paused else following(content, since=since)
    return {
        "cell_id": scope.cell_id,
        "name": content.name.strip(),
        "template_id": content.template_id,
        "lines": Jsonb(msgspec.to_builtins(content.lines)),
        "rhythm": Jsonb(msgspec.to_builtins(content.rhythm)),
        "wishes": Jsonb(msgspec.to_builtins(content.wishes)),
        "starts_on": content.starts_on,
        "ends_on": content.ends_on,
        "skipped_on": sorted(set(content.skipped_on)),
        "lead_days": content.lead_days,
        "is_paused": content.is_paused,
        "time_zone": zone,
        "next_due_on": due_on,
        "next_run_on": run_on,
        "saved_by": scope.actor.user_id,
        "saved_by_name": scope.actor.name,
        "now": tx.now,
    }


async def _find(tx: Tx, scope: Scope, standing_id: UUID) -> StandingRow:
    row = await tx.first(
        SQL["list_standing"],
        StandingRow,
        side=None,
        seller_id=None,
        id=standing_id,
        with_ended=True,
        own_id=scope.organization_id,
        q=None,
    )
    if row is None:
        raise NotFound(kind="standing order", id=str(standing_id))
    return row


async def _own(tx: Tx, scope: Scope, standing_id: UUID) -> StandingRow:
    """Find a standing order that the caller may change: its buyer's, and not ended."""
    row = await _find(tx, scope, standing_id)
    if row.buyer_id != scope.organization_id or row.ended_at is not None:
        raise NotFound(kind="standing order", id=str(standing_id))
    return row


def _shown(tx: Tx, scope: Scope, row: StandingRow, packs: Mapping[int, NamedPack]) -> dict[str, Any]:
    is_buyer = row.buyer_id == scope.organization_id
    today = business_date(tx.now, row.time_zone)
    return {
        "id": row.id,
        "side": "buyer" if is_buyer else "seller",
        "state": "ended" if row.ended_at is not None else "paused" if row.is_paused else "active",
        "buyer_id": row.buyer_id,
        "buyer_name": row.buyer_name,
        "seller_id": row.seller_id,
        "seller_name": row.seller_name,
        "name": row.name,
        "rhythm": row.rhythm,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "skipped_on": row.skipped_on,
        "lead_days": row.lead_days,
        "is_paused": row.is_paused,
        "time_zone": row.time_zone,
        "next_due_on": row.next_due_on,
        "upcoming": due_dates(row, since=today, until=today + _AHEAD)[:_MOST_AHEAD],
        "template_id": row.template_id if is_buyer else None,
        "template_name": row.template_name if is_buyer else None,
        "lines": show_lines(row.asked, dict(packs)),
        "wishes": row.wishes if is_buyer else None,
        "saved_by_name": row.saved_by_name if is_buyer else "",
        "saved_at": row.saved_at,
        "version": row.version,
    }
