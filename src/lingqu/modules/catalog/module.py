"""What the roles need to know of this module."""

from lingqu.modules.catalog.checks import CHECKS
from lingqu.modules.catalog.http import ROUTES
from lingqu.modules.catalog.http_pictures import PICTURE_ROUTES
from lingqu.modules.catalog.permissions import PERMISSIONS
from lingqu.runtime.module import Module

MODULE = Module(
    name="catalog", package=__package__, routes=(*ROUTES, *PICTURE_ROUTES), permissions=PERMISSIONS, checks=CHECKS
)
