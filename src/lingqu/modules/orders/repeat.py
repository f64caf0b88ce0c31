"""Repeat an order: what of it can be ordered again today, and for each other line why not."""

from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import organization_terms
from lingqu.modules.orders.basket import Basket, Wish, fill_basket
from lingqu.modules.orders.types import SkuId
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_ONE = Words("Name an order, or the seller whose last order is meant.", "请指明订单，或指明卖方以取其最近一次订单。")


class Repeat(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which order: this one, or the last one at a seller that came to something."""

    order_id: UUID | None = None
    seller_id: SkuId | None = None


class BoughtOrder(Struct, frozen=True):
    """An order that the caller's organization bought."""

    cell_id: int
    id: UUID
    seller_id: int


class AskedLine(Struct, frozen=True):
    """What a line of an order asked for."""

    line_no: int
    sku_id: int
    sku_code: str
    pack_id: int
    asked_packs: int


async def repeat_order(tx: Tx, *, scope: Scope, wanted: Repeat) -> Basket:
    """Make a basket of what the caller's organization ordered before; quantities as it asked for them then.

    Raises: Invalid, NotFound for an order it did not buy, NoLink.
    """
    order, lines = await asked_lines(tx, scope=scope, wanted=wanted)
    wishes = [
        Wish(row=line.line_no, text=line.sku_code, sku_id=line.sku_id, pack_id=line.pack_id, packs=line.asked_packs)
        for line in lines
    ]
    return await fill_basket(tx, scope=scope, seller_id=order.seller_id, wishes=wishes)


async def asked_lines(tx: Tx, *, scope: Scope, wanted: Repeat) -> tuple[BoughtOrder, list[AskedLine]]:
    """Read what an order that the caller's organization bought asked for.

    Raises: Invalid, NotFound.
    """
    order = await _find(tx, scope, wanted)
    return order, await tx.all(SQL["read_asked_lines"], AskedLine, cell_id=order.cell_id, order_id=order.id)


async def _find(tx: Tx, scope: Scope, wanted: Repeat) -> BoughtOrder:
    if (wanted.order_id is None) == (wanted.seller_id is None):
        raise Invalid(errors=[FieldError("/order_id", "choice", _ONE)])
    if wanted.order_id is not None:
        order = await tx.first(
            SQL["find_bought_order"], BoughtOrder, id=wanted.order_id, organization_id=scope.organization_id
        )
        if order is None:
            raise NotFound(kind="order", id=str(wanted.order_id))
        return order
    seller_id = wanted.seller_id or 0
    seller = (await organization_terms(tx, organization_ids=[seller_id])).get(seller_id)
    order = None
    if seller is not None:
        order = await tx.first(
            SQL["find_last_order"],
            BoughtOrder,
            cell_id=seller.home_cell,
            buyer=scope.party_id,
            seller_id=seller_id,
        )
    if order is None:
        raise NotFound(kind="order", id=seller_id)
    return order
