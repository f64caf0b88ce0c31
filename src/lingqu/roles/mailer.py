"""Which way mail leaves this installation."""

from pathlib import Path

from lingqu.adapters.null_mail import NullMailer
from lingqu.adapters.smtp_mail import SMTPMailer
from lingqu.modules.notice.api import deliver_mail
from lingqu.runtime.jobs import Schedule
from lingqu.runtime.mail import Mailer
from lingqu.runtime.settings import Settings
from lingqu.runtime.tx import Tx

_EVERY_S = 5


def mailer(settings: Settings) -> Mailer:
    """Choose the adapter: the server that the settings name, or a file in the data folder.

    Raises: ValueError for an address that cannot be read.
    """
    if settings.smtp_url:
        return SMTPMailer(settings.smtp_url, sender=settings.mail_from)
    return NullMailer(Path(settings.home) / "log" / "mail.log")


def mail_schedule(settings: Settings) -> Schedule:
    """Describe the work that carries mails away."""
    chosen = mailer(settings)
    public_url = settings.public_url or f"http://{settings.host}:{settings.port}"

    async def deliver(tx: Tx) -> bool:
        return await deliver_mail(tx, mailer=chosen, public_url=public_url)

    return Schedule("notice.deliver-mail", _EVERY_S, deliver)
