"""Named SQL: statements live in ``sql/*.sql`` beside their module and are reached by name.

A file holds several statements; each begins with a line ``-- name: find_organization``; comment lines right
after it are its documentation. Parameters are written ``%(name)s``.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import LiteralString

from msgspec import Struct

_NAME = re.compile(r"^-- name: (?P<name>[a-z][a-z0-9_]*)\s*$", re.MULTILINE)
_PARAMETER = re.compile(r"%\((?P<name>[a-z_][a-z0-9_]*)\)s")


class Statement(Struct, frozen=True):
    """One statement and where it stands; ``text`` comes from a file of this package, never from a caller."""

    package: str
    name: str
    text: LiteralString

    @property
    def parameters(self) -> frozenset[str]:
        """Names of the parameters the text asks for."""
        return frozenset(_PARAMETER.findall(self.text))


class Statements(Mapping[str, Statement]):
    """The statements of one package by name. A wrong name fails when the module is imported, not in production."""

    def __init__(self, package: str, by_name: Mapping[str, Statement]) -> None:
        self.package = package
        self._by_name = by_name

    def __getitem__(self, name: str) -> Statement:
        try:
            return self._by_name[name]
        except KeyError:
            raise KeyError(f"{self.package} has no SQL statement named {name}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)


@cache
def statements(package: str) -> Statements:
    """Load the statements of ``package``'s folder ``sql``, once a process.

    Raises: ValueError if a file has text before its first name, or a name stands twice.
    """
    found: dict[str, Statement] = {}
    folder = files(package) / "sql"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".sql"):
            continue
        for name, text in split(file.read_text(encoding="utf-8"), where=f"{package}/{file.name}"):
            if name in found:
                raise ValueError(f"{package}: the statement {name} stands twice")
            found[name] = Statement(package, name, text)
    return Statements(package, found)


def split(source: str, *, where: str) -> list[tuple[str, str]]:
    """Cut a file into (name, text) pairs.

    Raises: ValueError if anything but blank lines stands before the first name.
    """
    marks = list(_NAME.finditer(source))
    head = source[: marks[0].start()] if marks else source
    if head.strip():
        raise ValueError(f"{where}: text before the first '-- name:' line")
    ends = [*(mark.start() for mark in marks), len(source)][1:]
    return [(mark["name"], source[mark.end() : end].strip().rstrip(";")) for mark, end in zip(marks, ends, strict=True)]
