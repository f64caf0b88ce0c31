"""Mail over SMTP."""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from lingqu.kernel.errors import Unavailable
from lingqu.runtime.mail import Mail, Undeliverable

_WITHIN_S = 20
_FOR_EVER = 500
_PORTS = {"smtp": 587, "smtps": 465}


class SMTPMailer:
    """Sends through one server: ``smtp://user:password@host:587`` (STARTTLS) or ``smtps://…``."""

    def __init__(self, url: str, *, sender: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError(f"LINGQU_SMTP_URL must read smtp://host or smtps://host, not {parts.scheme}://…")
        self._host, self._port = parts.hostname, parts.port or _PORTS[parts.scheme]
        self._is_tls = parts.scheme == "smtps"
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._sender = sender

    async def send(self, mail: Mail) -> None:
        """Hand a mail to the server.

        Raises: Unavailable if the server does not take it now (4xx); Undeliverable if it never will (5xx).
        """
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, mail.address, mail.subject
        if mail.id is not None:
            message["Message-ID"] = f"<{mail.id}@{self._sender.rpartition('@')[2] or 'localhost'}>"
        message.set_content(mail.body)
        try:
            await asyncio.to_thread(self._send, message)
        except smtplib.SMTPRecipientsRefused as error:
            (code, said), *_ = error.recipients.values()
            raise _refused(code, said) from error
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            raise _refused(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable(f"the mail server does not take it: {error}", retry_after_s=60) from error

    def _send(self, message: EmailMessage) -> None:
        with self._connected() as server:
            if not self._is_tls and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            if self._user:
                server.login(self._user, self._password)
            server.send_message(message)

    def _connected(self) -> smtplib.SMTP:
        if self._is_tls:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self._host, self._port, timeout=_WITHIN_S, context=context)
        server = smtplib.SMTP(self._host, self._port, timeout=_WITHIN_S)
        server.ehlo()
        return server


def _refused(code: int, said: bytes | str) -> Unavailable | Undeliverable:
    """Tell a refusal for now from one for ever.

    Source: RFC 5321 section 4.2.1.
    """
    text = f"{code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
    if code >= _FOR_EVER:
        return Undeliverable(text)
    return Unavailable(f"the mail server does not take it: {text}", retry_after_s=60)
