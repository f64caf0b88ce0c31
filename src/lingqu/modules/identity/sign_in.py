"""Sign in: a login and a password become a session."""

import hashlib
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Actor
from lingqu.modules.identity.password import verify_password
from lingqu.modules.identity.token import new_token
from lingqu.modules.identity.types import SignedIn
from lingqu.runtime.cells import cell_count, cell_of
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_FREE_ATTEMPTS = 5
_FIRST_LOCK_S = 30
_LONGEST_LOCK_S = 3600
_MEMORY = timedelta(days=1)
IDLE = timedelta(days=3)
"""A session that is not used ends after this time."""
LONGEST = timedelta(days=30)
"""A session ends after this time, used or not."""


class WrongCredentials(Refusal):
    """No such login, or the password does not fit: both look the same from outside and take the same time."""

    code = "identity.wrong-credentials"
    status: ClassVar[int] = 401
    title = Words("Login or password is wrong", "登录名或密码不正确")
    keeps_writes: ClassVar[bool] = True


class TooManyAttempts(Refusal):
    """This login failed too often, whether it exists or not; the wait doubles each time."""

    code = "identity.too-many-attempts"
    status: ClassVar[int] = 429
    title = Words("Too many attempts", "尝试次数过多")
    detail = Words("Try again in {seconds} seconds.", "请在 {seconds} 秒后重试。")
    keeps_writes: ClassVar[bool] = True


class _Credentials(Struct, frozen=True):
    user_id: int
    login: str
    name: str
    language: str
    password_hash: str | None
    party_ids: list[UUID]


def lock_s(failed_count: int) -> int:
    """Tell how long a login stays locked after its n-th failure in a row.

    Units: seconds; 0 for the first attempts, then doubling up to an hour.
    """
    over = failed_count - _FREE_ATTEMPTS
    return 0 if over < 0 else min(_FIRST_LOCK_S * 2 ** min(over, 16), _LONGEST_LOCK_S)


async def sign_in(
    tx: Tx, *, login: str, password: str, party_id: UUID | None = None, address: str = "", user_agent: str = ""
) -> SignedIn:
    """Start a session for a user, for the named party or the first one it may act for.

    Raises: WrongCredentials, TooManyAttempts; the count of failures stays.
    """
    typed = login.strip().lower()
    place = await _check_lock(tx, typed)
    failed_count = await tx.value(SQL["count_attempt"], int, **place, now=tx.now, forgotten_at=tx.now - _MEMORY)
    found = await tx.first(SQL["find_credentials"], _Credentials, login=typed)
    fits = await verify_password(found.password_hash if found else None, password)
    party = _choose(found.party_ids if found else [], party_id)
    if not fits or found is None or party is None:
        if seconds := lock_s(failed_count):
            await tx.run(SQL["lock_attempt"], **place, locked_until=tx.now + timedelta(seconds=seconds))
        raise WrongCredentials
    await tx.run(SQL["forget_attempts"], **place)
    return await start_session(tx, found, party_id=party, address=address, user_agent=user_agent)


async def start_session(
    tx: Tx, user: "_Credentials", *, party_id: UUID, address: str = "", user_agent: str = ""
) -> SignedIn:
    """Write the session of a user whose password fits."""
    cell_id = await tx.value(SQL["find_party_cell"], int, party_id=party_id)
    token, session_id, expires_at = new_token(cell_id), uuid7(at=tx.now), tx.now + IDLE
    await tx.run(
        SQL["add_session"],
        cell_id=cell_id,
        id=session_id,
        token_hash=token.hash,
        user_id=user.user_id,
        party_id=party_id,
        now=tx.now,
        expires_at=expires_at,
        address=address,
        user_agent=user_agent,
    )
    tx.actor, tx.cell_id = Actor(party_id, user.user_id, user.name), cell_id
    tx.record("session", session_id, after={"login": user.login, "address": address, "user_agent": user_agent})
    return SignedIn(
        token=str(token),
        expires_at=expires_at,
        user_id=user.user_id,
        user_name=user.name,
        language=user.language,
        party_id=party_id,
    )


async def forget_old_attempts(tx: Tx) -> None:
    """Sweep failures that no longer count."""
    await tx.run(SQL["forget_old_attempts"], forgotten_at=tx.now - _MEMORY)


async def _check_lock(tx: Tx, login: str) -> dict[str, int | bytes]:
    login_hash = hashlib.sha256(login.encode()).digest()
    place: dict[str, int | bytes] = {"cell_id": cell_of(login_hash, await cell_count(tx)), "login_hash": login_hash}
    locked_until = await tx.values(SQL["find_lock"], datetime, **place, now=tx.now)
    if locked_until:
        raise TooManyAttempts(seconds=int((locked_until[0] - tx.now).total_seconds()) + 1)
    return place


def _choose(party_ids: list[UUID], wanted: UUID | None) -> UUID | None:
    if wanted is None:
        return party_ids[0] if party_ids else None
    return wanted if wanted in party_ids else None
