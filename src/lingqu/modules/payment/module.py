"""What the roles need to know of this module."""

from lingqu.modules.payment.checks import CHECKS
from lingqu.modules.payment.http import ROUTES
from lingqu.modules.payment.jobs import SCHEDULES
from lingqu.modules.payment.permissions import PERMISSIONS
from lingqu.runtime.module import Module

MODULE = Module(
    name="payment",
    package=__package__,
    routes=ROUTES,
    schedules=SCHEDULES,
    permissions=PERMISSIONS,
    checks=CHECKS,
)
