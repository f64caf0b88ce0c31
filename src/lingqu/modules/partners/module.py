"""What the roles need to know of this module."""

from lingqu.modules.partners.checks import CHECKS
from lingqu.modules.partners.consumers import CONSUMERS
from lingqu.modules.partners.http import ROUTES
from lingqu.modules.partners.jobs import SCHEDULES
from lingqu.modules.partners.permissions import PERMISSIONS
from lingqu.runtime.module import Module

MODULE = Module(
    name="partners",
    package=__package__,
    routes=ROUTES,
    consumers=CONSUMERS,
    schedules=SCHEDULES,
    permissions=PERMISSIONS,
    checks=CHECKS,
)
