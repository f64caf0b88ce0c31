"""Mail over SMTP."""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from lingqu.kernel.errors import Unavailable
from lingqu.runtime.mail import Mail

_WITHIN_S = 20
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

        Raises: Unavailable if the server does not take it.
        """
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, mail.address, mail.subject
        message.set_content(mail.body)
        try:
            await asyncio.to_thread(self._send, message)
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
