"""No file of the project knows the machine it was made on, nor where its packages came from."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

_MACHINE_PATHS = re.compile(r"(?<![\w./$~<{-])/(?:home|Users|work|mnt|opt)/[\w.-]+|[A-Z]:\\\\?Users", re.ASCII)
_INDEXES = re.compile(
    r"pypi\.org/(?:simple|packages)|pythonhosted\.org|registry\.(?:npmjs|npmmirror|yarnpkg)\.|npmmirror\.com"
    r"|--(?:extra-)?index-url|--find-links|file:///|/simple/"
)
_RESOLVED = re.compile(r'"resolved"\s*:\s*"(?:https?|file)')
_NOT_OURS = {
    ".venv",
    "node_modules",
    "__pycache__",
    "dist",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
}
_TEXT_LIMIT_BYTES = 5_000_000


def faults(text: str, *, is_lock: bool) -> list[str]:
    """Name each machine path and each address of a package index."""
    found = [match[0] for match in _MACHINE_PATHS.finditer(text)] + [match[0] for match in _INDEXES.finditer(text)]
    return found + ([match[0] for match in _RESOLVED.finditer(text)] if is_lock else [])


def _tracked() -> list[Path]:
    if not (ROOT / ".git").exists():  # a checkout without its history
        return [path for path in ROOT.rglob("*") if path.is_file() and not _NOT_OURS & set(path.parts)]
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def test_no_file_knows_where_it_was_made() -> None:
    tracked = _tracked()
    assert len(tracked) > 100
    found = []
    for path in tracked:
        raw = path.read_bytes()
        if path == Path(__file__) or b"\0" in raw[:8000] or len(raw) > _TEXT_LIMIT_BYTES:
            continue
        is_lock = "lock" in path.name
        found += [f"{path.relative_to(ROOT)}: {fault}" for fault in faults(raw.decode("utf-8"), is_lock=is_lock)]
    assert not found


def test_locks_carry_hashes() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        pins = re.findall(r"^[A-Za-z0-9_.\[\]-]+==", lock.read_text(), re.MULTILINE)
        assert pins
        assert len(pins) <= lock.read_text().count("--hash=sha256:")


@pytest.mark.parametrize(
    "text",
    [
        "/home/somebody/lingqu/src",
        "open('/Users/me/x')",
        "see /work/here",
        "C:\\Users\\me",
        "--index-url https://somewhere",
        "https://registry.npmjs.org/react",
        "https://files.pythonhosted.org/packages/x.whl",
    ],
)
def test_planted_places_are_found(text: str) -> None:
    assert faults(text, is_lock=False)


def test_harmless_places_are_not_found() -> None:
    assert (
        faults("/root is 0700; /var/lib/lingqu, /tmp, ~/.local/share, $HOME/work/x, docs/work/y", is_lock=False) == []
    )
    assert faults('"resolved": "https://somewhere/react.tgz"', is_lock=True)
