"""What other modules may use of approval."""

from lingqu.modules.approval.able import find_able
from lingqu.modules.approval.decide import (
    DecidedBefore,
    NothingWaits,
    NotYourLevel,
    RequesterCannotDecide,
    decide,
    may_decide,
)
from lingqu.modules.approval.delegate import NewDelegation, delegate
from lingqu.modules.approval.find_request import find_request
from lingqu.modules.approval.list_waiting import WaitingRequest, list_waiting
from lingqu.modules.approval.request_approval import request_approval, request_approvals
from lingqu.modules.approval.restate import restate
from lingqu.modules.approval.types import Decided, Decision, Level, NewRequest, Request, State
from lingqu.modules.approval.withdraw import withdraw

__all__ = [
    "Decided",
    "DecidedBefore",
    "Decision",
    "Level",
    "NewDelegation",
    "NewRequest",
    "NotYourLevel",
    "NothingWaits",
    "Request",
    "RequesterCannotDecide",
    "State",
    "WaitingRequest",
    "decide",
    "delegate",
    "find_able",
    "find_request",
    "list_waiting",
    "may_decide",
    "request_approval",
    "request_approvals",
    "restate",
    "withdraw",
]
