"""Order notices and reset mails reach a mail server, for whoever wishes and has an address; also past a kill."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lingqu.adapters.smtp_mail import SMTPMailer
from lingqu.kernel.errors import Words
from lingqu.kernel.scope import Actor
from lingqu.modules.identity.api import NewUser, add_users, find_built_in_roles
from lingqu.modules.network.api import Kind, NewOrganization, add_organizations, scope_of_party
from lingqu.modules.notice.api import NewNotice, tell
from lingqu.modules.notice.http import ResetBody, ask_password_reset
from lingqu.modules.notice.preference import read_preference, set_preference
from lingqu.runtime.tx import Tx
from tests.notice.conftest import Desk, Server


class People:
    """A shop with three people: one wishes mail, one does not, one wishes and has no address."""

    users: list[int]
    scope: Any

    async def build(self, tx: Tx) -> None:
        (shop,) = await add_organizations(
            tx, organizations=[NewOrganization(kind=Kind.DEALER, code="SHOP", name="小店", home_cell=2)]
        )
        roles = dict(await find_built_in_roles(tx))
        new = [
            NewUser(
                login=login, name=login, party_id=shop.party_id, role_ids=(roles["dealer", "sales"],), password_hash="x"
            )
            for login in ("wang", "li", "zhao")
        ]
        self.users = list(await add_users(tx, users=new))
        await tx.connection.execute("update identity.user set email = login || '@example.org' where login <> 'zhao'")
        for user_id, is_by_mail in zip(self.users, (True, False, True), strict=True):
            actor = Actor(shop.party_id, user_id, "someone")
            scope = await scope_of_party(tx, actor=actor, permissions=frozenset())
            assert scope is not None
            assert not (await read_preference(tx, scope=scope)).is_by_mail, "nobody is mailed unasked"
            assert (await set_preference(tx, scope=scope, is_by_mail=is_by_mail)).is_by_mail is is_by_mail
        self.shop = shop

    async def hear(self, tx: Tx, number: int) -> None:
        notice = NewNotice(
            cell_id=2,
            party_id=self.shop.party_id,
            user_ids=tuple(self.users),
            kind="orders.shipped.v1",
            title=Words(f"Order {number} is on its way", f"订单 {number} 已发货"),
            path=f"/orders/{number}",
        )
        await tell(tx, notice=notice)


@pytest.fixture
async def people(desk: Desk) -> People:
    people = People()
    await desk.database.run(people.build)
    return people


async def test_a_notice_and_a_reset_arrive(desk: Desk, people: People, server: Server, smtp: SMTPMailer) -> None:
    server.inbox.to_data = ["421 closing"]
    await desk.database.run(lambda tx: people.hear(tx, 7))
    await desk.database.run(lambda tx: ask_password_reset.function(tx, body=ResetBody(login="li")))
    postman = desk.postman(smtp)
    for _ in range(3):
        await postman.carry_due()
        desk.wait(300)
    arrived = {mail["To"]: mail for mail in server.inbox.mails}
    assert set(arrived) == {"wang@example.org", "li@example.org"}
    assert arrived["wang@example.org"]["Subject"] == "订单 7 已发货"
    assert "https://lingqu.example/orders/7" in arrived["wang@example.org"].get_content()
    assert "/password-reset?token=" in arrived["li@example.org"].get_content()
    assert await desk.rows("select count(*) from notice.notice") == [(3,)]
    assert await desk.rows("select distinct state from notice.mail") == [("sent",)]


@pytest.fixture
def worker(desk: Desk, server: Server, tmp_path: Path) -> Iterator["Worker"]:
    (tmp_path / "run").mkdir()
    worker = Worker(desk, server, tmp_path)
    yield worker
    worker.kill()


class Worker:
    """A real process that carries mail and does nothing else."""

    def __init__(self, desk: Desk, server: Server, home: Path) -> None:
        self._environment = os.environ | {
            "LINGQU_HOME": str(home),
            "LINGQU_DATABASE_URL": desk.database._pool.conninfo,  # noqa: SLF001 - the test's own database
            "LINGQU_SMTP_URL": server.url,
            "LINGQU_PUBLIC_URL": "https://lingqu.example",
        }
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._running = subprocess.Popen([sys.executable, "-m", "lingqu.roles.worker", "mail"], env=self._environment)

    def kill(self) -> None:
        if self._running is not None:
            self._running.send_signal(signal.SIGKILL)
            self._running.wait()
            self._running = None


async def test_killed_between_sending_and_settling(desk: Desk, people: People, server: Server, worker: Worker) -> None:
    for number in range(3):
        await desk.database.run(lambda tx, number=number: people.hear(tx, number))
    server.inbox.may_answer.clear()
    worker.start()
    await server.inbox.came.wait()
    worker.kill()
    assert await desk.rows("select distinct state from notice.mail") == [("waiting",)]
    handed = set(server.inbox.ids)
    server.inbox.may_answer.set()
    server.inbox.came.clear()
    # As if the lease had run out: two minutes are long for a test.
    await desk.rows("update notice.mail set lease_until = now() - interval '1 second'")
    worker.start()
    while await desk.rows("select 1 from notice.mail where state <> 'sent'"):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(server.inbox.came.wait(), 0.2)  # the last one is settled after it came
        server.inbox.came.clear()
    assert handed <= set(server.inbox.ids)
    assert len(set(server.inbox.ids)) == 3, "each arrived, and each time under its own id"
    assert await desk.rows("select count(*) from notice.mail where body <> ''") == [(0,)]
