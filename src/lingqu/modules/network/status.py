"""The life of an organization: applied → approved → active ⇄ suspended → closed."""

from lingqu.kernel.statemachine import StateMachine
from lingqu.modules.network.types import Status

STATUS_FLOW = StateMachine(
    "organization",
    {
        "approve": (frozenset({Status.APPLIED}), Status.APPROVED),
        "reject": (frozenset({Status.APPLIED}), Status.CLOSED),
        "activate": (frozenset({Status.APPROVED}), Status.ACTIVE),
        "suspend": (frozenset({Status.ACTIVE}), Status.SUSPENDED),
        "resume": (frozenset({Status.SUSPENDED}), Status.ACTIVE),
        "close": (frozenset({Status.APPROVED, Status.ACTIVE, Status.SUSPENDED}), Status.CLOSED),
    },
)
"""``approve`` and ``reject`` are taken by the decision on the application; the others by whoever stands above."""
