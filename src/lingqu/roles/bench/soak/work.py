"""How much of the machine's time the product used, and how much others did."""

import psutil
from msgspec import Struct

from lingqu.roles.bench.cpu import cpu_seconds
from lingqu.roles.bench.house import House
from lingqu.runtime.engines.state import living


class Work(Struct, frozen=True):
    """Seconds of CPU until now: of the product, of this process that loads it, of all, and idle."""

    product: float
    load: float
    busy: float
    idle: float

    def since(self, before: "Work") -> "Work":
        """Give what was used since another look."""
        return Work(
            self.product - before.product,
            self.load - before.load,
            self.busy - before.busy,
            self.idle - before.idle,
        )

    @property
    def others_share(self) -> float:
        """Tell which part of the machine went to neither product nor load and was not idle."""
        whole = self.busy + self.idle
        return max(self.busy - self.product - self.load, 0.0) / whole if whole > 0 else 0.0


def look_at_work(house: House) -> Work:
    """Read the clocks of every process and of the machine."""
    product = 0.0
    for entry in house.state.processes:
        process = living(entry)
        if process is not None:
            product += cpu_seconds(process)
    mine = psutil.Process().cpu_times()
    whole = psutil.cpu_times()
    idle = whole.idle + getattr(whole, "iowait", 0.0)
    # On Linux the time of guests stands in user already.
    counted = sum(value for name, value in whole._asdict().items() if name not in {"guest", "guest_nice"})
    return Work(product, mine.user + mine.system, counted - idle, idle)
