"""Mail waits in the database and leaves through whichever adapter there is: claimed, sent, settled."""

import stat
from pathlib import Path

import pytest

from lingqu.adapters.null_mail import NullMailer
from lingqu.adapters.smtp_mail import SMTPMailer
from lingqu.kernel.errors import Unavailable
from lingqu.modules.notice.api import ADDRESS
from lingqu.modules.notice.mail import drop_old_mails
from lingqu.runtime.mail import Mail, Undeliverable
from tests.notice.conftest import Desk, Server

MAIL = Mail(address="wang@example.org", subject="重置密码", body=f"王芳，请点击 {ADDRESS}/password-reset?token=2.x")
_STATE = "select state, body, attempts from notice.mail"


class Deaf:
    """A server that takes nothing."""

    async def send(self, mail: Mail) -> None:
        raise Unavailable(f"nobody listens for {mail.address}")


async def test_the_null_twin_writes_it_down_where_only_we_read(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "mail.log"
    await desk.write(MAIL)
    postman = desk.postman(NullMailer(file))
    assert [await postman.carry_due() for _ in range(2)] == [1, 0], "once"
    text = file.read_text()
    assert text.startswith("To: wang@example.org\nSubject: 重置密码\n")
    assert "https://lingqu.example/password-reset?token=2.x" in text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert await desk.rows(_STATE) == [("sent", "", 0)], "the link is wiped"


async def test_it_leaves_over_smtp(desk: Desk, server: Server, smtp: SMTPMailer) -> None:
    await desk.write(MAIL)
    await desk.postman(smtp).carry_due()
    (mail,) = server.inbox.mails
    assert (mail["From"], mail["To"], mail["Subject"]) == ("lingqu@example.org", "wang@example.org", "重置密码")
    assert mail.get_content().strip() == "王芳，请点击 https://lingqu.example/password-reset?token=2.x"
    ((mail_id,),) = await desk.rows("select id::text from notice.mail")
    assert mail["Message-ID"] == f"<{mail_id}@example.org>"
    assert await desk.rows(_STATE) == [("sent", "", 0)]


async def test_refused_for_now_then_taken_under_one_id(desk: Desk, server: Server, smtp: SMTPMailer) -> None:
    server.inbox.to_recipient = ["450 greylisted"]
    server.inbox.to_data = ["451 try later"]
    await desk.write(MAIL)
    postman = desk.postman(smtp)
    assert await postman.carry_due() == 1
    assert await desk.rows("select state, attempts, problem like '%%450 greylisted%%' from notice.mail") == [
        ("waiting", 1, True)
    ]
    assert await postman.carry_due() == 0, "not before its time"
    desk.wait(61)
    assert await postman.carry_due() == 1
    assert await desk.rows("select attempts, problem like '%%451 try later%%' from notice.mail") == [(2, True)]
    desk.wait(121)
    assert await postman.carry_due() == 1
    assert await desk.rows(_STATE) == [("sent", "", 2)]
    assert len(server.inbox.mails) == 2
    assert len(set(server.inbox.ids)) == 1


async def test_refused_for_ever_is_given_up_at_once(desk: Desk, server: Server, smtp: SMTPMailer) -> None:
    server.inbox.to_recipient = ["550 no such user"]
    await desk.write(MAIL)
    await desk.postman(smtp).carry_due()
    assert await desk.rows("select state, body, problem from notice.mail") == [("failed", "", "550 no such user")]
    server.inbox.to_data = ["554 spam"]
    with pytest.raises(Undeliverable):
        await smtp.send(MAIL)


async def test_what_is_not_taken_waits_longer_each_time_and_is_given_up(desk: Desk) -> None:
    await desk.write(MAIL)
    postman = desk.postman(Deaf())
    attempts_at = []
    for minute in range(140):
        if await postman.carry_due():
            attempts_at.append(minute)
        desk.wait(60)
    assert attempts_at == [0, 1, 3, 7, 15, 31, 63, 127]
    assert await desk.rows(_STATE) == [("failed", "", 8)]


async def test_a_hand_that_fell_silent_settles_nothing(desk: Desk) -> None:
    """While the first hand still talks to the server its lease ends, and a second one takes the mail."""
    second = desk.postman(Deaf())

    class Slow:
        async def send(self, _: Mail) -> None:
            assert await second.carry_due() == 0, "it is in a hand"
            desk.wait(121)
            assert await second.carry_due() == 1

    await desk.write(MAIL)
    await desk.postman(Slow()).carry_due()
    assert await desk.rows("select state, attempts, lease_no from notice.mail") == [("waiting", 1, 2)]


async def test_every_cell_has_its_turn(desk: Desk, tmp_path: Path) -> None:
    for cell_id in range(4):
        await desk.write(MAIL, MAIL, cell_id=cell_id)
    postman = desk.postman(NullMailer(tmp_path / "mail.log"))
    while await postman.carry_due():
        continue
    assert await desk.rows("select cell_id, count(*) from notice.mail where state = 'sent' group by 1 order by 1") == [
        (cell_id, 2) for cell_id in range(4)
    ]


async def test_old_mails_go_and_what_waits_stays(desk: Desk, tmp_path: Path) -> None:
    await desk.write(MAIL)
    await desk.postman(NullMailer(tmp_path / "mail.log")).carry_due()
    await desk.write(MAIL)
    desk.wait(91 * 86_400)
    await desk.database.run(drop_old_mails)
    assert await desk.rows(_STATE) == [("waiting", MAIL.body, 0)]


async def test_a_server_that_is_away_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        await SMTPMailer("smtp://127.0.0.1:1", sender="a@b").send(MAIL)
    with pytest.raises(ValueError, match="LINGQU_SMTP_URL"):
        SMTPMailer("http://127.0.0.1", sender="a@b")
