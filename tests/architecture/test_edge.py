"""Only the edge commits: modules neither end a transaction nor reach for a pool or a connection of their own."""

import ast

import pytest

from lingqu.runtime.sql import split
from tests.architecture.house import MODULES, python_files, sql_files
from tests.architecture.sql_text import tokens

_ENDS = {"commit", "rollback", "begin", "transaction", "savepoint", "autocommit"}
_DOORS = {"lingqu.runtime.db", "psycopg_pool", "psycopg.connect", "asyncpg"}


def reaches(tree: ast.Module) -> list[str]:
    """Name what a module's code does that only the edge may do."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
            found += sorted(names & _DOORS)
        elif isinstance(node, ast.Import):
            found += sorted({alias.name for alias in node.names} & _DOORS)
        elif isinstance(node, ast.Attribute) and node.attr in _ENDS:
            found.append(f".{node.attr}")
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in _DOORS:
            found.append(ast.unparse(node))
    return found


def test_modules_do_not_end_transactions() -> None:
    assert not [f"{path}: {name}" for path, tree in python_files(MODULES) for name in reaches(tree)]


def test_statements_do_not_end_transactions() -> None:
    assert not [
        f"{path}: {name}"
        for path, text in sql_files(MODULES)
        if "/sql/" in path
        for name, statement in split(text, where=path)
        if _ENDS & {tokens(statement)[0]}
    ]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("await tx.connection.commit()", [".commit"]),
        ("async with tx.connection.transaction(): pass", [".transaction"]),
        ("from lingqu.runtime.db import Database", ["lingqu.runtime.db"]),
        ("from lingqu.runtime import db", ["lingqu.runtime.db"]),
        ("import psycopg_pool", ["psycopg_pool"]),
        ("import psycopg\npsycopg.connect('')", ["psycopg.connect"]),
        ("tx.emit(Committed())", []),
    ],
)
def test_planted_reaches_are_found(source: str, found: list[str]) -> None:
    assert reaches(ast.parse(source)) == found
