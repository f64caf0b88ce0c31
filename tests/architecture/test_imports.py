"""Roles stand on modules, modules on the runtime, the runtime on the kernel; modules meet only at api and events."""

from pathlib import Path

import grimp
import pytest

from tests.architecture.house import MODULES

_DOORS = {"api", "events"}
_FLOORS = ("roles", {"modules", "adapters"}, "runtime", "kernel")


def trespasses(graph: grimp.ImportGraph, root: str) -> list[str]:
    """Name every import that enters another module by anything but its doors."""
    found = []
    for importer in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            owner, guest = _module_of(imported, root), _module_of(importer, root)
            if owner is None or guest is None or owner == guest:
                continue
            if imported.removeprefix(f"{root}.modules.{owner}").strip(".") not in _DOORS:
                found.append(f"{importer} -> {imported}")
    return found


def climbs(graph: grimp.ImportGraph, root: str) -> list[str]:
    """Name every package that imports from a floor above its own."""
    floors = [
        grimp.Layer(*floor, independent=True) if isinstance(floor, set) else grimp.Layer(floor) for floor in _FLOORS
    ]
    broken = graph.find_illegal_dependencies_for_layers(layers=floors, containers={root})
    return sorted(f"{dependency.importer} -> {dependency.imported}" for dependency in broken)


def _module_of(name: str, root: str) -> str | None:
    parts = name.removeprefix(f"{root}.modules.").split(".")
    return parts[0] if name.startswith(f"{root}.modules.") else None


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("lingqu", cache_dir=None)


def test_modules_meet_only_at_their_doors(graph: grimp.ImportGraph) -> None:
    assert not trespasses(graph, "lingqu")


def test_no_floor_imports_from_above(graph: grimp.ImportGraph) -> None:
    assert not climbs(graph, "lingqu")


def test_every_module_is_in_the_graph(graph: grimp.ImportGraph) -> None:
    folders = {f"lingqu.modules.{folder.name}" for folder in MODULES.iterdir() if (folder / "__init__.py").exists()}
    assert folders
    assert folders <= graph.modules


def test_planted_trespasses_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = tmp_path / "planted_house"
    for path, text in {
        "modules/low/api.py": "",
        "modules/low/reserve.py": "import planted_house.roles.cli",
        "modules/high/place.py": "from planted_house.modules.low import reserve\nimport planted_house.modules.low.api",
        "runtime/db.py": "import planted_house.modules.low.api",
        "kernel/ids.py": "",
        "adapters/sms.py": "",
        "roles/cli.py": "import planted_house.modules.high.place",
    }.items():
        file = house / path
        for folder in (house, *reversed([parent for parent in file.parents if house in parent.parents])):
            folder.mkdir(exist_ok=True)
            (folder / "__init__.py").touch()
        file.write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    graph = grimp.build_graph("planted_house", cache_dir=None)
    assert trespasses(graph, "planted_house") == [
        "planted_house.modules.high.place -> planted_house.modules.low.reserve"
    ]
    assert climbs(graph, "planted_house") == [
        "planted_house.modules -> planted_house.roles",
        "planted_house.runtime -> planted_house.modules",
    ]
