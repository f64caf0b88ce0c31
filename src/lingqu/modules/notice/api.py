"""What other modules may use of notice."""

from lingqu.modules.notice.mail import ADDRESS, Postman, write_mail
from lingqu.modules.notice.remind import SOONEST, Reminder, Waiting, find_due, remind
from lingqu.modules.notice.tell import tell
from lingqu.modules.notice.types import NewNotice

__all__ = [
    "ADDRESS",
    "SOONEST",
    "NewNotice",
    "Postman",
    "Reminder",
    "Waiting",
    "find_due",
    "remind",
    "tell",
    "write_mail",
]
