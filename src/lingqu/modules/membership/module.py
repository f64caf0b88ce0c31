"""What the roles need to know of this module."""

from lingqu.modules.membership.http import ROUTES
from lingqu.modules.membership.permissions import PERMISSIONS
from lingqu.runtime.module import Module

MODULE = Module(name="membership", package=__package__, routes=ROUTES, permissions=PERMISSIONS)
