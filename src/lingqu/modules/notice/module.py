"""What the roles need to know of this module."""

from lingqu.modules.notice.http import ROUTES
from lingqu.modules.notice.http_reminders import REMINDER_ROUTES
from lingqu.modules.notice.mail import drop_old_mails
from lingqu.modules.notice.permissions import PERMISSIONS
from lingqu.modules.notice.remind import drop_old_reminded
from lingqu.runtime.jobs import Schedule
from lingqu.runtime.module import Module

_DAY_S = 86_400

MODULE = Module(
    name="notice",
    package=__package__,
    routes=(*ROUTES, *REMINDER_ROUTES),
    schedules=(
        Schedule("notice.drop-old-mails", _DAY_S, drop_old_mails),
        Schedule("notice.drop-old-reminded", _DAY_S, drop_old_reminded),
    ),
    permissions=PERMISSIONS,
)
