"""Send a load from a process of its own, and see what the installation spent on it."""

import subprocess
import sys
import tempfile

import msgspec

from lingqu.roles.bench.cpu import cpu_seconds
from lingqu.roles.bench.house import House
from lingqu.roles.bench.load import Plan, Tally
from lingqu.runtime.engines.state import living

_ENDS_WITHIN_S = 600.0


def send(plan: Plan) -> Tally:
    """Send by the plan and tell how it ended."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(msgspec.json.encode(plan))
        file.flush()
        ended = subprocess.run(
            [sys.executable, "-m", "lingqu.roles.bench.load", file.name],
            capture_output=True,
            check=True,
            timeout=_ENDS_WITHIN_S,
        )
    return msgspec.json.decode(ended.stdout, type=Tally)


def spent(place: House) -> dict[str, float]:
    """Add up the CPU seconds of the installation's processes by name."""
    found: dict[str, float] = {}
    for entry in place.state.processes:
        process = living(entry)
        if process is not None:
            name = entry.name.partition("-")[0]
            found[name] = found.get(name, 0.0) + cpu_seconds(process)
    return found
