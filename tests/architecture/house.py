"""The house read as text: its folders, its module order, its sources."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import lingqu

ROOT = Path(__file__).parents[2]
PACKAGE = Path(lingqu.__file__).parent
MODULES = PACKAGE / "modules"


def module_layers() -> list[list[str]]:
    """Read the one order of pyproject.toml, the lowest line first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    order = next(contract for contract in contracts if contract.get("containers") == ["lingqu.modules"])
    return [[name.strip("() ") for name in line.split("|")] for line in reversed(order["layers"])]


def level_of_schema() -> dict[str, int]:
    """Tell how high each schema stands: the runtime's below every module's."""
    levels = {name: level for level, names in enumerate(module_layers(), start=1) for name in names}
    return {"runtime": 0, **levels}


def python_files(folder: Path) -> Iterator[tuple[str, ast.Module]]:
    """Give every Python file below a folder: its path from there, and its syntax tree."""
    for file in sorted(folder.rglob("*.py")):
        yield str(file.relative_to(folder)), ast.parse(file.read_text(encoding="utf-8"))


def sql_files(folder: Path) -> Iterator[tuple[str, str]]:
    """Give every SQL file below a folder: its path from there, and its text."""
    for file in sorted(folder.rglob("*.sql")):
        yield str(file.relative_to(folder)), file.read_text(encoding="utf-8")
