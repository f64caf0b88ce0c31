from pathlib import Path

from lingqu.runtime.engines.logfile import rotate


def test_a_long_log_moves_aside_while_its_writer_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "role.log"
    with log.open("a") as writer:
        for text in ("first", "second", "third", "fourth"):
            writer.write(text)
            writer.flush()
            assert rotate(log, limit_bytes=4, kept=2)
        writer.write("last")
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {
        "role.log": "last",
        "role.log.1": "fourth",
        "role.log.2": "third",
    }


def test_a_short_log_stays(tmp_path: Path) -> None:
    log = tmp_path / "role.log"
    assert not rotate(log)
    log.write_text("text")
    assert not rotate(log, limit_bytes=4)
    assert [file.name for file in tmp_path.iterdir()] == ["role.log"]
