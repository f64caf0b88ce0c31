"""What other people call is explained: public functions of the kernel, of each ``api`` and of each module's rules."""

import ast
import importlib
import inspect
from collections.abc import Iterator

from tests.architecture.house import MODULES, PACKAGE, python_files


def silent_functions(tree: ast.Module) -> list[str]:
    """Name the public functions and methods of a source that have no docstring."""
    return [
        node.name
        for body in [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
        for node in body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]


def _exported() -> Iterator[tuple[str, object]]:
    for folder in sorted(MODULES.iterdir()):
        if (folder / "api.py").exists():
            api = importlib.import_module(f"lingqu.modules.{folder.name}.api")
            yield from ((f"{folder.name}.{name}", getattr(api, name)) for name in api.__all__)


def test_the_kernel_explains_its_functions() -> None:
    found = list(python_files(PACKAGE / "kernel"))
    assert len(found) > 5
    assert not [f"{path}: {name}" for path, tree in found for name in silent_functions(tree)]


def test_each_api_explains_its_functions() -> None:
    assert not [name for name, thing in _exported() if inspect.isroutine(thing) and not inspect.getdoc(thing)]


def test_each_rule_explains_itself() -> None:
    rules = [(path, tree) for path, tree in python_files(MODULES) if path.endswith("/rules.py")]
    assert not [f"{path}: {name}" for path, tree in rules for name in silent_functions(tree)]


def test_planted_silence_is_found() -> None:
    source = 'def a(): ...\ndef _b(): ...\ndef c():\n    """Speak."""\nclass D:\n    async def e(self): ...'
    assert silent_functions(ast.parse(source)) == ["a", "e"]
