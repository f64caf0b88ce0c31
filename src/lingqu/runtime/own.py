"""What the runtime itself brings to the roles: its routes, its schedule, its permission."""

from lingqu.kernel.errors import Words
from lingqu.runtime.module import Module, Permission
from lingqu.runtime.retention import SCHEDULE
from lingqu.runtime.routes import AUDIT_READ, find_job, list_audit

_EVERYBODY = frozenset({"platform", "brand", "supplier", "distributor", "dealer"})

MODULE = Module(
    name="runtime",
    package="lingqu.runtime",
    routes=(find_job, list_audit),
    schedules=(SCHEDULE,),
    permissions=(Permission(AUDIT_READ, Words("See who changed what", "查看操作日志"), kinds=_EVERYBODY),),
)
