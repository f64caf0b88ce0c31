"""What the roles need to know of this module."""

from lingqu.modules.routing.checks import CHECKS
from lingqu.modules.routing.http import ROUTES
from lingqu.modules.routing.permissions import PERMISSIONS
from lingqu.runtime.module import Module

MODULE = Module(name="routing", package=__package__, routes=ROUTES, permissions=PERMISSIONS, checks=CHECKS)
