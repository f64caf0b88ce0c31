"""One order of modules: pyproject.toml declares it, the folders and the roles follow it."""

import itertools
from collections.abc import Sequence

from lingqu.roles.modules import MODULES as BUILT
from tests.architecture.house import MODULES, level_of_schema


def out_of_order(names: Sequence[str], levels: dict[str, int]) -> list[str]:
    """Name each module that stands after a higher one or that the order does not know."""
    found = [f"{name} is not in the order" for name in names if name not in levels]
    known = [name for name in names if name in levels]
    return found + [f"{low} after {high}" for high, low in itertools.pairwise(known) if levels[low] < levels[high]]


def test_the_roles_list_modules_in_the_order() -> None:
    assert not out_of_order([module.name for module in BUILT], level_of_schema())


def test_every_folder_is_a_module_that_the_roles_know() -> None:
    folders = {folder.name for folder in MODULES.iterdir() if (folder / "module.py").exists()}
    assert {module.name for module in BUILT} == folders
    assert {module.package for module in BUILT} == {f"lingqu.modules.{name}" for name in folders}


def test_planted_disorder_is_found() -> None:
    levels = {"identity": 1, "ledger": 2, "orders": 3}
    assert out_of_order(["identity", "orders", "ledger", "gossip"], levels) == [
        "gossip is not in the order",
        "ledger after orders",
    ]
