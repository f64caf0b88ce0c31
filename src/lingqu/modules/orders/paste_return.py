"""Read pasted rows of code, quantity and reason as goods to give back, and plan them."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.errors import Words
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.api import CodeMatch, NamedPack, describe_skus, resolve_codes
from lingqu.modules.orders.paste import TooManyRows, pack_called
from lingqu.modules.orders.pasted import MAX_ROWS, WORDS, PastedRow, read_pasted
from lingqu.modules.orders.plan_return import (
    MAX_LINES,
    BackGoods,
    ReturnPlan,
    Unplanned,
    book_goods,
    find_sides,
    shown,
)
from lingqu.modules.orders.types import SkuId
from lingqu.runtime.tx import Tx

_UNKNOWN = Words("No goods have this code.", "没有商品使用该编码。")
_AMBIGUOUS = Words("Several goods have this code. Use another one.", "多个商品使用该编码，请改用其他编码。")
_NO_PACK = Words("There is no pack of this name.", "没有该包装。")


class PastedReturn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Text as it was pasted, or the text of a CSV file: code, quantity, reason."""

    seller_id: SkuId
    buyer_id: SkuId | None = None
    text: Annotated[str, Meta(min_length=1, max_length=500_000)]


async def paste_return(tx: Tx, *, scope: Scope, pasted: PastedReturn) -> ReturnPlan:
    """Plan what pasted rows ask for; a row that cannot be read is named with its number and reason.

    Raises: NotFound, Forbidden, TooManyRows.
    """
    sides = await find_sides(tx, scope=scope, seller_id=pasted.seller_id, buyer_id=pasted.buyer_id)
    rows = read_pasted(pasted.text, third="reason")
    if len(rows) > MAX_ROWS:
        raise TooManyRows(count=len(rows), most=MAX_ROWS)
    codes = {row.code for row in rows if row.wrong is None}
    matches = await resolve_codes(tx, scope=scope, seller_id=pasted.seller_id, codes=codes)
    packs = await describe_skus(tx, sku_ids={match.sku_id for some in matches.values() for match in some})
    read = [_meant(row, matches.get(row.code, ()), packs) for row in rows]
    goods = _merged([one for one in read if isinstance(one, BackGoods)])
    if len(goods) > MAX_LINES:
        raise TooManyRows(count=len(goods), most=MAX_LINES)
    unread = [one for one in read if isinstance(one, Unplanned)]
    return shown(sides, goods, await book_goods(tx, sides=sides, goods=goods), unread=unread)


def _meant(
    row: PastedRow, matches: Sequence[CodeMatch], packs: Mapping[int, Sequence[NamedPack]]
) -> BackGoods | Unplanned:
    """Find the goods that a row means; what names no pack counts base units, the smallest that can be meant."""
    if row.wrong is not None or row.packs is None:
        return _bad(row, row.wrong or "no-quantity", WORDS[row.wrong or "no-quantity"])
    if not matches:
        return _bad(row, "unknown-code", _UNKNOWN)
    if len({match.sku_id for match in matches}) > 1:
        return _bad(row, "ambiguous-code", _AMBIGUOUS)
    match, known = matches[0], packs[matches[0].sku_id]
    named = pack_called(known, row.pack) if row.pack else None
    if row.pack and named is None:
        return _bad(row, "unknown-pack", _NO_PACK)
    units = 1 if named is None else named.units
    if named is None and len(matches) == 1 and match.pack_id is not None:
        units = next(pack.units for pack in known if pack.pack_id == match.pack_id)
    return BackGoods(sku_id=match.sku_id, quantity=row.packs * units, reason=row.reason)


def _merged(goods: Sequence[BackGoods]) -> list[BackGoods]:
    """Put rows of the same goods together, with each reason once."""
    found: dict[int, list[BackGoods]] = {}
    for one in goods:
        found.setdefault(one.sku_id, []).append(one)
    return [
        BackGoods(
            sku_id=sku_id,
            quantity=sum(one.quantity for one in some),
            reason="; ".join(dict.fromkeys(one.reason for one in some if one.reason))[:200],
        )
        for sku_id, some in found.items()
    ]


def _bad(row: PastedRow, code: str, words: Words) -> Unplanned:
    return Unplanned(row=row.row, text=row.text, code=f"orders.{code}", words=words, asked=row.packs or 0, possible=0)
