"""Take a SKU out of sale, put it away, or bring it back."""

from collections.abc import Mapping

from msgspec.structs import replace

from lingqu.kernel.errors import FieldError, Invalid, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import StateMachine
from lingqu.modules.catalog.events import SKUChanged
from lingqu.modules.catalog.read_sku import own_sku, read_sku
from lingqu.modules.catalog.types import SKU, SKUStatus
from lingqu.modules.catalog.visible import bump_channel
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_ACTIVE, _DISCONTINUED, _ARCHIVED = SKUStatus
_STEPS: Mapping[str, tuple[frozenset[SKUStatus], SKUStatus]] = {
    "discontinue": (frozenset({_ACTIVE}), _DISCONTINUED),
    "archive": (frozenset({_ACTIVE, _DISCONTINUED}), _ARCHIVED),
    "reactivate": (frozenset({_DISCONTINUED, _ARCHIVED}), _ACTIVE),
}
MACHINE = StateMachine("SKU", _STEPS)
_NO_SUCCESSOR = Words(
    "The successor must be another active SKU of the same brand.", "替代商品须为同一品牌的其他在售商品。"
)


async def discontinue_sku(tx: Tx, *, scope: Scope, sku_id: int, if_match: int, successor_id: int | None) -> SKU:
    """Take a SKU out of sale to trade; counters still sell what is left. ``successor_id`` is what to buy instead.

    Raises: NotFound, WrongState, Stale; Invalid for a successor of another brand or not active.
    """
    sku = await own_sku(tx, scope=scope, sku_id=sku_id)
    if successor_id is not None:
        successor = await own_sku(tx, scope=scope, sku_id=successor_id)
        is_wrong = successor.id == sku.id or successor.brand_id != sku.brand_id
        if is_wrong or successor.status is not _ACTIVE:
            raise Invalid(errors=[FieldError("/successor_id", "reference", _NO_SUCCESSOR)])
    return await _step(tx, scope, sku, "discontinue", if_match=if_match, successor_id=successor_id)


async def archive_sku(tx: Tx, *, scope: Scope, sku_id: int, if_match: int) -> SKU:
    """Put a SKU away; its history stays.

    Raises: NotFound, WrongState, Stale.
    """
    sku = await own_sku(tx, scope=scope, sku_id=sku_id)
    return await _step(tx, scope, sku, "archive", if_match=if_match, successor_id=sku.successor_id)


async def reactivate_sku(tx: Tx, *, scope: Scope, sku_id: int, if_match: int) -> SKU:
    """Bring a SKU back into sale.

    Raises: NotFound, WrongState, Stale.
    """
    sku = await own_sku(tx, scope=scope, sku_id=sku_id)
    return await _step(tx, scope, sku, "reactivate", if_match=if_match, successor_id=None)


async def _step(tx: Tx, scope: Scope, sku: SKU, step: str, *, if_match: int, successor_id: int | None) -> SKU:
    target = MACHINE.target(step, sku.status, id=sku.id)
    moved = await tx.run(SQL["set_sku_status"], id=sku.id, version=if_match, status=target, successor_id=successor_id)
    if not moved:
        raise Stale(kind="SKU")
    tx.record("sku", sku.id, before=sku, after=replace(sku, status=target, successor_id=successor_id))
    tx.emit(SKUChanged(sku_id=sku.id, brand_id=sku.brand_id, status=target, version=if_match + 1))
    await bump_channel(tx, brand_ids=[sku.brand_id])
    return await read_sku(tx, scope=scope, sku_id=sku.id)
