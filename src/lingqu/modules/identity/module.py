"""What the roles need to know of this module."""

from lingqu.kernel.errors import Words
from lingqu.modules.identity import http, http_users
from lingqu.modules.identity.sign_in import forget_old_attempts
from lingqu.runtime.jobs import Schedule
from lingqu.runtime.module import Module, Permission

_EVERY_KIND = frozenset({"platform", "brand", "supplier", "distributor", "dealer"})

MODULE = Module(
    name="identity",
    package=__package__,
    routes=(*http.ROUTES, *http_users.ROUTES),
    permissions=(
        Permission("identity.read", Words("See users and roles", "查看用户与角色"), _EVERY_KIND),
        Permission("identity.edit", Words("Invite users and decide about them", "邀请与管理用户"), _EVERY_KIND),
    ),
    schedules=(Schedule("identity.forget-old-attempts", 3600, forget_old_attempts),),
)
