"""What the roles need to know of this module."""

from lingqu.modules.orders.checks import CHECKS
from lingqu.modules.orders.consumers import CONSUMERS
from lingqu.modules.orders.http import ROUTES
from lingqu.modules.orders.http_baskets import BASKET_ROUTES
from lingqu.modules.orders.http_changes import ROUTES as CHANGE_ROUTES
from lingqu.modules.orders.http_counter import ROUTES as COUNTER_ROUTES
from lingqu.modules.orders.jobs import SCHEDULES
from lingqu.modules.orders.permissions import PERMISSIONS
from lingqu.runtime.module import Module

MODULE = Module(
    name="orders",
    package=__package__,
    routes=(*ROUTES, *CHANGE_ROUTES, *BASKET_ROUTES, *COUNTER_ROUTES),
    consumers=CONSUMERS,
    schedules=SCHEDULES,
    permissions=PERMISSIONS,
    checks=CHECKS,
)
