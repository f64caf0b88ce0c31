"""Goods that come in: the opening stock of a distributor, and what its suppliers deliver every week."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from lingqu.kernel.ids import uuid7
from lingqu.modules.stock.api import MoveKind, Receipt, key_of, lock_free, receive
from lingqu.roles.iowa.goods import Sold
from lingqu.roles.iowa.partners import Seller
from lingqu.roles.iowa.plan import Quantity
from lingqu.runtime.tx import Tx


async def open_stock(
    tx: Tx, *, seller: Seller, goods: Mapping[int, Sold], costs: Mapping[int, int], wanted: Sequence[Quantity], on: date
) -> int:
    """Bring the free stock of a distributor up to what is wanted, where less lies there; count the bottles added."""
    keys = {_key(seller, goods[quantity.item]): quantity for quantity in wanted}
    free = await lock_free(tx, cell_id=seller.terms.home_cell, keys=sorted(keys), business_on=on)
    missing = [Quantity(q.item, q.bottles - max(free.get(key, 0), 0)) for key, q in keys.items()]
    missing = [quantity for quantity in missing if quantity.bottles > 0]
    await _put(tx, seller, goods, costs, missing, on=on, kind=MoveKind.OPENING)
    return sum(quantity.bottles for quantity in missing)


async def deliver(
    tx: Tx, *, seller: Seller, goods: Mapping[int, Sold], costs: Mapping[int, int], wanted: Sequence[Quantity], on: date
) -> int:
    """Put down what suppliers deliver in a week; count the bottles."""
    await _put(tx, seller, goods, costs, wanted, on=on, kind=MoveKind.RECEIPT)
    return sum(quantity.bottles for quantity in wanted)


async def _put(
    tx: Tx,
    seller: Seller,
    goods: Mapping[int, Sold],
    costs: Mapping[int, int],
    quantities: Sequence[Quantity],
    *,
    on: date,
    kind: MoveKind,
) -> None:
    document_id: UUID = uuid7(at=tx.now)
    await receive(
        tx,
        cell_id=seller.terms.home_cell,
        document_kind="opening" if kind is MoveKind.OPENING else "supply",
        receipts=[
            Receipt(
                document_id,
                line_no,
                _key(seller, goods[quantity.item]),
                quantity.bottles,
                cost_minor=quantity.bottles * costs.get(quantity.item, 0),
            )
            for line_no, quantity in enumerate(quantities, start=1)
        ],
        kind=kind,
        business_on=on,
        user_id=None,
    )


def _key(seller: Seller, sold: Sold) -> int:
    bin_id = seller.terms.sellable_bin_id
    if bin_id is None:
        raise AssertionError("the import gave every distributor a node")
    return key_of(bin_id=bin_id, sku_id=sold.sku_id)
