"""What the roles need to know of this module."""

from lingqu.modules.stock.checks import CHECKS
from lingqu.modules.stock.expire import BLOCK_EXPIRED
from lingqu.modules.stock.http import ROUTES
from lingqu.modules.stock.permissions import PERMISSIONS
from lingqu.runtime.module import Module

MODULE = Module(
    name="stock",
    package=__package__,
    routes=ROUTES,
    permissions=PERMISSIONS,
    schedules=[BLOCK_EXPIRED],
    checks=CHECKS,
)
