"""What the audit log records has a name in the console, in both languages."""

import json
import re
from pathlib import Path

import pytest

from lingqu.roles.modules import ALL

ROOT = Path(__file__).parents[2]
_KIND = re.compile(r'\.record\(\s*f?"([^"]+)"')
TEXTS = ROOT / "web" / "packages" / "i18n" / "src"


def _recorded() -> set[str]:
    found: set[str] = set()
    for file in (ROOT / "src" / "lingqu").rglob("*.py"):
        found |= set(_KIND.findall(file.read_text()))
    return {kind for kind in found if "{" not in kind} | {"distributor-territory", "dealer-territory"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_object_has_a_name(language: str) -> None:
    named = json.loads((TEXTS / language / "audit.json").read_text())["kind"]
    assert len(_recorded()) > 30
    assert _recorded() - set(named) == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_group_of_rights_has_a_name(language: str) -> None:
    named = json.loads((TEXTS / language / "roles.json").read_text())["group"]
    groups = {permission.code.partition(".")[0] for module in ALL for permission in module.permissions}
    assert groups - set(named) == set()
