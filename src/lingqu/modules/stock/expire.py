"""Every hour: move what has expired out of the sellable bins, so that the fast path need not ask."""

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.ids import uuid7
from lingqu.modules.stock.carry import carry
from lingqu.modules.stock.events import LotBlocked
from lingqu.modules.stock.types import Carry, MoveKind, key_of
from lingqu.runtime.cells import cell_count
from lingqu.runtime.jobs import Schedule
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_AT_ONCE = 500
REASON = "expired"


class _Gone(Struct, frozen=True, kw_only=True):
    """A lot whose last day may have come; ``free`` is how much of its key nobody was promised."""

    key: int
    lot_id: UUID
    lot_code: str
    expires_on: date
    on_hand: int
    free: int
    node_id: int
    organization_id: int
    sku_id: int
    blocked_bin_id: int
    time_zone: str


async def block_expired(tx: Tx, *, cell_id: int, limit: int = _AT_ONCE) -> int:
    """Block the expired lots of a cell, as far as they are not promised, and tell how many lots that were.

    A lot expires when its last day begins where it lies. Goods that are promised stay until the promise is released:
    they cannot be issued either.
    """
    # Somewhere the next day has begun already.
    latest = tx.now.date() + timedelta(days=1)
    found = await _find(tx, cell_id, latest, limit, None)
    keys = {lot.key for lot in found}
    await tx.run(SQL["lock_balances"], cell_id=cell_id, key=sorted(keys | {_blocked_key(lot) for lot in found}))
    gone = await _find(tx, cell_id, latest, limit, sorted(keys))
    left: dict[int, int] = {lot.key: lot.free for lot in gone}
    by_zone: dict[str, list[tuple[_Gone, int]]] = defaultdict(list)
    for lot in gone:
        part = min(lot.on_hand, left[lot.key])
        left[lot.key] -= part
        if part:
            by_zone[lot.time_zone].append((lot, part))
    for zone, parts in sorted(by_zone.items()):
        await _block(tx, cell_id, zone, parts)
    return sum(len(parts) for parts in by_zone.values())


async def _find(tx: Tx, cell_id: int, latest: date, limit: int, keys: list[int] | None) -> list[_Gone]:
    found = await tx.all(SQL["find_expired_lots"], _Gone, cell_id=cell_id, on=latest, limit=limit, key=keys)
    return [lot for lot in found if lot.expires_on <= business_date(tx.now, lot.time_zone)]


def _blocked_key(lot: _Gone) -> int:
    return key_of(bin_id=lot.blocked_bin_id, sku_id=lot.sku_id)


async def _block(tx: Tx, cell_id: int, zone: str, parts: list[tuple[_Gone, int]]) -> None:
    document_id = uuid7(at=tx.now)
    await carry(
        tx,
        document_kind="expiry",
        carries=[
            Carry(
                document_id,
                line_no,
                cell_id,
                lot.key,
                cell_id,
                _blocked_key(lot),
                part,
                lot.lot_id,
            )
            for line_no, (lot, part) in enumerate(parts, 1)
        ],
        out_kind=MoveKind.BLOCK,
        in_kind=MoveKind.BLOCK,
        business_on=business_date(tx.now, zone),
        user_id=None,
        reason=REASON,
    )
    for lot, part in parts:
        tx.emit(
            LotBlocked(
                document_id=document_id,
                organization_id=lot.organization_id,
                node_id=lot.node_id,
                sku_id=lot.sku_id,
                lot_code=lot.lot_code,
                quantity=part,
                cause="expiry",
            ),
            cell_id=cell_id,
        )


async def _every_cell(tx: Tx) -> bool:
    counts = [await block_expired(tx, cell_id=cell_id) for cell_id in range(await cell_count(tx))]
    return max(counts) == _AT_ONCE


BLOCK_EXPIRED = Schedule("stock.block-expired", every_s=3600, run=_every_cell)
