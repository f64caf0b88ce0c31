"""What the roles need to know of this module."""

from lingqu.modules.orders import http, http_counter
from lingqu.modules.orders.checks import CHECKS
from lingqu.modules.orders.consumers import CONSUMERS
from lingqu.modules.orders.jobs import SCHEDULES
from lingqu.modules.orders.permissions import PERMISSIONS
from lingqu.runtime.module import Module

MODULE = Module(
    name="orders",
    package=__package__,
    routes=(*http.ROUTES, *http_counter.ROUTES),
    consumers=CONSUMERS,
    schedules=SCHEDULES,
    permissions=PERMISSIONS,
    checks=CHECKS,
)
