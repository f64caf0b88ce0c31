"""Paste: rows of codes and quantities become a basket; every row that does not is named with its number and reason."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.api import CodeMatch, NamedPack, describe_skus, resolve_codes
from lingqu.modules.orders.basket import Basket, LeftOut, Wish, fill_basket, require_link
from lingqu.modules.orders.pasted import MAX_ROWS, WORDS, PastedRow, read_pasted
from lingqu.modules.orders.types import SkuId
from lingqu.runtime.tx import Tx

_UNKNOWN_CODE = Words("No goods that you may buy have this code.", "没有您可购买的商品使用该编码。")
_AMBIGUOUS = Words(
    "Several goods have this code: {found}. Use another code.", "多个商品使用该编码：{found}，请改用其他编码。"
)
_NO_SUCH_PACK = Words("There is no such pack. There are: {packs}.", "没有该包装。可选：{packs}。")
_PACK_NEEDED = Words("Say in which pack: {packs}.", "请注明包装：{packs}。")


class TooManyRows(Refusal):
    """More rows than one order can hold."""

    code = "orders.too-many-rows"
    status = 422
    title = Words("Too many rows", "行数过多")
    detail = Words("{count} rows came, {most} can be read at once.", "共 {count} 行，一次最多读取 {most} 行。")


class Pasted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Text as it was pasted, or the text of a CSV file, for one seller."""

    seller_id: SkuId
    text: Annotated[str, Meta(min_length=1, max_length=500_000)]


async def paste_rows(tx: Tx, *, scope: Scope, pasted: Pasted) -> Basket:
    """Make a basket of pasted rows; the row numbers are those of the text.

    Raises: NoLink, TooManyRows.
    """
    await require_link(tx, scope=scope, seller_id=pasted.seller_id)
    rows = read_pasted(pasted.text)
    if len(rows) > MAX_ROWS:
        raise TooManyRows(count=len(rows), most=MAX_ROWS)
    codes = {row.code for row in rows if row.wrong is None}
    matches = await resolve_codes(tx, scope=scope, seller_id=pasted.seller_id, codes=codes)
    packs = await describe_skus(tx, sku_ids={match.sku_id for some in matches.values() for match in some})
    wishes: list[Wish] = []
    left: list[LeftOut] = []
    for row in rows:
        one = _meant(row, matches.get(row.code, ()), packs)
        if isinstance(one, Wish):
            wishes.append(one)
        else:
            left.append(one)
    return await fill_basket(tx, scope=scope, seller_id=pasted.seller_id, wishes=wishes, left_out=left)


def _meant(row: PastedRow, matches: Sequence[CodeMatch], packs: Mapping[int, Sequence[NamedPack]]) -> Wish | LeftOut:
    """Find the pack that a row means."""
    if row.wrong is not None or row.packs is None:
        return _bad(row, row.wrong or "no-quantity", WORDS[row.wrong or "no-quantity"])
    if not matches:
        return _bad(row, "unknown-code", _UNKNOWN_CODE)
    if len(matches) > 1:
        found = [packs[match.sku_id][0] for match in matches]
        return _bad(row, "ambiguous-code", _filled(_AMBIGUOUS, found=_names(found, "name")))
    (match,) = matches
    known = packs[match.sku_id]
    pack = _pack_of(row, match, known)
    if isinstance(pack, Words):
        return _bad(row, "pack-needed" if not row.pack else "unknown-pack", pack, known[0])
    return Wish(row=row.row, text=row.text, sku_id=pack.sku_id, pack_id=pack.pack_id, packs=row.packs)


def _pack_of(row: PastedRow, match: CodeMatch, known: Sequence[NamedPack]) -> NamedPack | Words:
    """Choose the pack: the one the row names, else the one the code names, else the only one that is meant."""
    open_ones = [pack for pack in known if pack.is_orderable]
    if row.pack:
        return pack_called(known, row.pack) or _filled(_NO_SUCH_PACK, packs=_names(open_ones, "pack_name"))
    if match.pack_id is not None:
        return next(pack for pack in known if pack.pack_id == match.pack_id)
    base = next((pack for pack in known if pack.units == 1), None)
    if base is not None and (base.is_orderable or not open_ones):
        return base
    # A quantity without its pack must not quietly become twelve times as much.
    return open_ones[0] if len(known) == 1 else _filled(_PACK_NEEDED, packs=_names(open_ones, "pack_name"))


def pack_called(packs: Sequence[NamedPack], name: str) -> NamedPack | None:
    """Find the pack that people call ``name``, by its code, its name in either language or the base unit."""
    return next((pack for pack in packs if _is_called(pack, name)), None)


def _is_called(pack: NamedPack, name: str) -> bool:
    names = {pack.pack_code, pack.pack_name_zh, pack.pack_name_en, *([pack.base_unit] if pack.units == 1 else [])}
    return name.casefold() in {one.casefold() for one in names}


def _names(packs: Sequence[NamedPack], field: str) -> tuple[str, str]:
    english = ", ".join(getattr(pack, f"{field}_en") for pack in packs)
    return english, "、".join(getattr(pack, f"{field}_zh") for pack in packs)


def _filled(words: Words, **facts: tuple[str, str]) -> Words:
    return Words(
        words.en.format(**{name: value[0] for name, value in facts.items()}),
        words.zh.format(**{name: value[1] for name, value in facts.items()}),
    )


def _bad(row: PastedRow, code: str, words: Words, of: NamedPack | None = None) -> LeftOut:
    return LeftOut(
        row=row.row,
        text=row.text,
        code=f"orders.{code}",
        words=words,
        packs=row.packs,
        name_zh="" if of is None else of.name_zh,
        name_en="" if of is None else of.name_en,
    )
