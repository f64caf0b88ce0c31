"""Lots: a batch has one identity everywhere, so its way can be followed over cells and owners."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import FieldError, Refusal, Words
from lingqu.modules.stock.shelf import Lot
from lingqu.modules.stock.types import Receipt, sku_of
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_VERSION_8 = 0x8 << 76
_VARIANT = 0b10 << 62
_KEPT = ~((0xF << 76) | (0b11 << 62))
_NEEDED = Words("This SKU is kept by lot: name the lot.", "该商品按批次管理，请填写批号。")
_DIFFERS = Words(
    "Lot {code} is known with produced {produced_on}, expires {expires_on}.",
    "批号 {code} 已登记：生产日期 {produced_on}，到期日 {expires_on}。",
)


class LotNeeded(Refusal):
    """A SKU that is kept by lot came without one."""

    code = "stock.lot-needed"
    status = 422
    title = Words("Lot missing", "缺少批号")


class LotDiffers(Refusal):
    """The lot is known with other dates."""

    code = "stock.lot-differs"
    status = 409
    title = Words("Lot known with other dates", "批次日期不一致")


class SKUFacts(Struct, frozen=True):
    """What stock needs to know of a SKU."""

    id: int
    is_lot_tracked: bool
    shelf_life_days: int | None


def lot_id(*, sku_id: int, code: str) -> UUID:
    """Derive the identifier of a lot: the same in every cell.

    Source: UUIDv8 (RFC 9562 section 5.8) over SHA-256 of SKU and code.
    """
    number = int.from_bytes(hashlib.sha256(f"{sku_id}\0{code}".encode()).digest()[:16], "big")
    return UUID(int=(number & _KEPT) | _VERSION_8 | _VARIANT)


async def sku_facts(tx: Tx, sku_ids: Sequence[int]) -> dict[int, SKUFacts]:
    """Read how SKUs are kept."""
    rows = await tx.all(SQL["find_skus"], SKUFacts, sku_id=sorted(set(sku_ids)))
    return {row.id: row for row in rows}


def lots_of(receipts: Sequence[Receipt], facts: Mapping[int, SKUFacts]) -> list[Lot | None]:
    """Find each receipt's lot; goods that are not kept by lot have none, whatever came with them.

    Shapes: one lot per receipt, in order. A missing expiry follows from the day of production and the shelf life.
    Raises: LotNeeded naming every receipt that lacks one.
    """
    errors = [
        FieldError(f"/lines/{index}/lot_code", "required", _NEEDED)
        for index, receipt in enumerate(receipts)
        if facts[sku_of(receipt.key)].is_lot_tracked and not receipt.lot_code
    ]
    if errors:
        raise LotNeeded(errors=errors)
    return [_lot_of(receipt, facts[sku_of(receipt.key)]) for receipt in receipts]


async def register_lots(tx: Tx, *, cell_id: int, lots: Mapping[UUID, tuple[int, Lot]]) -> dict[UUID, Lot]:
    """Write lots that the cell does not know yet and read all of them back.

    Shapes: ``lots`` maps a lot's id to its SKU and itself.
    Raises: LotDiffers if one is known with other dates; a date that is not given takes the known one.
    """
    ids = sorted(lots)
    if not ids:
        return {}
    await tx.run(
        SQL["insert_lots"],
        cell_id=cell_id,
        id=ids,
        sku_id=[lots[i][0] for i in ids],
        code=[lots[i][1].code for i in ids],
        produced_on=[lots[i][1].produced_on for i in ids],
        expires_on=[lots[i][1].expires_on for i in ids],
    )
    known = {lot.id: lot for lot in await tx.all(SQL["find_lots"], Lot, cell_id=cell_id, id=ids)}
    errors = [
        FieldError("/lines", "differs", _DIFFERS, _dates(known[i]))
        for i in ids
        if not _agrees(lots[i][1].produced_on, known[i].produced_on)
        or not _agrees(lots[i][1].expires_on, known[i].expires_on)
    ]
    if errors:
        raise LotDiffers(errors=errors)
    return known


def _lot_of(receipt: Receipt, facts: SKUFacts) -> Lot | None:
    if not facts.is_lot_tracked or not receipt.lot_code:
        return None
    expires_on = receipt.expires_on
    if expires_on is None and receipt.produced_on is not None and facts.shelf_life_days is not None:
        expires_on = receipt.produced_on + timedelta(days=facts.shelf_life_days)
    return Lot(lot_id(sku_id=facts.id, code=receipt.lot_code), receipt.lot_code, receipt.produced_on, expires_on)


def _agrees(given: date | None, known: date | None) -> bool:
    return given is None or given == known


def _dates(lot: Lot) -> dict[str, object]:
    return {"code": lot.code, "produced_on": str(lot.produced_on or "–"), "expires_on": str(lot.expires_on or "–")}
