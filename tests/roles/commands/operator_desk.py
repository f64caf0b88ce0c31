"""An operator who types commands into a home of its own."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

Answer = subprocess.CompletedProcess[str]


class Operator:
    """Types commands with LINGQU_HOME set."""

    def __init__(self) -> None:
        self.home = Path(tempfile.gettempdir()) / f"lingqu-test-{secrets.token_hex(4)}"

    def __call__(self, *words: str, **variables: str) -> Answer:
        return subprocess.run(
            [sys.executable, "-m", "lingqu.roles.cli", *words],
            env={**os.environ, "LINGQU_HOME": str(self.home), "COLUMNS": "200", **variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def leave(self) -> None:
        """Stop what runs and remove the home."""
        if self.home.exists():
            self("down")
        shutil.rmtree((self.home / "postgres").resolve(), ignore_errors=True)
        shutil.rmtree(self.home, ignore_errors=True)


def failure(answer: Answer) -> str:
    """Give the words of a command that failed as expected."""
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    return answer.stderr.strip()
