"""Links between the project's own documents lead somewhere."""

import re
from pathlib import Path

from tests.architecture.house import ROOT

_LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")


def dead_links(file: Path) -> list[str]:
    """Name the links of a document whose target is not there."""
    found = _LINK.findall(file.read_text(encoding="utf-8"))
    return [link for link in found if not (file.parent / link).exists()]


def test_links_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert len(documents) > 10
    assert not [f"{file.relative_to(ROOT)}: {link}" for file in documents for link in dead_links(file)]


def test_every_decision_is_in_the_index() -> None:
    index = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    assert not [file.name for file in (ROOT / "docs" / "adr").glob("0*.md") if f"({file.name})" not in index]


def test_planted_dead_links_are_found(tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    document.write_text("[here](a.md#part) [there](b.md) [out](https://example.org)")
    assert dead_links(document) == ["b.md"]
