"""Enter what was counted."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.stock.adjusted import LotCode, check_skus
from lingqu.modules.stock.counts import NO_LOT, CountSheet, CountStatus, own_count
from lingqu.modules.stock.lots import LotNeeded, lot_id, sku_facts
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_UNKNOWN_LOT = Words("There is no lot {code}; receive it by an adjustment.", "没有批号 {code}，请通过库存调整入库。")


class Counted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much of a SKU, or of a lot of it, a person found."""

    sku_id: Annotated[int, Meta(ge=1)]
    lot_code: LotCode | None = None
    counted: Annotated[int, Meta(ge=0, le=1_000_000_000_000)]


async def enter_count(tx: Tx, *, scope: Scope, sheet_id: UUID, lines: Sequence[Counted], if_match: int) -> CountSheet:
    """Enter quantities; each is compared with what the books say now, so later sales leave the difference alone.

    Entering a line again replaces it. A SKU or lot that the sheet did not expect gets a line of its own.

    Raises: NotFound for another's sheet; WrongState if it is closed; Stale; Invalid for an unknown SKU; LotNeeded for
            a SKU kept by lot without one, or with a lot that nobody has heard of.
    """
    sheet = await own_count(tx, scope=scope, sheet_id=sheet_id)
    if sheet.status is not CountStatus.OPEN:
        raise WrongState(
            kind="count", id=str(sheet_id), state=sheet.status.value, step="enter", possible=CountStatus.OPEN.value
        )
    await check_skus(tx, [line.sku_id for line in lines])
    found = {
        (line.sku_id, NO_LOT if line.lot_code is None else lot_id(sku_id=line.sku_id, code=line.lot_code)): line
        for line in lines
    }
    await _check_lots(tx, sheet.cell_id, lines)
    if not await tx.run(SQL["touch_count"], cell_id=sheet.cell_id, id=sheet_id, version=if_match):
        raise Stale(kind="count")
    await tx.run(
        SQL["enter_count"],
        cell_id=sheet.cell_id,
        sheet_id=sheet_id,
        bin_id=sheet.bin_id,
        sku_id=[sku_id for sku_id, _ in found],
        lot_id=[lot for _, lot in found],
        counted=[line.counted for line in found.values()],
        now=tx.now,
        user_id=scope.actor.user_id,
    )
    after = await own_count(tx, scope=scope, sheet_id=sheet_id)
    tx.record("count", sheet_id, before=sheet, after=after, cell_id=sheet.cell_id)
    return after


async def _check_lots(tx: Tx, cell_id: int, lines: Sequence[Counted]) -> None:
    facts = await sku_facts(tx, [line.sku_id for line in lines])
    ids = {lot_id(sku_id=line.sku_id, code=line.lot_code) for line in lines if line.lot_code is not None}
    known = set(await tx.values(SQL["find_lot_ids"], UUID, cell_id=cell_id, id=sorted(ids)))
    errors = []
    for index, line in enumerate(lines):
        if line.lot_code is None:
            if facts[line.sku_id].is_lot_tracked:
                errors.append(FieldError(f"/lines/{index}/lot_code", "required", LotNeeded.title))
        elif lot_id(sku_id=line.sku_id, code=line.lot_code) not in known:
            errors.append(FieldError(f"/lines/{index}/lot_code", "unknown", _UNKNOWN_LOT, {"code": line.lot_code}))
    if errors:
        raise LotNeeded(errors=errors)
