"""A role tells the supervisor that it serves: a note with its pid in the home's folder ``run``."""

import os
from pathlib import Path

from lingqu.runtime.engines.home import Home, write_private

VARIABLE = "LINGQU_PROCESS"
"""Environment variable with the name that the supervisor gave this process; absent where it runs alone."""


def say_ready() -> None:
    """Write the note, if a supervisor asks for one."""
    if name := os.environ.get(VARIABLE):
        write_private(_note(Home.find(), name), str(os.getpid()))


def is_ready(home: Home, name: str, pid: int) -> bool:
    """Tell whether this very process, not one before it, has said that it serves."""
    note = _note(home, name)
    return note.is_file() and note.read_text() == str(pid)


def _note(home: Home, name: str) -> Path:
    return home.run / f"{name}.ready"
