"""Find what many codes stand for at once, as people paste them from their own lists."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.gtin import check_digit
from lingqu.modules.catalog.visible import visible_lines
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_SHORTEST_GTIN = 7
_FULL_LENGTH = 14


class CodeMatch(Struct, frozen=True):
    """What a code may mean; without a pack it names the SKU alone. ``matched_by`` says which kind of code it was."""

    sku_id: int
    pack_id: int | None
    matched_by: str


class _Row(Struct, frozen=True):
    code: str
    sku_id: int
    pack_id: int | None
    matched_by: str
    rank: int


async def resolve_codes(
    tx: Tx, *, scope: Scope, seller_id: int, codes: Iterable[str]
) -> dict[str, tuple[CodeMatch, ...]]:
    """Find what codes mean to a buyer of ``seller_id``: GTINs of any pack, own codes, the seller's codes, SKU codes.

    Shapes: one entry per code that means something the caller may see; several matches only where they are equally
            good, so that a person must choose. The caller has made sure that it may buy from the seller.
    """
    wanted = sorted(set(codes))
    rows = await tx.all(
        SQL["resolve_codes"],
        _Row,
        codes=wanted,
        gtins=[likely_gtin(code) for code in wanted],
        organization_id=scope.organization_id,
        seller_id=seller_id,
        is_whole=scope.is_whole,
        line_ids=await visible_lines(tx, scope=scope),
    )
    return _best(rows)


def likely_gtin(code: str) -> str | None:
    """Read a code as a GTIN where its check digit says so, also where a spreadsheet dropped its leading zeros."""
    digits = code.replace(" ", "").replace("-", "")
    if not (digits.isascii() and digits.isdigit() and _SHORTEST_GTIN <= len(digits) <= _FULL_LENGTH):
        return None
    full = digits.rjust(_FULL_LENGTH, "0")
    return full if check_digit(full[:-1]) == int(full[-1]) else None


def _best(rows: Sequence[_Row]) -> dict[str, tuple[CodeMatch, ...]]:
    """Keep the matches of the best kind of each code; the rows come best first."""
    ranks: dict[str, int] = {}
    found: dict[str, tuple[CodeMatch, ...]] = {}
    for row in rows:
        if ranks.setdefault(row.code, row.rank) == row.rank:
            match = CodeMatch(row.sku_id, row.pack_id, row.matched_by)
            found[row.code] = (*found.get(row.code, ()), match)
    return found
