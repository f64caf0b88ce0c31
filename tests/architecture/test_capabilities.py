"""docs/capabilities.md lists every capability once and names a proof for each claim."""

import re
from collections.abc import Sequence
from pathlib import Path

from tests.architecture.house import ROOT

_FILE = ROOT / "docs" / "capabilities.md"
_COUNTS = {"A": 11, "B": 5, "C": 5, "D": 4, "E": 4, "F": 7, "G": 4, "H": 5}
_STATES = {"works", "part", "none"}
_COLUMNS = 7
_LINK = re.compile(r"\]\(([^)#]+)\)")


def rows(text: str) -> list[list[str]]:
    """Read the rows of the tables: id, capability, state, what works, where, proof, missing."""
    lines = [line for line in text.splitlines() if re.match(r"\| [A-H]\d", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def faults(row: Sequence[str], folder: Path) -> list[str]:
    """Tell what is wrong with a row."""
    if len(row) != _COLUMNS:
        return [f"{len(row)} columns"]
    _, _, state, works, _, proof, missing = row
    found = [] if state in _STATES else [f"unknown state {state}"]
    links = _LINK.findall(proof)
    if state in {"works", "part"} and not (works and links):
        found.append("a claim without proof")
    if state in {"part", "none"} and not missing:
        found.append("does not say what is missing")
    if state == "none" and (works or proof):
        found.append("not begun, yet something works")
    return found + [f"{link} is not there" for link in links if not (folder / link).exists()]


def test_every_capability_stands_once() -> None:
    expected = [f"{letter}{number}" for letter, count in _COUNTS.items() for number in range(1, count + 1)]
    assert [row[0] for row in rows(_FILE.read_text(encoding="utf-8"))] == expected


def test_every_claim_has_its_proof() -> None:
    found = rows(_FILE.read_text(encoding="utf-8"))
    assert not [f"{row[0]}: {fault}" for row in found for fault in faults(row, _FILE.parent)]


def test_planted_claims_are_found(tmp_path: Path) -> None:
    (tmp_path / "proof.py").touch()
    good = "| A1 | Network | part | logins | page | [proof](proof.py) | the rest |"
    assert [faults(row, tmp_path) for row in rows(good)] == [[]]
    bad = {
        "| A1 | Network | done | logins | page | [proof](proof.py) | |": ["unknown state done"],
        "| A1 | Network | works | logins | page | see tests | |": ["a claim without proof"],
        "| A1 | Network | works | logins | page | [proof](gone.py) | |": ["gone.py is not there"],
        "| A1 | Network | part | logins | page | [proof](proof.py) | |": ["does not say what is missing"],
        "| A1 | Network | none | logins | | | all |": ["not begun, yet something works"],
        "| A1 | Network | none |": ["3 columns"],
    }
    assert [faults(row, tmp_path) for line in bad for row in rows(line)] == list(bad.values())
