"""Backup and restore as an operator does them, in real processes."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from lingqu.runtime.engines.ports import free_port
from tests.roles.commands.operator_desk import Operator, failure


def write(lingqu: Operator, number: int) -> None:
    written = lingqu(
        "db",
        "shell",
        "-c",
        f"""insert into runtime.audit (cell_id, id, kind, object_id, actor_name, channel, trace_id, recorded_at)
            select 1, gen_random_uuid(), 'mark', '{number}', '', '', '', now() from generate_series(1, 1000)""",
    )
    assert written.returncode == 0, written.stderr


def marks(lingqu: Operator) -> list[str]:
    rows = "select distinct object_id from runtime.audit where kind = 'mark' order by 1"
    return lingqu("db", "shell", "-Atc", rows).stdout.split()


def test_a_backup_taken_while_serving_gives_the_same_installation(
    lingqu: Operator, new_operator: Callable[[], Operator], tmp_path: Path
) -> None:
    folder = tmp_path / "backup"
    assert lingqu("init", "--cells", "6").returncode == 0
    assert lingqu("up", "--detach", "--port", str(free_port())).returncode == 0
    write(lingqu, 1)
    made = lingqu("backup", str(folder))
    assert (made.returncode, made.stdout.startswith(f"{folder} holds the backup (")) == (0, True), made.stderr
    assert folder.stat().st_mode & 0o077 == 0
    assert failure(lingqu("backup", str(folder))) == f"lingqu: {folder} is there already. Name a new folder."
    write(lingqu, 2)

    second = new_operator()
    restored = second("restore", str(folder))
    assert restored.returncode == 0, restored.stderr
    assert marks(second) == ["1"]
    assert marks(lingqu) == ["1", "2"], "the first one goes on"
    cells = second("db", "shell", "-Atc", "select cell_count from runtime.installation")
    assert cells.stdout == "6\n"
    up = second("up", "--detach", "--port", str(free_port()))
    assert up.returncode == 0, up.stderr
    assert second("verify").returncode == 0
    write(second, 3)
    assert failure(second("restore", str(folder))).endswith("is not empty. Set LINGQU_HOME to a new folder.")


def test_the_archived_log_leads_to_any_instant_since(
    lingqu: Operator, new_operator: Callable[[], Operator], tmp_path: Path
) -> None:
    folder, archive = tmp_path / "backup", tmp_path / "archive"
    lingqu("init")
    up = lingqu("up", "--detach", "--port", str(free_port()), LINGQU_ARCHIVE=str(archive))
    assert up.returncode == 0, up.stderr
    write(lingqu, 1)
    assert lingqu("backup", str(folder)).returncode == 0
    write(lingqu, 2)
    time.sleep(1.1)  # the log's commit times and the command line's answer may differ within a second
    instant = datetime.now(UTC).isoformat()
    write(lingqu, 3)
    time.sleep(1.1)  # the archive follows the log, it does not lead it
    lingqu("down")

    expected = {None: ["1"], instant: ["1", "2"], "latest": ["1", "2", "3"]}
    for until, found in expected.items():
        other = new_operator()
        options = [] if until is None else ["--until", until, "--archive", str(archive)]
        restored = other("restore", str(folder), *options)
        assert restored.returncode == 0, restored.stderr
        assert marks(other) == found

    late = new_operator()
    answer = late("restore", str(folder), "--until", "2999-01-01T00:00:00Z", "--archive", str(archive))
    assert "recovery ended before configured recovery target was reached" in failure(answer)
    assert not late.home.exists(), "a failed restore leaves nothing"


def test_what_cannot_be_restored_is_refused_with_words(
    lingqu: Operator, new_operator: Callable[[], Operator], tmp_path: Path
) -> None:
    folder = tmp_path / "backup"
    lingqu("init")
    assert lingqu("backup", str(folder)).returncode == 0, "it starts the database for one command"
    other = new_operator()
    assert failure(other("restore", str(tmp_path))) == f"lingqu: {tmp_path} is not a backup of Lingqu."
    assert failure(other("restore", str(folder), "--until", "latest")).startswith("lingqu: To go beyond the backup")
    noon = other("restore", str(folder), "--until", "2026-11-25T12:00:00", "--archive", str(tmp_path))
    assert failure(noon).endswith("has no offset. Write it like 2026-11-25T09:30:00+08:00.")
    assert "does not hold the log since" in failure(
        other("restore", str(folder), "--until", "latest", "--archive", str(tmp_path))
    )

    about = json.loads((folder / "lingqu.json").read_text())
    newer = about | {"version": "9.0", "migrations": [*about["migrations"], "orders/0999_future"]}
    (folder / "lingqu.json").write_text(json.dumps(newer))
    assert failure(other("restore", str(folder))) == (
        "lingqu: The backup was made by a newer version (9.0): orders/0999_future is not known here."
    )
    (folder / "lingqu.json").write_text(json.dumps(about))

    base = folder / "base.tar.gz"
    whole = base.read_bytes()
    base.write_bytes(whole[: len(whole) // 2])
    assert failure(other("restore", str(folder))).startswith(f"lingqu: The backup in {folder} is damaged: ")
    base.write_bytes(whole)
    manifest = (folder / "backup_manifest").read_text()
    listed = json.loads(manifest)["Files"][0]
    (folder / "backup_manifest").write_text(manifest.replace(listed["Checksum"], "0" * 64))
    assert failure(other("restore", str(folder))).endswith(f"1 files differ, the first is {listed['Path']}")
    assert not other.home.exists()


def test_somebody_elses_server_is_left_alone(lingqu: Operator, tmp_path: Path) -> None:
    elsewhere = {"LINGQU_DATABASE_URL": "postgresql://127.0.0.1:1/none"}
    assert "Back it up with its own tools" in failure(lingqu("backup", str(tmp_path / "b"), **elsewhere))
    assert "Unset it to restore" in failure(lingqu("restore", str(tmp_path), **elsewhere))
