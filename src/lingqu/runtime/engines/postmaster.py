"""What runs on a PostgreSQL data folder: its postmaster, and server processes that outlived a killed one."""

import signal
from pathlib import Path

import psutil

_PID_LINE, _STATUS_LINE = 0, 7


def postmaster_pid(data: Path) -> int | None:
    """Give the pid of the live postmaster of this data folder."""
    lines = _lock_file(data)
    if not lines or not lines[_PID_LINE].strip().isdigit():
        return None
    pid = int(lines[_PID_LINE])
    return pid if _works_in(pid, data) else None


def is_accepting(data: Path, pid: int) -> bool:
    """Tell whether this postmaster has said that it accepts connections (recovery is over)."""
    lines = _lock_file(data)
    return (
        len(lines) > _STATUS_LINE and lines[_PID_LINE].strip() == str(pid) and lines[_STATUS_LINE].startswith("ready")
    )


def clear_remains(data: Path) -> None:
    """Make the folder free for a new postmaster after the last one was killed.

    A server process in the middle of a computation outlives its postmaster, and a new one rightly refuses to start
    beside it. A lock file is removed only when its pid belongs to a stranger: else PostgreSQL itself checks it.
    """
    if postmaster_pid(data) is not None:
        return
    orphans = [process for process in psutil.process_iter(["name"]) if _is_server(process, data)]
    for orphan in orphans:
        orphan.send_signal(signal.SIGQUIT)
    _, stubborn = psutil.wait_procs(orphans, timeout=5)
    for orphan in stubborn:
        orphan.kill()
    psutil.wait_procs(stubborn, timeout=5)
    lines = _lock_file(data)
    if lines and lines[_PID_LINE].strip().isdigit() and psutil.pid_exists(int(lines[_PID_LINE])):
        (data / "postmaster.pid").unlink()


def _lock_file(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _works_in(pid: int, data: Path) -> bool:
    try:
        return _is_server(psutil.Process(pid), data)
    except psutil.NoSuchProcess:
        return False


def _is_server(process: psutil.Process, data: Path) -> bool:
    try:
        # Every server process works in the data folder; its name tells it from a shell somebody left there.
        return bool(process.name().startswith("postgres") and process.cwd() == str(data))
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
