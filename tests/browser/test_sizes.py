"""What a visitor downloads, packed: the entry, each page on top of it, within the budget of ADR 0007."""

import gzip
import json
from collections.abc import Mapping
from typing import Any

from lingqu.roles import console

_KB = 1_000
FIRST_PAGE = 295 * _KB
TEXTS = 40 * _KB
FIRST_LIST = 420 * _KB
LAZY_ROUTE = 220 * _KB
_SHELL = ("src/app/shell/layout.tsx", "src/features/orders/pages/orders.tsx")

Manifest = Mapping[str, Mapping[str, Any]]


def _closure(manifest: Manifest, *starts: str) -> set[str]:
    found: set[str] = set()
    left = list(starts)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += manifest[name].get("imports", [])
    return {manifest[name]["file"] for name in found if manifest[name]["file"].endswith(".js")}


def test_the_console_stays_within_its_budget() -> None:
    folder = console.folder()
    assert folder is not None, "the console is not built; say: make console"
    manifest: Manifest = json.loads((folder / ".vite" / "manifest.json").read_text())
    packed = {
        file.relative_to(folder).as_posix(): len(gzip.compress(file.read_bytes(), 9)) for file in folder.rglob("*.js")
    }
    (entry,) = [name for name, part in manifest.items() if part.get("isEntry")]
    language = next(name for name in manifest if name.endswith("zh/index.ts"))
    house = next(name for name in manifest if name.endswith("zh/house.ts"))
    first = _closure(manifest, entry, language)
    assert sum(packed[file] for file in first) < FIRST_PAGE
    assert packed[manifest[house]["file"]] < TEXTS
    assert sum(packed[file] for file in first | _closure(manifest, house, *_SHELL)) < FIRST_LIST
    routes = [name for name, part in manifest.items() if part.get("isDynamicEntry")]
    assert len(routes) > 15
    heavy = {name: sum(packed[file] for file in _closure(manifest, name) - first) for name in routes}
    assert {name: size for name, size in heavy.items() if size > LAZY_ROUTE} == {}
