"""A real SMTP server that answers as a test wants, and a desk over a database of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from msgspec import Struct

from lingqu.adapters.smtp_mail import SMTPMailer
from lingqu.modules.notice.api import Postman, write_mail
from lingqu.runtime.db import Database
from lingqu.runtime.mail import Mail, Mailer
from lingqu.runtime.tx import Tx

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Inbox:
    """What the server's handler keeps; ``answers`` are given to RCPT and DATA in turn, then everything is taken."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.to_recipient: list[str] = []
        self.to_data: list[str] = []
        self.came = asyncio.Event()
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.to_recipient:
            return self.to_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        raw = envelope.content
        assert isinstance(raw, bytes)
        self.mails.append(cast("EmailMessage", message_from_bytes(raw, policy=default)))
        self.came.set()
        await self.may_answer.wait()
        return self.to_data.pop(0) if self.to_data else "250 taken"

    @property
    def ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.mails]


class Server(Struct):
    url: str
    inbox: Inbox


class Desk(Struct):
    """What a test of mail does."""

    database: Database
    clock: list[datetime]

    def wait(self, seconds: float) -> None:
        self.clock[0] += timedelta(seconds=seconds)

    def postman(self, mailer: Mailer) -> Postman:
        return Postman(self.database, mailer, public_url="https://lingqu.example/")

    async def write(self, *mails: Mail, cell_id: int = 1) -> None:
        async def write(tx: Tx) -> None:
            for mail in mails:
                await write_mail(tx, cell_id=cell_id, mail=mail)

        await self.database.run(write)

    async def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        async def read(tx: Tx) -> list[tuple[Any, ...]]:
            cursor = await tx.connection.execute(statement, values)
            return await cursor.fetchall() if cursor.description else []

        return await self.database.run(read)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    inbox = Inbox()
    loop = asyncio.get_running_loop()
    running = await loop.create_server(lambda: SMTP(inbox, enable_SMTPUTF8=True, loop=loop), "127.0.0.1", 0)
    yield Server(f"smtp://127.0.0.1:{running.sockets[0].getsockname()[1]}", inbox)
    running.close()
    await running.wait_closed()


@pytest.fixture
async def desk(fresh_database: Callable[[], str]) -> AsyncIterator[Desk]:
    clock = [NOW]
    database = Database(fresh_database(), clock=lambda: clock[0])
    await database.open()
    yield Desk(database, clock)
    await database.close()


@pytest.fixture
def smtp(server: Server) -> SMTPMailer:
    return SMTPMailer(server.url, sender="lingqu@example.org")
