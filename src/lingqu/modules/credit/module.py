"""What the roles need to know of this module."""

from lingqu.modules.credit.checks import CHECKS
from lingqu.modules.credit.http import ROUTES
from lingqu.modules.credit.permissions import PERMISSIONS
from lingqu.runtime.module import Module

MODULE = Module(
    name="credit",
    package=__package__,
    routes=ROUTES,
    permissions=PERMISSIONS,
    checks=CHECKS,
)
