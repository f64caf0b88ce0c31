"""Mail waits in the database and leaves through whichever adapter there is."""

import socketserver
import stat
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from lingqu.adapters.null_mail import NullMailer
from lingqu.adapters.smtp_mail import SMTPMailer
from lingqu.kernel.errors import Unavailable
from lingqu.modules.notice.api import ADDRESS, deliver_mail, write_mail
from lingqu.runtime.mail import Mail, Mailer
from lingqu.runtime.tx import Tx

MAIL = Mail(address="wang@example.org", subject="重置密码", body=f"王芳，请点击 {ADDRESS}/password-reset?token=2.x")


class Server(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as a mail needs and keeps what it is told."""

    told: list[str]

    def handle(self) -> None:
        self.wfile.write(b"220 test\r\n")
        in_data = False
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            self.told.append(line)
            if in_data:
                in_data = line != "."
                answer = b"" if in_data else b"250 taken\r\n"
            else:
                in_data = line.upper() == "DATA"
                answer = b"354 go on\r\n" if in_data else b"250 ok\r\n"
            if line.upper() == "QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(answer)


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    told: list[str] = []
    handler = type("Handler", (Server,), {"told": told})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"smtp://127.0.0.1:{running.server_address[1]}", told
        running.shutdown()
        thread.join()


class Deaf:
    """A server that takes nothing."""

    async def send(self, mail: Mail) -> None:
        raise Unavailable(f"nobody listens for {mail.address}")


async def deliver(tx: Tx, mailer: Mailer) -> bool:
    return await deliver_mail(tx, mailer=mailer, public_url="https://lingqu.example/")


async def state(tx: Tx) -> tuple[str, str, int]:
    row = await (await tx.connection.execute("select state, body, attempts from notice.mail")).fetchone()
    assert row is not None
    return row


async def test_the_null_twin_writes_it_down_where_only_we_read(tx: Tx, tmp_path: Path) -> None:
    file = tmp_path / "mail.log"
    await write_mail(tx, cell_id=1, mail=MAIL)
    assert await deliver(tx, NullMailer(file))
    assert not await deliver(tx, NullMailer(file)), "once"
    text = file.read_text()
    assert text.startswith("To: wang@example.org\nSubject: 重置密码\n")
    assert "https://lingqu.example/password-reset?token=2.x" in text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert await state(tx) == ("sent", "", 0), "the link is wiped"


async def test_it_leaves_over_smtp(tx: Tx, server: tuple[str, list[str]]) -> None:
    url, told = server
    await write_mail(tx, cell_id=1, mail=MAIL)
    assert await deliver(tx, SMTPMailer(url, sender="lingqu@example.org"))
    assert "rcpt TO:<wang@example.org>" in told
    assert any(line.startswith("From: lingqu@example.org") for line in told)
    assert (await state(tx))[0] == "sent"


async def test_what_is_not_taken_waits_longer_each_time_and_is_given_up(tx: Tx) -> None:
    await write_mail(tx, cell_id=1, mail=MAIL)
    begin = tx.now
    attempts_at = []
    for minute in range(400):
        tx.now = begin + timedelta(minutes=minute)
        if await deliver(tx, Deaf()):
            attempts_at.append(minute)
    assert attempts_at == [0, 1, 3, 7, 15, 31, 63, 127]
    assert await state(tx) == ("failed", "", 8)


async def test_a_server_that_is_away_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        await SMTPMailer("smtp://127.0.0.1:1", sender="a@b").send(MAIL)
    with pytest.raises(ValueError, match="LINGQU_SMTP_URL"):
        SMTPMailer("http://127.0.0.1", sender="a@b")
