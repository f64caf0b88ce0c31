"""Reset a forgotten password: a link goes to the user's address; whoever holds it sets a new one, once."""

from datetime import timedelta
from typing import ClassVar

from msgspec import Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.ids import uuid7
from lingqu.modules.identity.change_password import set_password
from lingqu.modules.identity.sessions import end_user_sessions
from lingqu.runtime.sql import statements
from lingqu.runtime.token import new_token, parse_token
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
VALID = timedelta(hours=1)
_AGAIN_AFTER = timedelta(minutes=2)


class ResetVoid(Refusal):
    """The link was used, has expired, or never was one."""

    code = "identity.reset-void"
    status: ClassVar[int] = 410
    title = Words("This link is not valid any more", "链接已失效")
    detail = Words("Ask for a new one.", "请重新申请。")


class Reset(Struct, frozen=True, kw_only=True):
    """What the mail to the user says."""

    cell_id: int
    user_name: str
    email: str
    language: str
    path: str


class _Found(Struct, frozen=True):
    user_id: int
    login: str
    name: str
    email: str
    language: str
    home_cell: int


class _Used(Struct, frozen=True):
    user_id: int
    login: str


async def start_reset(tx: Tx, *, login: str) -> Reset | None:
    """Make a link for a user; None where there is nobody to send it to, which the asker is never told."""
    found = await tx.first(SQL["find_resettable"], _Found, login=login.strip().lower(), recent=tx.now - _AGAIN_AFTER)
    if found is None:
        return None
    token, reset_id = new_token(found.home_cell), uuid7(at=tx.now)
    await tx.run(
        SQL["add_reset"],
        cell_id=token.cell_id,
        id=reset_id,
        token_hash=token.hash,
        user_id=found.user_id,
        now=tx.now,
        expires_at=tx.now + VALID,
    )
    tx.record("password-reset", reset_id, after={"login": found.login}, cell_id=found.home_cell)
    return Reset(
        cell_id=found.home_cell,
        user_name=found.name,
        email=found.email,
        language=found.language,
        path=f"/password-reset?token={token}",
    )


async def finish_reset(tx: Tx, *, token: str, password: str) -> None:
    """Set the new password and end every session of the user.

    Raises: ResetVoid, WeakPassword (the link stays good).
    """
    parsed = parse_token(token)
    if parsed is None:
        raise ResetVoid
    used = await tx.first(SQL["use_reset"], _Used, cell_id=parsed.cell_id, token_hash=parsed.hash, now=tx.now)
    if used is None:
        raise ResetVoid
    await set_password(tx, user_id=used.user_id, login=used.login, password=password)
    await end_user_sessions(tx, user_id=used.user_id)
