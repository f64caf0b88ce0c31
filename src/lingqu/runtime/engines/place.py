"""Where PostgreSQL's own files lie: in the home, or, where its account cannot go there, in a folder the home points to.

Only root has the second case: its engines run under another account, which may not pass through /root.
"""

import os
import secrets
import stat
import tempfile
from pathlib import Path

from lingqu.runtime.engines.account import Account, hand_over, may_enter, owner_uid
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.home import make_folder

_ELSEWHERE = (Path("/var/lib/lingqu"), Path("/var/tmp/lingqu"))  # noqa: S108  folders of random names, made by root
# A socket's path has 108 bytes on Linux, 104 on macOS; PostgreSQL appends "/.s.PGSQL.12345".
_LONGEST_SOCKET_FOLDER = 84


def settle(folder: Path, account: Account | None) -> Path:
    """Make the folder, or a link to one that the account can reach, and give its real path.

    Raises: CannotRun if no folder can be reached.
    """
    if folder.is_symlink() and not folder.exists():
        raise CannotRun(f"{folder} points to {folder.readlink()}, which is gone. Restore it, or remove the link.")
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        if may_enter(folder.parent, account):
            make_folder(folder, 0o711 if account else 0o700)
        else:
            folder.symlink_to(_settle_elsewhere(account))
    real = folder.resolve()
    if not may_enter(real, account):
        raise CannotRun(f"The account that runs PostgreSQL cannot enter {real}. Allow it to pass (chmod o+x).")
    return real


def _settle_elsewhere(account: Account | None) -> Path:
    for root in _ELSEWHERE:
        place = root / secrets.token_hex(4)
        try:
            make_folder(root, 0o711)
            make_folder(place, 0o711)
        except OSError:
            continue
        if may_enter(place, account):
            return place
        place.rmdir()
    raise CannotRun(
        f"As root, PostgreSQL runs as another account, which can enter neither the home nor {_ELSEWHERE[0]}. "
        "Set LINGQU_HOME to a folder every account may pass through, or run as a user."
    )


def socket_folder(wanted: Path, account: Account | None) -> Path:
    """Make the private folder of a socket: the wanted one, or a short one noted beside it if that path is too long."""
    if len(os.fsencode(wanted)) <= _LONGEST_SOCKET_FOLDER:
        if not wanted.is_dir():
            make_folder(wanted, 0o700)
            hand_over(wanted, account)
        return wanted
    note = wanted.with_suffix(".path")
    if note.exists() and _is_private(short := Path(note.read_text()), account):
        return short
    short = Path(tempfile.mkdtemp(prefix="lingqu-", dir="/tmp"))  # TMPDIR may be long
    hand_over(short, account)
    note.write_text(str(short))
    return short


def _is_private(folder: Path, account: Account | None) -> bool:
    # The system may have swept /tmp, and somebody else may own that name now.
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return False
    return (
        stat.S_ISDIR(status.st_mode)
        and status.st_uid == owner_uid(account)
        and stat.S_IMODE(status.st_mode) == stat.S_IRWXU
    )
