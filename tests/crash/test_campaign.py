"""`lingqu bench crash`: kills of every kind of process under load lose nothing, double nothing, leave nothing half."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from lingqu.roles.bench.crash.killer import VICTIMS

# A message that a killed worker held comes back after a minute; the rest is short.
_WITHIN_S = 600


def leftovers() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("lingqu-bench-*"))


def test_every_kind_of_process_is_killed_and_everything_stands_once(capsys: pytest.CaptureFixture[str]) -> None:
    before = leftovers()
    ended = subprocess.run(
        [sys.executable, "-m", "lingqu.roles.cli", "bench", "crash", "--kills", str(len(VICTIMS))],
        capture_output=True,
        text=True,
        check=False,
        timeout=_WITHIN_S,
    )
    with capsys.disabled():
        print(f"\n{ended.stdout}")  # noqa: T201 - the seed is needed to fight the campaign again
    assert ended.returncode == 0, ended.stdout + ended.stderr
    facts = json.loads(ended.stdout.splitlines()[-1])
    assert facts["kills"] == len(VICTIMS)
    assert all(f": {victim}, " in ended.stdout for victim in VICTIMS), "each of them was killed"
    assert facts["in_flight_least"] > 0
    assert facts["acknowledged"] > 100
    assert (facts["lost"], facts["doubled"], facts["ok"]) == (0, 0, True)
    assert leftovers() <= before, "the installation it made is gone"
