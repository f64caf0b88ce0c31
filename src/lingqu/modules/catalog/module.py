"""What the roles need to know of this module."""

from lingqu.modules.catalog.http import ROUTES
from lingqu.modules.catalog.permissions import PERMISSIONS
from lingqu.runtime.module import Module

MODULE = Module(name="catalog", package=__package__, routes=ROUTES, permissions=PERMISSIONS)
