"""Promise goods to documents."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from lingqu.modules.stock.types import Claim
from lingqu.runtime.rows import instant, part_of, row_of, stream
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Load, Question, Tx

SQL = statements(__package__)

_OF_DOCUMENT = row_of("int4 uuid", columns=6)
_CLAIM = part_of("int2 int8 int8")


async def lock_free(tx: Tx, *, cell_id: int, keys: Iterable[int], business_on: date) -> dict[int, int]:
    """Lock keys in order and tell how much of each is free; one that was never stocked is free 0.

    Units: base units; a lot that has expired on ``business_on`` is never free.
    """
    wanted = sorted(set(keys))
    return dict(await tx.tuples(SQL["lock_free"], cell_id=cell_id, key=wanted, business_on=business_on))


async def find_free(
    tx: Tx, *, cell_id: int, keys: Iterable[int], business_on: date
) -> list[tuple[int, int, date | None]]:
    """Tell how much of each key is free and when its next lot expires, without locking: to choose by.

    Units: base units, as `lock_free`. A key that was never stocked is left out.
    """
    wanted = sorted(set(keys))
    rows = await tx.tuples(SQL["find_free"], cell_id=cell_id, key=wanted, business_on=business_on)
    return [(key, free, expiry) for key, free, expiry in rows]


def ask_free(wanted: Sequence[tuple[int, date, Iterable[int]]]) -> Question[list[dict[int, int]]]:
    """Ask how much of each key of several cells is free, as `find_free`: to refuse by, not to promise by.

    Shapes: ``wanted`` are (cell, business day, keys); one answer for each, without the keys that were never stocked.
    """
    parameters = [
        {"cell_id": cell_id, "business_on": business_on, "key": sorted(set(keys))}
        for cell_id, business_on, keys in wanted
    ]
    return Question(
        SQL["find_free"], parameters, lambda found: [{key: free for key, free, _ in rows} for rows in found]
    )


async def reserve(tx: Tx, *, cell_id: int, claims: Sequence[Claim]) -> None:
    """Promise goods that `lock_free` has just shown to be free, in the same transaction.

    A second claim of the same line adds to the first.

    Raises: SerializationFailure (the edge repeats the transaction) if a key gives less than it was asked for.
    """
    if not claims:
        return
    need: dict[int, int] = defaultdict(int)
    for claim in claims:
        need[claim.key] += claim.quantity
    keys = sorted(need)
    await tx.run(
        SQL["reserve"],
        cell_id=cell_id,
        key=keys,
        need=[need[key] for key in keys],
        document_id=[claim.document_id for claim in claims],
        line_no=[claim.line_no for claim in claims],
        line_key=[claim.key for claim in claims],
        line_quantity=[claim.quantity for claim in claims],
        expires_at=[claim.expires_at for claim in claims],
    )


def pack_claims(
    lines: Iterable[tuple[int, int, int]], *, cell_id: int, document_id: UUID, expires_at: datetime | None
) -> bytes:
    """Pack the reservations of one document for `claims_to_load`.

    Shapes: ``lines`` are (line number, stock key, quantity).
    """
    begin, until = _OF_DOCUMENT(cell_id, document_id.bytes), instant(expires_at)
    return b"".join([begin + _CLAIM(line_no, key, quantity) + until for line_no, key, quantity in lines])


def claims_to_load(packed: Iterable[bytes]) -> Load:
    """Say what to load of the reservations of goods that ``stock.promise_v1`` promised to new documents.

    Shapes: what `pack_claims` gave, of any cells.
    """
    return SQL["load_reservations"], stream(packed)
