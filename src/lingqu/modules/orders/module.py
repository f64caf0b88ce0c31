"""What the roles need to know of this module."""

from lingqu.modules.orders import http, http_drafts, http_rules
from lingqu.modules.orders.checks import CHECKS
from lingqu.modules.orders.consumers import CONSUMERS
from lingqu.modules.orders.http_back_orders import ROUTES as BACK_ORDER_ROUTES
from lingqu.modules.orders.http_backlog import ROUTES as BACKLOG_ROUTES
from lingqu.modules.orders.http_baskets import BASKET_ROUTES
from lingqu.modules.orders.http_changes import ROUTES as CHANGE_ROUTES
from lingqu.modules.orders.http_counter import ROUTES as COUNTER_ROUTES
from lingqu.modules.orders.http_returns import ROUTES as RETURN_ROUTES
from lingqu.modules.orders.http_routing import ROUTES as ROUTING_ROUTES
from lingqu.modules.orders.http_standing import STANDING_ROUTES
from lingqu.modules.orders.http_templates import TEMPLATE_ROUTES
from lingqu.modules.orders.jobs import JOBS, SCHEDULES
from lingqu.modules.orders.permissions import PERMISSIONS
from lingqu.runtime.module import Module

MODULE = Module(
    name="orders",
    package=__package__,
    routes=(
        *http.ROUTES,
        *ROUTING_ROUTES,
        *CHANGE_ROUTES,
        *BACK_ORDER_ROUTES,
        *BACKLOG_ROUTES,
        *BASKET_ROUTES,
        *TEMPLATE_ROUTES,
        *STANDING_ROUTES,
        *http_drafts.ROUTES,
        *http_rules.ROUTES,
        *COUNTER_ROUTES,
        *RETURN_ROUTES,
    ),
    consumers=CONSUMERS,
    schedules=SCHEDULES,
    jobs=JOBS,
    permissions=PERMISSIONS,
    checks=CHECKS,
)
