"""The anatomy of a module and the size of a file."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.house import MODULES, ROOT

_NAMELESS = {"service", "services", "util", "utils", "helper", "helpers", "manager", "exceptions", "misc", "common"}
_LONGEST = 400
_SOURCES = {".py", ".sql", ".ts", ".tsx", ".css", ".js"}
_NOT_OURS = {"node_modules", ".venv", "dist", "__pycache__"}
_GENERATED = {"schema.ts", "schema.d.ts"}


def nameless(names: Iterator[str]) -> list[str]:
    """Name the files whose name says nothing of what they hold."""
    return [name for name in names if Path(name).stem in _NAMELESS]


def faults_of_init(source: str) -> list[str]:
    """Tell what is wrong with a bounded context's ``__init__.py``: a docstring and nothing else."""
    tree = ast.parse(source)
    if ast.get_docstring(tree) is None:
        return ["no docstring"]
    return ["code"] if tree.body[1:] else []


def faults_of_api(source: str) -> list[str]:
    """Tell what is wrong with an ``api.py``: it re-exports, names what it does in ``__all__``, and does nothing."""
    tree = ast.parse(source)
    exported = [
        node for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    rest = [node for node in tree.body if not isinstance(node, ast.Import | ast.ImportFrom | ast.Expr)]
    found = [] if exported else ["no __all__"]
    return found + [f"line {node.lineno} is no re-export" for node in rest if node not in exported]


def too_long(text: str) -> bool:
    """Tell whether a file is longer than a reader keeps in mind."""
    return text.count("\n") > _LONGEST


def _sources() -> Iterator[Path]:
    for top in ("src", "tests", "tools", "web", "bench"):
        for path in (ROOT / top).rglob("*"):
            if path.suffix in _SOURCES and not _NOT_OURS & set(path.parts) and path.name not in _GENERATED:
                yield path


def _contexts() -> list[Path]:
    return sorted(folder for folder in MODULES.iterdir() if (folder / "module.py").exists())


def test_every_file_is_named_for_what_it_holds() -> None:
    assert not nameless(str(path.relative_to(ROOT)) for path in (ROOT / "src").rglob("*.py"))


def test_no_file_is_too_long() -> None:
    sources = list(_sources())
    assert len(sources) > 80
    assert not [str(path.relative_to(ROOT)) for path in sources if too_long(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("folder", _contexts(), ids=lambda folder: folder.name)
def test_a_context_says_what_it_is(folder: Path) -> None:
    source = (folder / "__init__.py").read_text(encoding="utf-8")
    assert not faults_of_init(source)
    assert re.search(r"^(Owns|Owned tables): ", source, re.MULTILINE)
    assert "Invariants: " in source


@pytest.mark.parametrize("folder", [f for f in _contexts() if (f / "api.py").exists()], ids=lambda folder: folder.name)
def test_an_api_only_re_exports(folder: Path) -> None:
    assert not faults_of_api((folder / "api.py").read_text(encoding="utf-8"))


def test_planted_faults_are_found() -> None:
    assert nameless(iter(["modules/stock/utils.py", "modules/stock/reserve.py"])) == ["modules/stock/utils.py"]
    assert too_long("\n" * 401)
    assert not too_long("\n" * 400)
    assert faults_of_init('"""Stock."""') == []
    assert faults_of_init("import os") == ["no docstring"]
    assert faults_of_init('"""Stock."""\nimport os') == ["code"]
    assert faults_of_api('"""Door."""\nfrom a import b\n__all__ = ["b"]') == []
    assert faults_of_api("def free() -> int: ...") == ["no __all__", "line 1 is no re-export"]
