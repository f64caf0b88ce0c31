"""What the roles need to know of this module."""

from lingqu.modules.pricing.http import ROUTES
from lingqu.modules.pricing.permissions import PERMISSIONS
from lingqu.runtime.module import Module

MODULE = Module(name="pricing", package=__package__, routes=ROUTES, permissions=PERMISSIONS)
