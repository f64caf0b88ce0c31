"""Each known pain of the peers that the product claims not to have is a test, and docs/pains.md says which."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FILE = re.compile(r"test_pain_(?P<number>\d\d)_[a-z0-9_]+\.py")
_ROW = re.compile(r"^\| (?P<number>\d+) \| (?P<words>[^|]+) \| (?P<proof>[^|]+) \|(?P<open>[^|]*)\|$", re.MULTILINE)
_LINK = re.compile(r"\]\(\.\./(?P<path>tests/[^)]+)\)")

CLAIMED = {1, 2, 3, 4, 5, 6, 7, 8, 24, 25, 33, 34, 35, 36, 39, 40, 41, 43, 47, 48}
"""The pains of trade: orders, stock, money. A module that answers more adds their numbers."""
NOT_BUILT: set[int] = set()
"""Those whose capability is not there yet."""


def _tested() -> dict[int, str]:
    names = [file.name for file in (ROOT / "tests/pains").glob("test_pain_*.py")]
    found = {int(match["number"]): name for name in names if (match := _FILE.fullmatch(name))}
    assert len(found) == len(names), "a pain has one file, with its number and words in its name"
    return found


def _listed() -> dict[int, re.Match[str]]:
    return {int(row["number"]): row for row in _ROW.finditer((ROOT / "docs/pains.md").read_text(encoding="utf-8"))}


def test_every_claimed_pain_has_its_test() -> None:
    assert _tested().keys() == CLAIMED - NOT_BUILT


def test_every_pain_is_listed_with_its_test_or_what_is_missing() -> None:
    tested, listed = _tested(), _listed()
    assert listed.keys() == CLAIMED
    for number, row in listed.items():
        links = _LINK.findall(row["proof"])
        if number in NOT_BUILT:
            assert not links
            assert row["open"].strip()
            continue
        assert f"tests/pains/{tested[number]}" in links
        assert all((ROOT / link).is_file() for link in links)


def test_each_test_says_its_number_and_where_the_pain_was_felt() -> None:
    for number, name in _tested().items():
        text = (ROOT / "tests/pains" / name).read_text(encoding="utf-8")
        assert text.startswith(f'"""Pain {number}: '), name
        assert "def test_" in text, name
