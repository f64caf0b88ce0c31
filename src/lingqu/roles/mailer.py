"""Which way mail leaves this installation."""

from pathlib import Path

from lingqu.adapters.null_mail import NullMailer
from lingqu.adapters.smtp_mail import SMTPMailer
from lingqu.modules.notice.api import Postman
from lingqu.runtime.db import Database
from lingqu.runtime.mail import Mailer
from lingqu.runtime.settings import Settings


def mailer(settings: Settings) -> Mailer:
    """Choose the adapter: the server that the settings name, or a file in the data folder.

    Raises: ValueError for an address that cannot be read.
    """
    if settings.smtp_url:
        return SMTPMailer(settings.smtp_url, sender=settings.mail_from)
    return NullMailer(Path(settings.home) / "log" / "mail.log")


def postman(database: Database, settings: Settings) -> Postman:
    """Describe the work that carries mails away.

    Raises: ValueError for an address of a mail server that cannot be read.
    """
    public_url = settings.public_url or f"http://{settings.host}:{settings.port}"
    return Postman(database, mailer(settings), public_url=public_url)
