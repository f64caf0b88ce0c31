"""What the roles need to know of this module."""

from lingqu.modules.network.http import ROUTES
from lingqu.modules.network.permissions import PERMISSIONS
from lingqu.runtime.module import Module

MODULE = Module(name="network", package=__package__, routes=ROUTES, permissions=PERMISSIONS)
