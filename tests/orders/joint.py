"""Goods that a buyer has in several orders, and the steps that tests of returns over many orders take."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from lingqu.modules.orders.decide_joint import decide_joint
from lingqu.modules.orders.joint_queries import read_joint
from lingqu.modules.orders.joint_types import JointDecision, JointReturn, LineDecision, NewJointReturn, asked_for
from lingqu.modules.orders.plan_return import BackGoods, ReturnPlan, ReturnWish, plan_return
from lingqu.modules.orders.request_joint import request_joint
from lingqu.modules.orders.return_rule import NewReturnRule, set_return_rule
from tests.orders.life import Life


async def bought(trade: Any, *lines: tuple[int, int], buyer: int = 0) -> Life:
    """Place an order and see it received."""
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[buyer]), key=trade.new_key(), order=trade.order(*lines)
    )
    life = Life(trade, placed.id, buyer=buyer)
    await life.confirm()
    shipped = await life.ship()
    await life.receive(shipped.document_id)
    return life


def wish(trade: Any, *goods: tuple[int, int], **given: Any) -> ReturnWish:
    """Describe what shall go back: (SKU by place, base units)."""
    lines = [BackGoods(sku_id=trade.skus[sku], quantity=n, reason=f"reason {sku}") for sku, n in goods]
    return ReturnWish(seller_id=trade.seller.id, lines=lines, **given)


async def plan(trade: Any, *goods: tuple[int, int], who: Any = None, **given: Any) -> ReturnPlan:
    """Look where goods would be booked."""
    scope = trade.scope(who or trade.buyers[0])
    return await trade.run(lambda tx: plan_return(tx, scope=scope, wish=wish(trade, *goods, **given)))


def asked(shown: ReturnPlan, **given: Any) -> NewJointReturn:
    """Ask for what a plan showed."""
    return asked_for(shown, reason="test", **given)


async def ask(trade: Any, wanted: NewJointReturn, *, who: Any = None, user_id: int | None = None) -> JointReturn:
    """Ask for goods to go back."""
    scope = trade.scope(who or trade.buyers[0], user_id=user_id)
    return await trade.run(lambda tx: request_joint(tx, scope=scope, wanted=wanted), who=who or trade.buyers[0])


async def decide(
    trade: Any, joint_id: UUID, *lines: tuple[UUID, int, int], who: Any = None, user_id: int | None = None, **given: Any
) -> JointReturn:
    """Decide on a request: (order, line, units taken back) where that is less than asked."""
    told: Sequence[LineDecision] = [
        LineDecision(order_id=order, line_no=line, accepted=n, reason="broken") for order, line, n in lines
    ]
    decision = JointDecision(**({"is_accepted": True, "is_sellable": True, "lines": list(told)} | given))
    scope = trade.scope(who or trade.seller, user_id=user_id)
    return await trade.run(
        lambda tx: decide_joint(tx, scope=scope, joint_id=joint_id, decision=decision), who=who or trade.seller
    )


async def read(trade: Any, joint_id: UUID, *, who: Any = None) -> JointReturn:
    """Read a request."""
    scope = trade.scope(who or trade.buyers[0])
    return await trade.run(lambda tx: read_joint(tx, scope=scope, joint_id=joint_id))


async def rule(trade: Any, *, if_match: int = 0, **given: Any) -> None:
    """Set what the seller takes back."""
    scope = trade.scope(trade.seller)
    new = NewReturnRule(**given)
    await trade.run(lambda tx: set_return_rule(tx, scope=scope, if_match=if_match, rule=new), who=trade.seller)
