"""The data folder of one installation: everything Lingqu keeps lies under it."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path


class Home:
    """Where one installation keeps its data, logs, secrets and running state."""

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().absolute()
        self.postgres = self.path / "postgres"
        self.nats = self.path / "nats"
        self.log = self.path / "log"
        self.run = self.path / "run"
        self.secrets = self.path / "secrets"
        self.objects = self.path / "objects"

    @classmethod
    def find(cls, environment: Mapping[str, str] | None = None) -> "Home":
        """Find the folder an operator named in LINGQU_HOME, or the one under the user's data home."""
        source = os.environ if environment is None else environment
        if named := source.get("LINGQU_HOME"):
            return cls(Path(named))
        data_home = source.get("XDG_DATA_HOME") or "~/.local/share"
        return cls(Path(data_home) / "lingqu")

    def create(self) -> None:
        """Make the folders that are missing; those that exist keep their permissions."""
        # As root the engines run under another account, which must be able to pass through to its own folder.
        make_folder(self.path, 0o711 if os.geteuid() == 0 else 0o700)
        for folder in (self.log, self.run, self.secrets, self.nats, self.objects):
            make_folder(folder, 0o700)

    def secret(self, name: str) -> str:
        """Read a password of this installation, drawn the first time it is asked for."""
        file = self.secrets / name
        if not file.exists():
            draft = _beside(file)
            write_private(draft, secrets.token_urlsafe(24))
            try:
                # A link, unlike a rename, never replaces the secret another process drew at the same moment.
                os.link(draft, file)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return file.read_text()


def make_folder(folder: Path, mode: int) -> None:
    """Make a folder with exactly these permissions; one that is there stays as it is."""
    if not folder.is_dir():
        folder.mkdir(parents=True)
        folder.chmod(mode)


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner may read, complete or not at all."""
    draft = _beside(file)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)


def _beside(file: Path) -> Path:
    return file.with_name(f".{file.name}.{secrets.token_hex(4)}")
