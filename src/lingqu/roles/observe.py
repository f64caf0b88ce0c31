"""What every role does so that people can see how it fares: logs, figures, spans."""

import os
from collections.abc import Callable

from lingqu.runtime import logs, telemetry
from lingqu.runtime.metrics import forget_the_dead


def observe(role: str, *, level: str) -> Callable[[], None]:
    """Begin to observe this process and give what ends it."""
    logs.configure(level=level, role=role)
    forget_the_dead()
    if telemetry.ENDPOINT not in os.environ:
        return _nothing
    # Loaded only where a collector is named: it takes memory.
    from lingqu.runtime import otlp  # noqa: PLC0415

    return otlp.start(role)


def _nothing() -> None:
    return
