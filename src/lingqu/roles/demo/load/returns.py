"""A return over several orders that waits for the distributor, and the rule by which it is booked."""

from uuid import UUID

from lingqu.modules.orders.api import (
    BackGoods,
    NewReturnRule,
    ReturnWish,
    asked_for,
    plan_return,
    request_joint,
    set_return_rule,
)
from lingqu.modules.stock.api import lock_free
from lingqu.roles.demo.load.known import Known
from lingqu.roles.demo.plan.open_orders import OpenOrder
from lingqu.runtime.tx import Tx

_WINDOW_DAYS = 60
_MOST = 500
_REASONS = ("外箱挤压变形", "临近保质期", "门店滞销")


async def ask_many_back(tx: Tx, known: Known, *, like: OpenOrder) -> None:
    """Let the visited shop give goods of several orders back without looking for the orders."""
    seller, buyer = known.scope(like.seller), known.scope(like.buyer)
    tx.actor, tx.cell_id = seller.actor, seller.cell_id
    rule = NewReturnRule(first="newest", window_days=_WINDOW_DAYS)
    await set_return_rule(tx, scope=seller, if_match=0, rule=rule)
    tx.actor, tx.cell_id = buyer.actor, buyer.cell_id
    seen: dict[UUID, BackGoods] = {}
    for shown in (await plan_return(tx, scope=buyer, wish=await _lying_there(tx, known, like))).lines:
        if len(seen) < len(_REASONS) and shown.order_id not in seen:
            reason = _REASONS[len(seen)]
            seen[shown.order_id] = BackGoods(sku_id=shown.sku_id, quantity=shown.quantity, reason=reason)
    wish = ReturnWish(seller_id=seller.organization_id, lines=list(seen.values()))
    plan = await plan_return(tx, scope=buyer, wish=wish)
    await request_joint(tx, scope=buyer, wanted=asked_for(plan, reason="季度盘点后集中退货"))


async def _lying_there(tx: Tx, known: Known, like: OpenOrder) -> ReturnWish:
    """Up to a case of everything that the shop still has: of each the plan names the order it was last bought in."""
    shop = known.organizations[like.buyer]
    keys = {known.key(like.buyer, place): place for place in range(len(known.skus))}
    free = await lock_free(tx, cell_id=shop.home_cell, keys=sorted(keys), business_on=known.plan.last)
    goods = [
        BackGoods(sku_id=known.skus[place].id, quantity=min(known.plan.goods[place].case, free[key]))
        for key, place in keys.items()
        if free.get(key, 0) > 0
    ]
    return ReturnWish(seller_id=known.organizations[like.seller].id, lines=goods[:_MOST])
