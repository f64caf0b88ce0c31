"""Routes of orders: what sellers and buyers set about approval, late payment and orders on behalf."""

from lingqu.kernel.errors import NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.orders import behalf, standing
from lingqu.modules.orders import set_rules as setting
from lingqu.modules.orders.behalf import BehalfRule, NewBehalfRule
from lingqu.modules.orders.rules import ApprovalRules, LatePolicies, LatePolicy, NewApprovalRules, NewLatePolicy
from lingqu.modules.orders.standing import BuyerStanding
from lingqu.runtime.http.route import get, put
from lingqu.runtime.tx import Tx


@get("/approval-rules", permission="orders.rules", summary="Which of one's orders wait for whose approval")
async def read_approval_rules(tx: Tx, *, scope: Scope) -> ApprovalRules:
    return await setting.read_rules(tx, scope=scope)


@put("/approval-rules", permission="orders.rules", summary="Set one's approval rules", refusals=[Stale])
async def set_approval_rules(tx: Tx, *, scope: Scope, body: NewApprovalRules, if_match: int) -> ApprovalRules:
    return await setting.set_rules(tx, scope=scope, rules=body, if_match=if_match)


@get("/late-policies", permission="orders.rules", summary="What happens to one's buyers who pay late")
async def list_late_policies(tx: Tx, *, scope: Scope) -> LatePolicies:
    return await setting.list_late_policies(tx, scope=scope)


@put(
    "/late-policies/default",
    permission="orders.rules",
    summary="Set what happens to every buyer who pays late and has no policy of its own",
    refusals=[Stale],
)
async def set_late_policy(tx: Tx, *, scope: Scope, body: NewLatePolicy, if_match: int) -> LatePolicy:
    return await setting.put_late_policy(tx, scope=scope, buyer_id=None, policy=body, if_match=if_match)


@put(
    "/late-policies/{buyer_id:int}",
    permission="orders.rules",
    summary="Set what happens to one buyer who pays late",
    refusals=[NotFound, Stale],
)
async def set_buyer_late_policy(
    tx: Tx, *, scope: Scope, buyer_id: int, body: NewLatePolicy, if_match: int
) -> LatePolicy:
    return await setting.put_late_policy(tx, scope=scope, buyer_id=buyer_id, policy=body, if_match=if_match)


@get(
    "/sellers/{seller_id:int}/standing",
    permission="orders.place",
    summary="What one owes a seller for too long, and what follows for new orders",
    refusals=[NotFound],
)
async def read_standing(tx: Tx, *, scope: Scope, seller_id: int) -> BuyerStanding:
    return await standing.read_standing(tx, scope=scope, seller_id=seller_id)


@get(
    "/on-behalf/{seller_id:int}/{buyer_id:int}",
    permission="orders.read",
    summary="Whether a seller may order for a buyer, as one of both",
    refusals=[NotFound],
)
async def read_behalf_rule(tx: Tx, *, scope: Scope, seller_id: int, buyer_id: int) -> BehalfRule:
    return await behalf.read_behalf_rule(tx, scope=scope, seller_id=seller_id, buyer_id=buyer_id)


@put(
    "/on-behalf/{seller_id:int}/{buyer_id:int}",
    permission="orders.rules",
    summary="Say for one's own side whether the seller may order for the buyer",
    refusals=(NotFound, Stale),
)
async def set_behalf_rule(
    tx: Tx, *, scope: Scope, seller_id: int, buyer_id: int, body: NewBehalfRule, if_match: int
) -> BehalfRule:
    return await behalf.set_behalf_rule(
        tx, scope=scope, seller_id=seller_id, buyer_id=buyer_id, rule=body, if_match=if_match
    )


ROUTES = (
    read_behalf_rule,
    set_behalf_rule,
    read_approval_rules,
    set_approval_rules,
    list_late_policies,
    set_late_policy,
    set_buyer_late_policy,
    read_standing,
)
