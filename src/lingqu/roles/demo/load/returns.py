"""A return over several orders that waits for the distributor, and the rule by which it is booked."""

from lingqu.modules.orders.api import (
    BackGoods,
    NewReturnRule,
    ReturnWish,
    asked_for,
    plan_return,
    request_joint,
    set_return_rule,
)
from lingqu.roles.demo.load.known import Known
from lingqu.roles.demo.plan.open_orders import OpenOrder
from lingqu.runtime.tx import Tx

_WINDOW_DAYS = 60
_CASES = 6
_REASONS = ("外箱挤压变形", "临近保质期", "门店滞销")


async def ask_many_back(tx: Tx, known: Known, *, like: OpenOrder) -> None:
    """Let the visited shop give much of its goods back without looking for the orders they came with."""
    seller, buyer = known.scope(like.seller), known.scope(like.buyer)
    tx.actor, tx.cell_id = seller.actor, seller.cell_id
    rule = NewReturnRule(first="newest", window_days=_WINDOW_DAYS)
    await set_return_rule(tx, scope=seller, if_match=0, rule=rule)
    tx.actor, tx.cell_id = buyer.actor, buyer.cell_id
    goods = [
        BackGoods(sku_id=known.skus[line.goods].id, quantity=_CASES * known.plan.goods[line.goods].case, reason=reason)
        for line, reason in zip(like.lines, _REASONS, strict=False)
    ]
    wish = ReturnWish(seller_id=seller.organization_id, lines=goods)
    plan = await plan_return(tx, scope=buyer, wish=wish)
    if plan.lines:
        await request_joint(tx, scope=buyer, wanted=asked_for(plan, reason="季度盘点后集中退货"))
