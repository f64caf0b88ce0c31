"""What a reader may do with an order now: pure, so that buttons and API never disagree with the steps."""

from collections.abc import Sequence

from lingqu.kernel.scope import Scope
from lingqu.modules.orders.close import closable
from lingqu.modules.orders.types import OrderLine, Return, Revision, Shipment


def actions_of(
    scope: Scope,
    *,
    side: str,
    kind: str,
    status: str,
    approval_status: str,
    can_decide: bool,
    lines: Sequence[OrderLine],
    shipments: Sequence[Shipment],
    returns: Sequence[Return],
    revisions: Sequence[Revision],
    node_count: int,
    is_held: bool,
    is_bought_for_others: bool = False,
) -> list[str]:
    """Name the steps that this reader may take now, in the order of an order's life."""
    is_seller, is_buyer = side == "seller", side == "buyer"
    waits = status == "placed" and approval_status == "waiting"
    to_send = any(line.reserved for line in lines)
    own_to_send = any(line.reserved and not line.supplier_id for line in lines)
    is_direct = is_bought_for_others or any(line.supplier_id for line in lines)
    owed = any(line.back_ordered for line in lines)
    is_open = kind == "channel" and status in {"placed", "confirmed"}
    chooses = is_seller and node_count > 1 and is_open and not waits
    left = any(line.received - line.returned for line in lines)
    is_alive = kind == "channel" and status in {"placed", "confirmed"} and side != "observer"
    proposed = [one.side for one in revisions if one.status == "proposed"]
    possible = {
        "approve": (is_seller or is_buyer) and waits and can_decide,
        "reject": (is_seller or is_buyer) and waits and can_decide,
        "confirm": is_seller and status == "placed" and not waits,
        "allocate": is_seller and status in {"placed", "confirmed"} and owed,
        "reroute": is_seller and node_count > 1 and is_open and (own_to_send or owed),
        "accept-work": chooses and (own_to_send or owed),
        "reject-work": chooses and (own_to_send or owed),
        "retry": chooses and is_held and owed,
        "ship": is_seller and status == "confirmed" and own_to_send,
        "receive": is_buyer
        and not is_bought_for_others
        and any(shipment.status == "shipped" for shipment in shipments),
        "cancel": (to_send or owed)
        and ((is_seller and status in {"placed", "confirmed"}) or (is_buyer and status == "placed")),
        "change": is_alive and not proposed and not is_direct,
        "decide-change": is_alive and bool(proposed) and side not in proposed,
        "withdraw-change": is_alive and side in proposed,
        "close": any(closable(line, side=side, status=status) for line in lines) and (is_seller or is_buyer),
        "return": is_buyer and not is_bought_for_others and status in {"confirmed", "completed"} and left,
        "decide-return": is_seller and any(_is_open(one) for one in returns),
        "refund": is_seller and kind == "retail" and left,
    }
    return [name for name, can in possible.items() if can and scope.allows(PERMISSIONS[name])]


def _is_open(one: Return) -> bool:
    """Tell whether a return is decided on this order, and was not yet."""
    return one.status == "requested" and one.joint_id is None and not one.is_supplier_asked


PERMISSIONS = {
    # Whose decision it is the order's request says.
    "approve": "orders.read",
    "reject": "orders.read",
    "confirm": "orders.confirm",
    "allocate": "orders.confirm",
    "reroute": "orders.reroute",
    "accept-work": "orders.ship",
    "reject-work": "orders.ship",
    "retry": "orders.reroute",
    "ship": "orders.ship",
    "receive": "orders.receive",
    "cancel": "orders.cancel",
    "change": "orders.change",
    "decide-change": "orders.change",
    "withdraw-change": "orders.change",
    "close": "orders.cancel",
    "return": "orders.return",
    "decide-return": "orders.accept-return",
    "refund": "orders.sell",
}
"""Which permission a step asks for; the routes ask for the same."""
