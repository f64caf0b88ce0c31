"""Checks of the books belong to their module, have names of their own, and run without being told anything."""

from collections import Counter
from collections.abc import Sequence

from lingqu.kernel.errors import Words
from lingqu.roles.modules import ALL as BUILT
from lingqu.runtime.check import Check
from lingqu.runtime.sql import Statement
from tests.architecture.house import ROOT


def faults(module: str, checks: Sequence[Check]) -> list[str]:
    """Tell what is wrong with the checks of a module."""
    twice = [name for name, count in Counter(check.name for check in checks).items() if count > 1]
    found = [f"{name} stands twice" for name in twice]
    found += [f"{check.name} is not {module}'s" for check in checks if not check.name.startswith(f"{module}.")]
    return found + [f"{check.name} asks for {', '.join(names)}" for check in checks if (names := _asks(check))]


def _asks(check: Check) -> list[str]:
    return sorted(check.statement.parameters)


def test_every_check_is_its_modules_own() -> None:
    assert not [fault for module in BUILT for fault in faults(module.name, module.checks)]


def unproven(names: Sequence[str], tests: Sequence[str]) -> list[str]:
    """Name the checks that no test mentions: nobody has seen them fail."""
    return [name for name in names if not any(f'"{name}"' in text for text in tests)]


def test_every_check_has_been_seen_to_fail() -> None:
    tests = [file.read_text(encoding="utf-8") for file in (ROOT / "tests").glob("*/test_*.py")]
    assert not unproven([check.name for module in BUILT for check in module.checks], tests)


def test_planted_unproven_checks_are_found() -> None:
    assert unproven(["stock.is-well", "stock.is-sick"], ['{"stock.is-well"}', "stock.is-sick"]) == ["stock.is-sick"]


def test_planted_checks_are_found() -> None:
    words = Words("All is well.", "一切正常。")
    good = Check("stock.is-well", Statement("stock", "well", "select 1"), words)
    asking = Check("ledger.is-well", Statement("stock", "well", "select %(now)s"), words)
    assert faults("stock", [good]) == []
    assert faults("stock", [good, good, asking]) == [
        "stock.is-well stands twice",
        "ledger.is-well is not stock's",
        "ledger.is-well asks for now",
    ]
