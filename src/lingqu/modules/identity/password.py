"""Passwords: Argon2id, always off the event loop, and what a new one must be like."""

import asyncio
from typing import ClassVar

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from lingqu.kernel.errors import Refusal, Words

_SHORTEST = 10
_LONGEST = 200

# RFC 9106's second recommended option: 64 MiB, three passes, four lanes.
_HASHER = PasswordHasher()

# What an unknown login is checked against, so that it takes as long as a known one.
_DECOY = _HASHER.hash("nobody's password")


class WeakPassword(Refusal):
    """The new password is too short, too long, or the login itself."""

    code = "identity.weak-password"
    status: ClassVar[int] = 422
    title = Words("Choose another password", "请换一个密码")
    detail: ClassVar[Words] = Words(
        "A password has {shortest} to {longest} characters, several different ones, and does not contain the login.",
        "密码长度为 {shortest} 至 {longest} 个字符，须包含多个不同字符，且不能包含登录名。",
    )


def check_password(password: str, *, login: str) -> None:
    """Accept a new password or refuse it.

    Raises: WeakPassword.
    Source: NIST SP 800-63B: length counts, rules of composition do not.
    """
    is_long_enough = _SHORTEST <= len(password) <= _LONGEST
    is_varied = len(set(password)) > _SHORTEST // 2
    if not is_long_enough or not is_varied or login.lower() in password.lower():
        raise WeakPassword(shortest=_SHORTEST, longest=_LONGEST)


async def hash_password(password: str) -> str:
    """Hash a password for storage."""
    return await asyncio.to_thread(_HASHER.hash, password)


async def verify_password(password_hash: str | None, password: str) -> bool:
    """Tell whether the password fits; where there is no hash it takes as long and is always False."""
    fits = await asyncio.to_thread(_verify, password_hash or _DECOY, password)
    return fits and password_hash is not None


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except VerificationError:
        return False
