"""The account an engine runs under: the caller's own, or, for root, one without privileges.

PostgreSQL refuses to run as root. No account is created for it: every Linux has one named nobody, and initdb needs
an account that has a name.
"""

import os
import pwd
import subprocess
from pathlib import Path

from msgspec import Struct

from lingqu.runtime.engines.cannot_run import CannotRun


class Account(Struct, frozen=True):
    uid: int
    gid: int


def engine_account() -> Account | None:
    """Choose the account to change to before an engine starts; None means: stay who you are.

    Raises: CannotRun if there is none for root.
    """
    if os.geteuid() != 0:
        return None
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise CannotRun(
            "PostgreSQL refuses to run as root, and this machine has no account named nobody. "
            "Run lingqu as a user, or give your own server in LINGQU_DATABASE_URL."
        ) from None
    return Account(nobody.pw_uid, nobody.pw_gid)


def owner_uid(account: Account | None) -> int:
    """Tell whose files an engine's files are."""
    return os.geteuid() if account is None else account.uid


def hand_over(path: Path, account: Account | None) -> None:
    """Make the account the owner of one file or folder of ours."""
    if account is not None:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def may_enter(folder: Path, account: Account | None) -> bool:
    """Ask the kernel, as that account, whether it may pass through a folder."""
    if account is None:
        return os.access(folder, os.X_OK)
    attempt = subprocess.run(
        ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        check=False,
        capture_output=True,
    )
    return attempt.returncode == 0
