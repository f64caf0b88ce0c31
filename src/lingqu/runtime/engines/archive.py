"""The archive of PostgreSQL's log: with a backup and this, the state of any instant since can be had again.

A process of its own takes the log from the server as it is written, so that a crash of the machine costs seconds,
not a whole piece. Switched on by LINGQU_ARCHIVE. Source: ADR 0010.
"""

import re
import shutil
import subprocess
from pathlib import Path

from lingqu.runtime.engines.account import Account, hand_over
from lingqu.runtime.engines.backup import connection_of
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.home import make_folder
from lingqu.runtime.engines.postgres import PostgresEngine
from lingqu.runtime.engines.process import Process

_SLOT = "lingqu_archive"
_SEGMENT = re.compile(r"^(?P<name>[0-9A-F]{24}|[0-9A-F]{8}\.history)(?P<partial>\.partial)?$")


def archive_process(engine: PostgresEngine, folder: Path) -> Process:
    """Describe the process that keeps the server's log in ``folder``."""
    address, environment = connection_of(engine)
    program = str(engine.programs / "pg_receivewal")
    common = (program, f"--dbname={address}", f"--slot={_SLOT}", "--no-password")

    def prepare() -> None:
        make_folder(folder, 0o700)
        subprocess.run([*common, "--create-slot", "--if-not-exists"], env=environment, check=False, capture_output=True)

    return Process(
        name="archive",
        argv=(*common, f"--directory={folder}", "--synchronous"),
        env=environment,
        needs=(engine.name,),
        prepare=prepare,
    )


def lay_out(archive: Path, copies: Path, *, since: str, account: Account | None) -> None:
    """Copy the log from the piece ``since`` on to where the server's account may read it; the open end included.

    Raises: CannotRun if the archive does not hold that piece.
    """
    found = {match["name"]: file for file in archive.iterdir() if (match := _SEGMENT.match(file.name))}
    if since not in found:
        raise CannotRun(f"{archive} does not hold the log since this backup ({since} is missing).")
    make_folder(copies, 0o700)
    for name, file in found.items():
        if name.endswith(".history") or name >= since:
            shutil.copyfile(file, copies / name)
            hand_over(copies / name, account)
    hand_over(copies, account)
