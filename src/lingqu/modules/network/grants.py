"""Grants on a trade link: given, for some days or for good, and revoked with effect from the next read.

Nothing is written when a day begins: whoever asks what is allowed asks about a day, in memory as in the database.
"""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import FieldError, Invalid, NotFound, Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.links import GrantBody, Link, announce, check_days, read_sold_link
from lingqu.modules.network.terms import organization_terms
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_PAST = Words("Choose today or a later day.", "请选择今天或之后的日期。")
_BEGUN = Words("It holds already; only its end can be moved.", "该授权已生效，只能修改截止日期。")


class Granted(Refusal):
    """The link allows this already, or will."""

    code = "network.granted-already"
    status: ClassVar[int] = 409
    title = Words("Granted already", "该权限已授予")
    detail = Words("Change the days of that grant instead.", "请改为修改该授权的日期。")


class GrantDays(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The days on which a grant holds; null: from when it was given, without an end."""

    valid_from: date | None = None
    valid_until: date | None = None


async def grant(tx: Tx, *, scope: Scope, link_id: int, body: GrantBody) -> Link:
    """Allow one more thing on a link, from now on or on some days.

    Raises: NotFound for the link or the product line, Granted, Invalid for days that are past.
    """
    link = await read_sold_link(tx, scope=scope, link_id=link_id)
    line_id = body.product_line_id
    if line_id is not None and not await tx.values(SQL["find_product_line"], int, id=line_id):
        raise NotFound(kind="product line", id=line_id)
    today = await _today(tx, link)
    _check(body.valid_from, body.valid_until, today)
    right = {"link_id": link_id, "capability": body.capability, "product_line_id": line_id}
    await tx.run(SQL["close_ended"], **right, today=today, now=tx.now)
    ids = await tx.values(
        SQL["grant"], int, **right, valid_from=body.valid_from, valid_until=body.valid_until, now=tx.now
    )
    if not ids:
        raise Granted
    after = {"link_id": link_id, "capability": body.capability, "line_id": line_id}
    tx.record("link-grant", ids[0], after=after | _days(body.valid_from, body.valid_until))
    return await announce(tx, scope=scope, link=link)


async def set_grant_days(tx: Tx, *, scope: Scope, link_id: int, grant_id: int, days: GrantDays) -> Link:
    """Move the days of a grant that holds or will; once it holds, only its end.

    Raises: NotFound for a link that is not the caller's to change, or a grant that is over; Invalid.
    """
    link = await read_sold_link(tx, scope=scope, link_id=link_id)
    today = await _today(tx, link)
    before = next((one for one in link.grants if one.id == grant_id and one.state in {"live", "planned"}), None)
    if before is None:
        raise NotFound(kind="grant", id=grant_id)
    if before.state == "live":
        if days.valid_from != before.valid_from:
            raise Invalid(errors=[FieldError("/valid_from", "begun", _BEGUN)])
        _check(None, days.valid_until, today)
    else:
        _check(days.valid_from, days.valid_until, today)
    values = {"valid_from": days.valid_from, "valid_until": days.valid_until}
    if not await tx.run(SQL["set_grant_days"], id=grant_id, link_id=link_id, today=today, **values):
        raise NotFound(kind="grant", id=grant_id)
    tx.record(
        "link-grant",
        grant_id,
        before=_days(before.valid_from, before.valid_until),
        after=_days(days.valid_from, days.valid_until),
    )
    return await announce(tx, scope=scope, link=link)


async def revoke(tx: Tx, *, scope: Scope, link_id: int, grant_id: int, reason: str) -> Link:
    """Take a grant back; the next read goes without it.

    Raises: NotFound for a link that is not the caller's to change, or a grant that is over.
    """
    link = await read_sold_link(tx, scope=scope, link_id=link_id)
    today = await _today(tx, link)
    if not await tx.run(SQL["revoke"], link_id=link_id, id=grant_id, reason=reason, today=today, now=tx.now):
        raise NotFound(kind="grant", id=grant_id)
    tx.record("link-grant", grant_id, before={"is_live": True}, after={"is_live": False, "reason": reason})
    return await announce(tx, scope=scope, link=link)


async def _today(tx: Tx, link: Link) -> date:
    """Say which day it is for the seller."""
    terms = await organization_terms(tx, organization_ids=[link.seller_id])
    return business_date(tx.now, terms[link.seller_id].time_zone)


def _check(begin: date | None, end: date | None, today: date) -> None:
    if begin is not None and begin < today:
        raise Invalid(errors=[FieldError("/valid_from", "past", _PAST)])
    if end is not None and begin is None and end < today:
        raise Invalid(errors=[FieldError("/valid_until", "past", _PAST)])
    if begin is not None:
        check_days(begin, end)


def _days(begin: date | None, end: date | None) -> dict[str, date | None]:
    return {name: day for name, day in (("valid_from", begin), ("valid_until", end)) if day is not None}
