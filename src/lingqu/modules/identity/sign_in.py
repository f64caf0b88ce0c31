"""Sign in: a login and a password become a session."""

import hashlib
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.modules.identity.open_session import open_session
from lingqu.modules.identity.password import verify_password
from lingqu.modules.identity.types import SignedIn
from lingqu.runtime.cells import cell_count, cell_of
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_FREE_ATTEMPTS = 5
_FIRST_LOCK_S = 30
_LONGEST_LOCK_S = 3600
_MEMORY = timedelta(days=1)


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
    return await open_session(tx, user_id=found.user_id, party_id=party, address=address, user_agent=user_agent)


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
