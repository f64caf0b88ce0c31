"""Backup and restore as an operator does them, in real processes."""

import asyncio
import json
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import Struct

from lingqu.runtime.engines.ports import free_port
from lingqu.runtime.objects import Objects
from tests.roles.commands.operator_desk import Operator, failure


class Taken(Struct, frozen=True):
    """A backup, the archive of the log since, and an instant between the second mark and the third."""

    folder: Path
    archive: Path
    instant: str


def write(lingqu: Operator, number: int) -> None:
    written = lingqu(
        "db",
        "shell",
        "-c",
        f"""insert into runtime.audit (cell_id, id, kind, object_id, actor_name, channel, trace_id, recorded_at)
            select 1, gen_random_uuid(), 'mark', '{number}', '', '', '', now() from generate_series(1, 1000)""",
    )
    assert written.returncode == 0, written.stderr


def keep_file(lingqu: Operator, archive: Path, text: str) -> None:
    """Put an object into the store as the API does."""
    objects = Objects(lingqu.home / "objects", copies=archive / "objects")
    asyncio.run(objects.put(text.encode()))


def files(lingqu: Operator) -> set[bytes]:
    return {file.read_bytes() for file in (lingqu.home / "objects").rglob("*") if file.is_file()}


def marks(lingqu: Operator) -> list[str]:
    rows = "select distinct object_id from runtime.audit where kind = 'mark' order by 1"
    return lingqu("db", "shell", "-Atc", rows).stdout.split()


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Taken]:
    """Take a backup between the first mark and the second, and let the archive follow to the third."""
    lingqu = Operator()
    try:
        yield take(lingqu, tmp_path_factory.mktemp("taken"))
    finally:
        lingqu.leave()


def take(lingqu: Operator, place: Path) -> Taken:
    folder, archive = place / "backup", place / "archive"
    assert lingqu("init", "--cells", "6").returncode == 0
    up = lingqu("up", "--detach", "--port", str(free_port()), LINGQU_ARCHIVE=str(archive))
    assert up.returncode == 0, up.stderr
    write(lingqu, 1)
    keep_file(lingqu, archive, "a picture before the backup")
    made = lingqu("backup", str(folder))
    assert (made.returncode, made.stdout.startswith(f"{folder} holds the backup (")) == (0, True), made.stderr
    assert failure(lingqu("backup", str(folder))) == f"lingqu: {folder} is there already. Name a new folder."
    write(lingqu, 2)
    keep_file(lingqu, archive, "a picture after the backup")
    time.sleep(1.1)  # commits are timed by the server; what follows must lie clearly after them
    instant = datetime.now(UTC).isoformat()
    write(lingqu, 3)
    assert marks(lingqu) == ["1", "2", "3"], "it served all the time"
    time.sleep(1.1)  # the archive follows the log, it does not lead it
    return Taken(folder, archive, instant)


def test_a_backup_gives_the_same_installation(taken: Taken, lingqu: Operator) -> None:
    assert taken.folder.stat().st_mode & 0o077 == 0
    restored = lingqu("restore", str(taken.folder))
    assert restored.returncode == 0, restored.stderr
    up = lingqu("up", "--detach", "--port", str(free_port()))
    assert up.returncode == 0, up.stderr
    assert marks(lingqu) == ["1"]
    assert files(lingqu) == {b"a picture before the backup"}
    cells = lingqu("db", "shell", "-Atc", "select cell_count from runtime.installation")
    assert cells.stdout == "6\n"
    assert lingqu("verify").returncode == 0
    write(lingqu, 4)
    again = lingqu("restore", str(taken.folder))
    assert failure(again).endswith("is not empty. Set LINGQU_HOME to a new folder.")
    assert marks(lingqu) == ["1", "4"]


def test_the_archived_log_leads_to_any_instant_since(taken: Taken, new_operator: Callable[[], Operator]) -> None:
    for until, found in {taken.instant: ["1", "2"], "latest": ["1", "2", "3"]}.items():
        other = new_operator()
        restored = other("restore", str(taken.folder), "--until", until, "--archive", str(taken.archive))
        assert restored.returncode == 0, restored.stderr
        assert marks(other) == found
        assert files(other) == {b"a picture before the backup", b"a picture after the backup"}

    late = new_operator()
    answer = late("restore", str(taken.folder), "--until", "2999-01-01T00:00:00Z", "--archive", str(taken.archive))
    assert "recovery ended before configured recovery target was reached" in failure(answer)
    assert not late.home.exists(), "a failed restore leaves nothing"


def test_what_cannot_be_restored_is_refused_with_words(taken: Taken, lingqu: Operator, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    shutil.copytree(taken.folder, folder)
    assert failure(lingqu("restore", str(tmp_path))) == f"lingqu: {tmp_path} is not a backup of Lingqu."
    assert failure(lingqu("restore", str(folder), "--until", "latest")).startswith("lingqu: To go beyond the backup")
    noon = lingqu("restore", str(folder), "--until", "2026-11-25T12:00:00", "--archive", str(tmp_path))
    assert failure(noon).endswith("has no offset. Write it like 2026-11-25T09:30:00+08:00.")
    assert "does not hold the log since" in failure(
        lingqu("restore", str(folder), "--until", "latest", "--archive", str(tmp_path))
    )

    about = json.loads((folder / "lingqu.json").read_text())
    newer = about | {"version": "9.0", "migrations": [*about["migrations"], "orders/0999_future"]}
    (folder / "lingqu.json").write_text(json.dumps(newer))
    assert failure(lingqu("restore", str(folder))) == (
        "lingqu: The backup was made by a newer version (9.0): orders/0999_future is not known here."
    )
    (folder / "lingqu.json").write_text(json.dumps(about))

    base = folder / "base.tar.gz"
    whole = base.read_bytes()
    base.write_bytes(whole[: len(whole) // 2])
    assert failure(lingqu("restore", str(folder))).startswith(f"lingqu: The backup in {folder} is damaged: ")
    base.write_bytes(whole)
    manifest = (folder / "backup_manifest").read_text()
    listed = json.loads(manifest)["Files"][0]
    (folder / "backup_manifest").write_text(manifest.replace(listed["Checksum"], "0" * 64))
    assert failure(lingqu("restore", str(folder))).endswith(f"1 files differ, the first is {listed['Path']}")
    (folder / "backup_manifest").write_text(manifest)
    (stored,) = (file for file in (folder / "objects").rglob("*") if file.is_file())
    stored.write_bytes(b"another picture")
    assert failure(lingqu("restore", str(folder))).endswith("does not hold what its name says")
    assert not lingqu.home.exists()


def test_somebody_elses_server_is_left_alone(lingqu: Operator, tmp_path: Path) -> None:
    elsewhere = {"LINGQU_DATABASE_URL": "postgresql://127.0.0.1:1/none"}
    assert "Back it up with its own tools" in failure(lingqu("backup", str(tmp_path / "b"), **elsewhere))
    assert "Unset it to restore" in failure(lingqu("restore", str(tmp_path), **elsewhere))
