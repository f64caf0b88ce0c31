"""Lists: keyset pages, sorting by named columns, search. One place composes SQL around a named statement."""

import base64
import binascii
from collections.abc import Mapping
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import Meta, Struct
from psycopg import DataError, sql
from psycopg.rows import dict_row

from lingqu.kernel.errors import FieldError, Invalid, Words
from lingqu.runtime.sql import Statement
from lingqu.runtime.tx import Tx

Item = TypeVar("Item")

_SORT = Words("Sort by one of: {known}; a leading - turns the order.", "可按以下字段排序：{known}；前缀 - 表示倒序。")
_CURSOR = Words(
    "This cursor belongs to another list or order. Start from the first page.",
    "游标与当前列表或排序不符，请从第一页开始。",
)


class ListQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every list understands; a list with filters of its own extends it."""

    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None
    sort: str | None = None
    q: Annotated[str, Meta(max_length=100)] | None = None


class Listed(Struct, Generic[Item], frozen=True):
    """One page; ``next`` is the cursor of the page after it, or null at the end."""

    items: list[Item]
    next: str | None = None


class Sorts(Struct, frozen=True):
    """Public sort names and their columns; the columns are never null. ``tie`` makes the order total."""

    columns: Mapping[str, str]
    default: str
    tie: str = "id"


async def list_page(
    tx: Tx, statement: Statement, shape: type[Item], *, query: ListQuery, sorts: Sorts, **parameters: Any
) -> Listed[Item]:
    """Read one page of ``statement``, which selects every row the caller may see.

    Raises: Invalid for an unknown sort or a cursor of another list.
    """
    name, column, is_descending = _order(query, sorts)
    after = _decode_cursor(query.cursor, name)
    direction = sql.SQL("desc" if is_descending else "asc")
    compare = sql.SQL("<" if is_descending else ">")
    where: sql.Composable = sql.SQL("")
    if after is not None:
        where = sql.SQL("where ({column}, {tie}) {compare} (%(after_value)s, %(after_tie)s)").format(
            column=sql.Identifier(column), tie=sql.Identifier(sorts.tie), compare=compare
        )
        parameters |= {"after_value": after[0], "after_tie": after[1]}
    # A new line after the rows: their text may end in a comment.
    composed = sql.SQL(
        "select * from ({rows}\n) as listed {where} "
        "order by {column} {direction}, {tie} {direction} limit %(page_limit)s"
    ).format(
        rows=sql.SQL(statement.text),
        where=where,
        column=sql.Identifier(column),
        tie=sql.Identifier(sorts.tie),
        direction=direction,
    )
    async with tx.connection.cursor(row_factory=dict_row) as cursor:
        try:
            await cursor.execute(composed, parameters | {"page_limit": query.limit + 1})
        except DataError:
            if after is None:
                raise
            raise Invalid(errors=[FieldError("?cursor", "stale", _CURSOR)]) from None
        rows = await cursor.fetchall()
    following = None
    if len(rows) > query.limit:
        last = rows[query.limit - 1]
        following = _encode_cursor(name, last[column], last[sorts.tie])
    items = msgspec.convert(rows[: query.limit], list[shape], strict=False)  # type: ignore[valid-type]
    return Listed(items, following)


def _order(query: ListQuery, sorts: Sorts) -> tuple[str, str, bool]:
    name = query.sort or sorts.default
    bare = name.removeprefix("-")
    if bare not in sorts.columns:
        raise Invalid(errors=[FieldError("?sort", "choice", _SORT, {"known": ", ".join(sorts.columns)})])
    return name, sorts.columns[bare], name.startswith("-")


def _encode_cursor(name: str, value: Any, tie: Any) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode([name, value, tie])).decode().rstrip("=")


def _decode_cursor(cursor: str | None, name: str) -> tuple[str, str] | None:
    if cursor is None:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        sort, value, tie = msgspec.json.decode(raw, type=tuple[str, str | int | bool, str | int])
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        sort, value, tie = "", "", ""
    if sort != name:
        raise Invalid(errors=[FieldError("?cursor", "stale", _CURSOR)])
    return str(value), str(tie)
