"""What other modules may use of notice."""

from lingqu.modules.notice.mail import ADDRESS, deliver_mail, write_mail
from lingqu.modules.notice.tell import tell
from lingqu.modules.notice.types import NewNotice

__all__ = ["ADDRESS", "NewNotice", "deliver_mail", "tell", "write_mail"]
