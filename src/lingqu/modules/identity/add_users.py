"""Make users with their roles."""

from collections.abc import Sequence
from typing import ClassVar

from lingqu.kernel.errors import Refusal, Words
from lingqu.modules.identity.rights import renew_rights
from lingqu.modules.identity.types import NewUser
from lingqu.runtime.search import sort_key
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class LoginTaken(Refusal):
    """Somebody has this login already."""

    code = "identity.login-taken"
    status: ClassVar[int] = 409
    title = Words("Login taken", "登录名已被使用")
    detail = Words("Choose another login than {login}.", "登录名 {login} 已被使用，请换一个。")


async def add_users(tx: Tx, *, users: Sequence[NewUser]) -> list[int]:
    """Make many users with their roles in two statements.

    Shapes: the ids, in the order of ``users``.
    Raises: LoginTaken naming the first login that somebody has already.
    """
    logins = [user.login.lower() for user in users]
    rows = await tx.tuples(
        SQL["add_users"],
        login=logins,
        name=[user.name for user in users],
        phone=[user.phone for user in users],
        email=[user.email for user in users],
        language=[user.language for user in users],
        password_hash=[user.password_hash for user in users],
        sort_key=[sort_key(user.name) for user in users],
        now=tx.now,
    )
    id_of: dict[str, int] = dict(rows)
    for login in logins:
        if login not in id_of:
            raise LoginTaken(login=login)
    ids = [id_of[login] for login in logins]
    pairs = [(user_id, user.party_id, role) for user_id, user in zip(ids, users, strict=True) for role in user.role_ids]
    await renew_rights(tx)
    await tx.run(
        SQL["add_assignments"],
        user_id=[pair[0] for pair in pairs],
        party_id=[pair[1] for pair in pairs],
        role_id=[pair[2] for pair in pairs],
        now=tx.now,
    )
    for user_id, user in zip(ids, users, strict=True):
        after = {"login": user.login, "name": user.name, "phone": user.phone, "role_ids": user.role_ids}
        tx.record("user", user_id, after=after)
    return ids
