"""No English name inside a Chinese sentence: each kind that a refusal names has its Chinese."""

import ast

from lingqu.kernel.names import is_known
from tests.architecture.house import PACKAGE, python_files

_SAYING = {"NotFound", "Stale", "CodeTaken"}


def kinds_of(tree: ast.Module) -> set[str]:
    """Find the kinds that refusals are raised with."""
    return {
        keyword.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SAYING
        for keyword in node.keywords
        if keyword.arg == "kind" and isinstance(keyword.value, ast.Constant)
    }


def test_every_kind_has_its_chinese() -> None:
    found = {(path, kind) for path, tree in python_files(PACKAGE) for kind in kinds_of(tree)}
    assert len(found) > 40
    assert not sorted((path, kind) for path, kind in found if not is_known(kind))


def test_a_planted_kind_is_found() -> None:
    assert kinds_of(ast.parse("raise NotFound(kind='gizmo', id=7)")) == {"gizmo"}
    assert not is_known("gizmo")
