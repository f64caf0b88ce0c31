"""The null twin of mail: writes each one into a file, for a demo, a test, and who has no mail server yet."""

import asyncio
from pathlib import Path

from lingqu.runtime.mail import Mail


class NullMailer:
    """Appends mails to a file that only this account may read: they hold links that let somebody in."""

    def __init__(self, file: Path) -> None:
        self._file = file

    async def send(self, mail: Mail) -> None:
        """Write a mail down."""
        await asyncio.to_thread(self._write, f"To: {mail.address}\nSubject: {mail.subject}\n\n{mail.body}\n\n")

    def _write(self, text: str) -> None:
        self._file.touch(mode=0o600)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(text)
