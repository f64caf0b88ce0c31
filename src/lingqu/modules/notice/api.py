"""What other modules may use of notice."""

from lingqu.modules.notice.mail import ADDRESS, Postman, write_mail
from lingqu.modules.notice.remind import Reminder, Waiting
from lingqu.modules.notice.remind_all import remind_all
from lingqu.modules.notice.tell import tell
from lingqu.modules.notice.types import NewNotice

__all__ = [
    "ADDRESS",
    "NewNotice",
    "Postman",
    "Reminder",
    "Waiting",
    "remind_all",
    "tell",
    "write_mail",
]
