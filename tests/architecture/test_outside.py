"""The clock, chance and the environment belong to kernel, runtime and roles; modules are given ``now``."""

import ast

import pytest

from tests.architecture.house import MODULES, python_files, sql_files
from tests.architecture.sql_text import tokens

_IMPORTS = {"time", "random", "secrets", "os", "socket", "platform", "lingqu.kernel.clock.system_clock"}
_CALLS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now", "datetime.date.today",
    "uuid.uuid1", "uuid.uuid4", "uuid1", "uuid4",
}  # fmt: skip
_SQL_FUNCTIONS = {
    "now", "clock_timestamp", "statement_timestamp", "transaction_timestamp", "timeofday", "random", "gen_random_uuid",
    "uuidv4", "uuidv7", "setseed",
}  # fmt: skip
_SQL_WORDS = {"current_date", "current_time", "current_timestamp", "localtime", "localtimestamp"}


def outside_in_python(tree: ast.Module) -> list[str]:
    """Name what reads the clock, chance or the environment."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
            found += sorted(names & _IMPORTS)
        elif isinstance(node, ast.Import):
            found += sorted({alias.name for alias in node.names} & _IMPORTS)
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name in _CALLS or (name == "uuid7" and "at" not in {keyword.arg for keyword in node.keywords}):
                found.append(f"{name}()")
    return found


def outside_in_sql(text: str) -> list[str]:
    """Name the functions by which a statement or a body would read the server's clock or chance."""
    words = tokens(text.replace("$$", " "))
    called = [
        word for word, after in zip(words, [*words[1:], ""], strict=True) if after == "(" and word in _SQL_FUNCTIONS
    ]
    return called + [word for word in words if word in _SQL_WORDS]


def test_modules_are_given_the_present() -> None:
    assert not [f"{path}: {name}" for path, tree in python_files(MODULES) for name in outside_in_python(tree)]


def test_sql_is_given_the_present() -> None:
    found = list(sql_files(MODULES))
    assert found
    assert not [f"{path}: {name}" for path, text in found for name in outside_in_sql(text)]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import os", ["os"]),
        ("from datetime import datetime\ndatetime.now(UTC)", ["datetime.now()"]),
        ("from lingqu.kernel.clock import system_clock", ["lingqu.kernel.clock.system_clock"]),
        ("from uuid import UUID, uuid4\nuuid4()", ["uuid4()"]),
        ("uuid7()", ["uuid7()"]),
        ("uuid7(at=tx.now)\nfrom lingqu.kernel.clock import business_date", []),
    ],
)
def test_planted_looks_outside_are_found(source: str, found: list[str]) -> None:
    assert outside_in_python(ast.parse(source)) == found


def test_planted_clocks_in_sql_are_found() -> None:
    text = """-- now() is harmless in a comment
    create table stock.x (id uuid default gen_random_uuid(), at timestamptz default now(), now int);
    create function stock.f_v1() returns date language plpgsql as $$ begin return current_date; end $$;
    select 'now()'"""
    assert outside_in_sql(text) == ["gen_random_uuid", "now", "current_date"]
