"""Whatever changes a right makes every process forget what it remembers of rights."""

import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from lingqu.modules import identity
from lingqu.modules.identity.api import NewUser, add_users, close_party, open_session, read_rights
from lingqu.modules.identity.sessions import end_user_sessions
from lingqu.runtime.token import parse_token
from lingqu.runtime.tx import Tx

CHANGES_RIGHTS = (
    "add_assignments",
    "remove_assignments",
    "set_user_status",
    "edit_role",
    "delete_role",
    "close_party",
    "set_built_in_roles",
)


@pytest.mark.parametrize("statement", CHANGES_RIGHTS)
def test_who_changes_a_right_renews_the_revision(statement: str) -> None:
    folder = Path(identity.__file__).parent
    uses = 0
    for file in folder.glob("*.py"):
        lines = file.read_text().splitlines()
        for number, line in enumerate(lines):
            if f'SQL["{statement}"]' in line:
                uses += 1
                before = "\n".join(lines[max(number - 3, 0) : number + 1])
                assert "await renew_rights(tx)" in before, f"{file.name}:{number + 1}"
    assert uses


def test_every_statement_that_writes_rights_is_named_above() -> None:
    folder = Path(identity.__file__).parent / "sql"
    writes = re.compile(r"(insert into|update|delete from) identity\.(assignment|role|user|party)\b")
    harmless = {"add_users", "set_password", "edit_user", "add_role", "add_parties", "rename_party", "edit_me"}
    for file in folder.glob("*.sql"):
        for name, text in re.findall(r"-- name: (\w+)\n(.*?)(?=-- name:|\Z)", file.read_text(), re.DOTALL):
            if writes.search(text):
                assert name in {*CHANGES_RIGHTS, *harmless}, f"{name} writes rights: may it be remembered?"


async def test_a_new_user_and_a_closed_party_renew_it(tx: Tx, wang: SimpleNamespace) -> None:
    first = (await read_rights(tx, since=tx.now)).revision
    await add_users(tx, users=[NewUser(login="li", name="李", party_id=wang.organization.party_id, role_ids=())])
    second = (await read_rights(tx, since=tx.now)).revision
    await close_party(tx, party_id=wang.organization.party_id)
    third = (await read_rights(tx, since=tx.now)).revision
    assert len({first, second, third}) == 3


async def test_an_ended_session_is_told(tx: Tx, wang: SimpleNamespace) -> None:
    session = await open_session(tx, user_id=wang.id, party_id=wang.organization.party_id)
    parsed = parse_token(session.token)
    assert parsed is not None
    assert parsed.hash not in (await read_rights(tx, since=tx.now)).ended
    await end_user_sessions(tx, user_id=wang.id)
    assert parsed.hash in (await read_rights(tx, since=tx.now - timedelta(seconds=1))).ended
    assert parsed.hash not in (await read_rights(tx, since=tx.now + timedelta(seconds=1))).ended
