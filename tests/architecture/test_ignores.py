"""Every ignored lint has its reason: on its line, or in a comment right above."""

import itertools
import re

from tests.architecture.house import PACKAGE

_BARE = re.compile(r"#\s*noqa(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)?\s*$")


def bare_ignores(text: str) -> list[int]:
    """Give the lines that ignore a lint and do not say why."""
    lines = ["", *text.splitlines()]
    return [
        number
        for number, (above, line) in enumerate(itertools.pairwise(lines), start=1)
        if _BARE.search(line) and not above.lstrip().startswith("#")
    ]


def test_every_ignore_says_why() -> None:
    found = [
        f"{file.relative_to(PACKAGE)}:{number}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for number in bare_ignores(file.read_text(encoding="utf-8"))
    ]
    assert not found


def test_planted_ignores_are_found() -> None:
    mark = "# no" + "qa"
    text = f"import a  {mark}: F401\nimport b  {mark}: F401 - for its effect\n# For its effect.\nimport c  {mark}\n"
    assert bare_ignores(text) == [1]
