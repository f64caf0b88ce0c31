"""Change one's own password."""

from typing import ClassVar

from msgspec import Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.password import check_password, hash_password, verify_password
from lingqu.modules.identity.sessions import end_user_sessions
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class WrongPassword(Refusal):
    """The present password does not fit."""

    code = "identity.wrong-password"
    status: ClassVar[int] = 422
    title = Words("The present password does not fit", "当前密码不正确")


class _Password(Struct, frozen=True):
    login: str
    password_hash: str | None


async def change_password(tx: Tx, *, scope: Scope, present: str, new: str, token: str | None) -> None:
    """Set a new password and end every other session of the user.

    Raises: WrongPassword, WeakPassword.
    """
    user_id = scope.actor.user_id
    assert user_id is not None, "a session has a user"  # noqa: S101 - a bug, not a "no"
    stored = await tx.one(SQL["find_password"], _Password, user_id=user_id)
    if not await verify_password(stored.password_hash, present):
        raise WrongPassword
    await set_password(tx, user_id=user_id, login=stored.login, password=new)
    await end_user_sessions(tx, user_id=user_id, kept_token=token)


async def set_password(tx: Tx, *, user_id: int, login: str, password: str) -> None:
    """Store the hash of a password that is good enough.

    Raises: WeakPassword.
    """
    check_password(password, login=login)
    await tx.run(SQL["set_password"], user_id=user_id, password_hash=await hash_password(password))
    tx.record("user", user_id, before={"password": "old"}, after={"password": "new"})
