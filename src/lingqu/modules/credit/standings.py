"""How late buyers pay: what placing orders and the buyer's own page ask, in sets."""

from collections.abc import Iterable
from datetime import date

from lingqu.modules.credit.types import Standing
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def find_standings(
    tx: Tx, *, pairs: Iterable[tuple[int, int]], today: date
) -> dict[tuple[int, int, str], Standing]:
    """Read how some (seller, buyer) pairs stand on a day, by pair and currency; without a credit line: left out."""
    wanted = sorted(set(pairs))
    if not wanted:
        return {}
    rows = await tx.all(
        SQL["find_standings"],
        Standing,
        seller_id=[pair[0] for pair in wanted],
        buyer_id=[pair[1] for pair in wanted],
        today=today,
    )
    return {(row.seller_id, row.buyer_id, row.currency): row for row in rows}
