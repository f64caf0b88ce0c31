"""What Prometheus reads: one registry for all roles of a machine, shown by any api process at ``/metrics``.

The roles share their figures by files in a folder that the supervisor names in PROMETHEUS_MULTIPROC_DIR
(a process that runs without one shows its own figures only).
"""

import os
from bisect import bisect_left
from collections import Counter as Counted
from collections.abc import Sequence
from pathlib import Path

import psutil
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Environment variable that prometheus-client itself reads when it is imported."""


class Durations(Histogram):
    """A histogram that takes many observations at once: each alone writes twice to a shared file."""

    def observe_all(self, amounts: Sequence[float]) -> None:
        """Observe many amounts, all of one series."""
        counts = Counted(bisect_left(self._upper_bounds, amount) for amount in amounts)
        self._sum.inc(sum(amounts))
        for at, count in counts.items():
            self._buckets[at].inc(count)


_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_ITEMS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000)

REQUEST_SECONDS = Durations(
    "lingqu_request_seconds", "Time to answer a request", ["method", "route", "status"], buckets=_SECONDS
)
BATCH_SIZE = Histogram("lingqu_batch_size", "Requests that went into one batch", ["batch"], buckets=_ITEMS)
BATCH_SECONDS = Histogram("lingqu_batch_seconds", "Time to run one batch", ["batch"], buckets=_SECONDS)
RELAY_LAG_SECONDS = Histogram(
    "lingqu_relay_lag_seconds", "Time from writing an event to its acknowledgement by the broker", buckets=_SECONDS
)
RELAY_EVENTS = Counter("lingqu_relay_events_total", "Events published")
CONSUME_SECONDS = Histogram(
    "lingqu_consume_seconds", "Time to handle one message", ["consumer", "outcome"], buckets=_SECONDS
)
DEAD_LETTERS = Counter("lingqu_dead_letters_total", "Events given up by a consumer", ["consumer"])
JOB_SECONDS = Histogram(
    "lingqu_job_seconds", "Time of one attempt at a job", ["job", "outcome"], buckets=(*_SECONDS, 60, 600)
)
POOL = Gauge("lingqu_pool_connections", "Connections to the database", ["state"], multiprocess_mode="livesum")


def exposition() -> bytes:
    """Write every figure in Prometheus' text form."""
    if FOLDER not in os.environ:
        return generate_latest()
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def forget_the_dead() -> None:
    """Take away the present-state figures of processes that have ended; their counts stay."""
    for file in Path(os.environ[FOLDER]).glob("gauge_live*.db") if FOLDER in os.environ else ():
        if not psutil.pid_exists(int(file.stem.rpartition("_")[2])):
            file.unlink(missing_ok=True)
