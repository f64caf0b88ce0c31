"""One supervisor for one home: a lock that the system releases when its holder dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.home import Home


class AlreadyRunning(CannotRun):
    """Another process works on this home."""


@contextmanager
def home_lock(home: Home) -> Iterator[None]:
    """Hold the home for as long as the block runs.

    Raises: AlreadyRunning if another process holds it.
    """
    home.create()
    with (home.run / "lock").open("a") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(
                f"Lingqu already runs on {home.path}. See `lingqu status`, or `lingqu down`."
            ) from None
        yield


def is_held(home: Home) -> bool:
    """Tell whether some process holds the home."""
    if not (home.run / "lock").exists():
        return False
    try:
        with home_lock(home):
            return False
    except AlreadyRunning:
        return True
