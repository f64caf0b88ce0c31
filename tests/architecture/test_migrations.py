"""Migrations: numbered without gaps, with a phase, and an expanding one takes nothing from the version that serves."""

import re
from collections import defaultdict
from collections.abc import Sequence

import pytest

from lingqu.roles.modules import migrations
from tests.architecture.house import PACKAGE, sql_files
from tests.architecture.sql_text import tokens

_TAKES = (
    ("drop", "table"), ("drop", "column"), ("drop", "schema"), ("drop", "function"), ("rename", "to"),
    ("rename", "column"), ("set", "not"), ("truncate",), ("drop", "view"),
)  # fmt: skip


def gaps(numbers: dict[str, Sequence[int]]) -> list[str]:
    """Name the modules whose migrations are not numbered 1, 2, 3 …, each once."""
    return [module for module, found in numbers.items() if list(found) != list(range(1, len(found) + 1))]


def takes(text: str) -> list[str]:
    """Name what an expanding migration takes away from the version that still serves."""
    words = tokens(text)
    return [" ".join(form) for form in _TAKES if _has(words, form)]


def _has(words: Sequence[str], form: Sequence[str]) -> bool:
    return any(tuple(words[i : i + len(form)]) == tuple(form) for i in range(len(words)))


def test_every_file_is_a_migration_with_a_phase() -> None:
    files = [path for path, _ in sql_files(PACKAGE) if "migrations" in path.split("/")]
    assert len(migrations()) == len(files) > 5


def test_the_numbers_have_no_gaps() -> None:
    numbers = defaultdict(list)
    for migration in migrations():
        numbers[migration.module].append(migration.number)
    assert not gaps(numbers)


def test_expanding_migrations_take_nothing_away() -> None:
    expanding = [migration for migration in migrations() if migration.phase == "expand"]
    assert expanding
    assert not [f"{found.module}/{found.name}: {fault}" for found in expanding for fault in takes(found.text)]


def test_each_migration_tells_why_it_is_there() -> None:
    lines = {f"{found.module}/{found.name}": found.text.splitlines()[1:2] for found in migrations()}
    assert not [name for name, line in lines.items() if not re.match(r"-- \w", "".join(line))]


def test_planted_faults_are_found() -> None:
    assert gaps({"stock": [1, 2], "ledger": [1, 3], "orders": [1, 1]}) == ["ledger", "orders"]
    assert takes("alter table x drop column y; alter table x rename to z") == ["drop column", "rename to"]
    assert takes("create table x (id int not null); -- drop table x") == []


@pytest.mark.parametrize("form", _TAKES)
def test_each_form_that_takes_is_found(form: tuple[str, ...]) -> None:
    assert takes(f"alter table x {' '.join(form)} y") == [" ".join(form)]
