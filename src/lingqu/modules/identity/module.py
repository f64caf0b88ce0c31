"""What the roles need to know of this module."""

from lingqu.modules.identity.http import ROUTES
from lingqu.modules.identity.sign_in import forget_old_attempts
from lingqu.runtime.jobs import Schedule
from lingqu.runtime.module import Module

MODULE = Module(
    name="identity",
    package=__package__,
    routes=ROUTES,
    schedules=(Schedule("identity.forget-old-attempts", 3600, forget_old_attempts),),
)
