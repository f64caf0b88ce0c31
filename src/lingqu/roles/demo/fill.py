"""Fill an empty installation with the demo."""

from collections.abc import Callable
from enum import StrEnum

from lingqu.modules.network.api import find_platform
from lingqu.roles.demo.logins import SQL, is_demo
from lingqu.roles.demo.network import add_network
from lingqu.roles.demo.users import add_people
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.tx import Tx


class Scale(StrEnum):
    """How much of a channel the demo makes."""

    SMALL = "small"
    DEFAULT = "default"
    LARGE = "large"


async def fill(tx: Tx, *, scale: Scale, report: Callable[[str], None]) -> bool:
    """Make the demo, all of it or nothing; False, changing nothing, if it stands already.

    Raises: CannotRun if the installation is a real one.
    """
    if await is_demo(tx):
        return False
    if await find_platform(tx) is not None:
        raise CannotRun("This data folder holds a real installation. Set LINGQU_HOME to another folder for the demo.")
    report(f"Filling the demo network ({scale})")
    network = await add_network(tx)
    await add_people(tx, network)
    await tx.run(SQL["mark_demo"])
    return True
