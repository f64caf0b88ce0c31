"""Named statements: found by name, or a clear word at import."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lingqu.runtime.sql import split, statements


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], str]:
    def make(files: dict[str, str]) -> str:
        name = f"named_sql_{len(sys.modules)}"
        folder = tmp_path / name / "sql"
        folder.mkdir(parents=True)
        (tmp_path / name / "__init__.py").write_text("")
        for file, text in files.items():
            (folder / file).write_text(text)
        monkeypatch.syspath_prepend(str(tmp_path))
        return name

    return make


def test_statements_are_found_over_all_files(package: Callable[[dict[str, str]], str]) -> None:
    sql = statements(
        package(
            {
                "a.sql": "-- name: one\n-- says one\nselect 1;\n\n-- name: two\nselect %(x)s + %(y)s + %(x)s\n",
                "b.sql": "-- name: three\nselect 3",
                "notes.txt": "not SQL",
            }
        )
    )
    assert list(sql) == ["one", "two", "three"]
    assert sql["one"].text == "-- says one\nselect 1"
    assert sql["two"].parameters == {"x", "y"}
    assert len(sql) == 3
    with pytest.raises(KeyError, match="has no SQL statement named four"):
        sql["four"]


def test_a_name_that_stands_twice_is_refused(package: Callable[[dict[str, str]], str]) -> None:
    with pytest.raises(ValueError, match="one stands twice"):
        statements(package({"a.sql": "-- name: one\nselect 1", "b.sql": "-- name: one\nselect 1"}))


@pytest.mark.parametrize("source", ["select 1", "select 0;\n-- name: one\nselect 1"])
def test_text_before_the_first_name_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r"a\.sql: text before"):
        split(source, where="a.sql")


def test_blank_lines_are_nothing() -> None:
    assert split("\n\n", where="a.sql") == []
