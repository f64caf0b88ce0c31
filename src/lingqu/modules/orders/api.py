"""What other modules and the roles may use of orders."""

from lingqu.modules.orders.confirm import Confirmation, confirm
from lingqu.modules.orders.expire import expire_due
from lingqu.modules.orders.intake import Intake, Keyed
from lingqu.modules.orders.receive import NewReceipt, receive
from lingqu.modules.orders.sell import KeyedSale, NewSale
from lingqu.modules.orders.ship import NewShipment, ship
from lingqu.modules.orders.types import NewLine, NewOrder, Order, Placed

__all__ = [
    "Confirmation",
    "Intake",
    "Keyed",
    "KeyedSale",
    "NewLine",
    "NewOrder",
    "NewReceipt",
    "NewSale",
    "NewShipment",
    "Order",
    "Placed",
    "confirm",
    "expire_due",
    "receive",
    "ship",
]
