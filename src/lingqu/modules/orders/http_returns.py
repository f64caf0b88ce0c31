"""Routes of returns over many orders, and of what a seller takes back."""

from uuid import UUID

from lingqu.kernel.errors import NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.approval.api import RequesterCannotDecide
from lingqu.modules.orders import joint_queries, return_rule
from lingqu.modules.orders.behalf import NotOnBehalf
from lingqu.modules.orders.decide_joint import decide_joint
from lingqu.modules.orders.joint_queries import JointQuery
from lingqu.modules.orders.joint_types import JointDecision, JointReturn, JointSummary, NewJointReturn
from lingqu.modules.orders.paste import TooManyRows
from lingqu.modules.orders.paste_return import PastedReturn, paste_return
from lingqu.modules.orders.plan_return import ReturnPlan, ReturnWish, TooManyOrders, plan_return
from lingqu.modules.orders.prepare import NoLink
from lingqu.modules.orders.refusals import OtherSide, TooMany
from lingqu.modules.orders.request_joint import CannotReturn, PlanChanged, request_joint
from lingqu.modules.orders.return_goods import ReturnDecided
from lingqu.modules.orders.return_rule import NewReturnRule, ReturnRule
from lingqu.modules.stock.api import OutOfStock
from lingqu.runtime.http.route import get, post, put
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx


@get("/joint-returns", permission="orders.read", summary="Returns over many orders, of either side")
async def list_joint_returns(tx: Tx, *, scope: Scope, query: JointQuery) -> Listed[JointSummary]:
    return await joint_queries.list_joint(tx, scope=scope, query=query)


@get("/joint-returns/{joint_id:uuid}", permission="orders.read", summary="One return over many orders")
async def read_joint_return(tx: Tx, *, scope: Scope, joint_id: UUID) -> JointReturn:
    return await joint_queries.read_joint(tx, scope=scope, joint_id=joint_id)


@post(
    "/joint-returns/plans",
    permission="orders.return",
    summary="On which orders goods to give back would be booked, and what each line brings",
    status=200,
    is_audited=False,
    refusals=(NotFound, NoLink, NotOnBehalf),
)
async def plan_joint_return(tx: Tx, *, scope: Scope, body: ReturnWish) -> ReturnPlan:
    return await plan_return(tx, scope=scope, wish=body)


@post(
    "/joint-returns/pasted",
    permission="orders.return",
    summary="Read pasted rows or a CSV file of codes, quantities and reasons as goods to give back",
    status=200,
    is_audited=False,
    refusals=(NotFound, NoLink, NotOnBehalf, TooManyRows),
)
async def paste_joint_return(tx: Tx, *, scope: Scope, body: PastedReturn) -> ReturnPlan:
    return await paste_return(tx, scope=scope, pasted=body)


@post(
    "/joint-returns",
    permission="orders.return",
    summary="Ask to give goods back that were bought in many orders",
    refusals=(NotFound, NoLink, NotOnBehalf, WrongState, CannotReturn, PlanChanged, TooManyOrders),
)
async def request_joint_return(tx: Tx, *, scope: Scope, body: NewJointReturn) -> JointReturn:
    return await request_joint(tx, scope=scope, wanted=body)


@post(
    "/joint-returns/{joint_id:uuid}/decision",
    permission="orders.accept-return",
    summary="Take goods of many orders in and refund them, whole or in part, or turn the request down",
    status=200,
    refusals=(NotFound, OtherSide, ReturnDecided, RequesterCannotDecide, TooMany, OutOfStock),
)
async def decide_joint_return(tx: Tx, *, scope: Scope, joint_id: UUID, body: JointDecision) -> JointReturn:
    return await decide_joint(tx, scope=scope, joint_id=joint_id, decision=body)


@get("/return-rule", permission="orders.read", summary="On which purchases one books returned goods, and for how long")
async def read_return_rule(tx: Tx, *, scope: Scope) -> ReturnRule:
    return await return_rule.read_return_rule(tx, scope=scope)


@put("/return-rule", permission="orders.rules", summary="Set what one takes back", refusals=[Stale])
async def set_return_rule(tx: Tx, *, scope: Scope, body: NewReturnRule, if_match: int) -> ReturnRule:
    return await return_rule.set_return_rule(tx, scope=scope, if_match=if_match, rule=body)


ROUTES = (
    list_joint_returns,
    read_joint_return,
    plan_joint_return,
    paste_joint_return,
    request_joint_return,
    decide_joint_return,
    read_return_rule,
    set_return_rule,
)
