"""What other modules and the roles may use of orders."""

from lingqu.modules.orders.answer_work import WorkAccepted, WorkRejected, accept_work, reject_work
from lingqu.modules.orders.apply_plan import PlanEnded, apply_plan
from lingqu.modules.orders.approve import approve, reject
from lingqu.modules.orders.arrivals import NewReceipt, ReceiptLine
from lingqu.modules.orders.back_orders import BackOrder, BackOrderQuery, list_back_orders
from lingqu.modules.orders.backlog_plans import PlanDocument, read_plan
from lingqu.modules.orders.behalf import NewBehalfRule, set_behalf_rule
from lingqu.modules.orders.bulk import Batch, Verdicts, verdicts_of
from lingqu.modules.orders.cancel import cancel
from lingqu.modules.orders.change import Asked, ChangeDone, change
from lingqu.modules.orders.close import CloseLine, Closure, close
from lingqu.modules.orders.confirm import Confirmation, confirm
from lingqu.modules.orders.decide_change import ChangeDecision, decide_change
from lingqu.modules.orders.drafts import save_draft
from lingqu.modules.orders.expire import expire_due
from lingqu.modules.orders.intake import Intake, Keyed
from lingqu.modules.orders.joint_types import NewJointReturn, asked_for
from lingqu.modules.orders.keys import hash_of
from lingqu.modules.orders.market import Market
from lingqu.modules.orders.place import Placing, Work
from lingqu.modules.orders.plan_now import plan_now
from lingqu.modules.orders.plan_return import BackGoods, ReturnPlan, ReturnWish, plan_return
from lingqu.modules.orders.prepare import Incoming, prepare
from lingqu.modules.orders.prepare_sale import IncomingSale, prepare_sale
from lingqu.modules.orders.queries import read_order
from lingqu.modules.orders.receive import receive
from lingqu.modules.orders.refusals import TooMany
from lingqu.modules.orders.release_draft import submit_draft
from lingqu.modules.orders.release_rule import NewReleaseRule, set_release_rule
from lingqu.modules.orders.request_joint import request_joint
from lingqu.modules.orders.return_goods import BackLine, NewReturn, accept_return, reject_return, request_return
from lingqu.modules.orders.return_rule import NewReturnRule, set_return_rule
from lingqu.modules.orders.revision import LineAdded, LineChange, OrderChange
from lingqu.modules.orders.rhythm import Rhythm
from lingqu.modules.orders.rules import ApprovalRule, DecidingLevel, NewApprovalRules, NewLatePolicy
from lingqu.modules.orders.sell import KeyedSale, NewSale, Sale, sell
from lingqu.modules.orders.set_rules import put_late_policy, set_rules
from lingqu.modules.orders.sheet import LOAD
from lingqu.modules.orders.shelf import Shelf, ShelfItem, ShelfPage, ShelfQuery
from lingqu.modules.orders.ship import NewShipment, ShipLine, ship
from lingqu.modules.orders.standing_orders import save_standing
from lingqu.modules.orders.standing_types import NewStanding
from lingqu.modules.orders.step import StepDone, StepVerdict
from lingqu.modules.orders.template_lines import ListedPack
from lingqu.modules.orders.templates import NewTemplate, save_template
from lingqu.modules.orders.types import NewLine, NewOrder, Order, Placed

__all__ = [
    "LOAD",
    "ApprovalRule",
    "Asked",
    "BackGoods",
    "BackLine",
    "BackOrder",
    "BackOrderQuery",
    "Batch",
    "ChangeDecision",
    "ChangeDone",
    "CloseLine",
    "Closure",
    "Confirmation",
    "DecidingLevel",
    "Incoming",
    "IncomingSale",
    "Intake",
    "Keyed",
    "KeyedSale",
    "LineAdded",
    "LineChange",
    "ListedPack",
    "Market",
    "NewApprovalRules",
    "NewBehalfRule",
    "NewJointReturn",
    "NewLatePolicy",
    "NewLine",
    "NewOrder",
    "NewReceipt",
    "NewReleaseRule",
    "NewReturn",
    "NewReturnRule",
    "NewSale",
    "NewShipment",
    "NewStanding",
    "NewTemplate",
    "Order",
    "OrderChange",
    "Placed",
    "Placing",
    "PlanDocument",
    "PlanEnded",
    "ReceiptLine",
    "ReturnPlan",
    "ReturnWish",
    "Rhythm",
    "Sale",
    "Shelf",
    "ShelfItem",
    "ShelfPage",
    "ShelfQuery",
    "ShipLine",
    "StepDone",
    "StepVerdict",
    "TooMany",
    "Verdicts",
    "Work",
    "WorkAccepted",
    "WorkRejected",
    "accept_return",
    "accept_work",
    "apply_plan",
    "approve",
    "asked_for",
    "cancel",
    "change",
    "close",
    "confirm",
    "decide_change",
    "expire_due",
    "hash_of",
    "list_back_orders",
    "plan_now",
    "plan_return",
    "prepare",
    "prepare_sale",
    "put_late_policy",
    "read_order",
    "read_plan",
    "receive",
    "reject",
    "reject_return",
    "reject_work",
    "request_joint",
    "request_return",
    "save_draft",
    "save_standing",
    "save_template",
    "sell",
    "set_behalf_rule",
    "set_release_rule",
    "set_return_rule",
    "set_rules",
    "ship",
    "submit_draft",
    "verdicts_of",
]
