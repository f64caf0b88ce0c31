"""Every module's cases, found by the module's name: `tests/access/<module>.py` with CASES and, if needed, build."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from lingqu.roles.modules import ALL
from lingqu.runtime.tx import Tx
from tests.access.case import Case
from tests.access.world import World


def _contributions() -> list[ModuleType]:
    names = [f"tests.access.{module.name}" for module in ALL]
    return [import_module(name) for name in names if find_spec(name) is not None]


def cases() -> dict[str, Case]:
    """Collect the cases by route name."""
    found: dict[str, Case] = {}
    for contribution in _contributions():
        both = found.keys() & contribution.CASES.keys()
        assert not both, f"two cases for {both}"
        found |= contribution.CASES
    return found


async def build_made(tx: Tx, world: World) -> None:
    """Let every module add its things to the world, the lowest module first."""
    for contribution in _contributions():
        if hasattr(contribution, "build"):
            await contribution.build(tx, world)
