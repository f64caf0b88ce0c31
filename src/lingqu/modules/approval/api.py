"""What other modules may use of approval."""

from lingqu.modules.approval.decide import (
    DecidedBefore,
    NothingWaits,
    NotYourLevel,
    RequesterCannotDecide,
    decide,
)
from lingqu.modules.approval.find_request import find_request
from lingqu.modules.approval.request_approval import request_approval
from lingqu.modules.approval.types import Decision, Request, State

__all__ = [
    "DecidedBefore",
    "Decision",
    "NotYourLevel",
    "NothingWaits",
    "Request",
    "RequesterCannotDecide",
    "State",
    "decide",
    "find_request",
    "request_approval",
]
