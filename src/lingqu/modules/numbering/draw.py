"""Draw document numbers: one block per series and batch."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_MONTHS = 100


class _Block(Struct, frozen=True):
    organization_id: int
    period: int
    next: int


async def draw_numbers(tx: Tx, *, cell_id: int, kind: str, documents: Sequence[tuple[int, date]]) -> list[str]:
    """Give each document its number, such as ``SO-202603-000123``.

    Shapes: ``documents`` are (issuing organization, business date) pairs; the result is in the same order.
    Units:  ``kind`` is the short prefix that people know: SO, SH, RT, TF.
    """
    if not documents:
        return []
    series = [(organization_id, on.year * _MONTHS + on.month) for organization_id, on in documents]
    wanted = sorted(Counter(series).items())
    blocks = await tx.all(
        SQL["draw_numbers"],
        _Block,
        cell_id=cell_id,
        kind=kind,
        organization_ids=[organization_id for (organization_id, _), _ in wanted],
        periods=[period for (_, period), _ in wanted],
        counts=[count for _, count in wanted],
    )
    counts = dict(wanted)
    following = {(b.organization_id, b.period): b.next - counts[b.organization_id, b.period] for b in blocks}
    numbers = []
    for one in series:
        numbers.append(f"{kind}-{one[1]}-{following[one]:06d}")
        following[one] += 1
    return numbers
