"""What the roles need to know of this module."""

from lingqu.modules.ledger.checks import CHECKS
from lingqu.modules.ledger.fold import FOLD
from lingqu.modules.ledger.http import ROUTES
from lingqu.modules.ledger.permissions import PERMISSIONS
from lingqu.runtime.module import Module

MODULE = Module(
    name="ledger",
    package=__package__,
    routes=ROUTES,
    permissions=PERMISSIONS,
    schedules=[FOLD],
    checks=CHECKS,
)
