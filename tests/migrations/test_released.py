"""From every released schema, with its data, to head; and the version that made it serves meanwhile."""

import http.client
import os
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import psycopg
import pytest
from msgspec import json

from lingqu.roles.install import migrate_to_head
from lingqu.runtime.engines.ports import free_port
from tools.released import RELEASED, ROOT, count_rows, count_violations, keep, load, read
from tools.schema_doc import render

_READY_WITHIN_S = 30.0
_THE_RUNNERS_OWN = "runtime.migration"

releases = pytest.mark.parametrize(
    "folder", sorted(RELEASED.glob("*/")), ids=lambda folder: folder.name if isinstance(folder, Path) else None
)


def kept(counts: dict[str, int]) -> dict[str, int]:
    return {table: count for table, count in counts.items() if table != _THE_RUNNERS_OWN}


@releases
def test_a_released_schema_is_kept_whole(folder: Path, empty_database: Callable[[], str]) -> None:
    url = empty_database()
    load(folder, url)
    assert count_rows(url) == read(folder).counts
    assert sum(kept(read(folder).counts).values()) > 100


@releases
def test_a_released_schema_reaches_head_with_its_data(
    folder: Path, empty_database: Callable[[], str], database_url: str
) -> None:
    url = empty_database()
    load(folder, url)
    migrate_to_head(url, report=lambda _: None)
    before, after = kept(read(folder).counts), count_rows(url)
    follow = {"identity.role", "identity.permission"}  # the built-in ones follow the modules of this version
    assert {table: after[table] for table in before if table not in follow} == {
        table: count for table, count in before.items() if table not in follow
    }
    with psycopg.connect(url) as old, psycopg.connect(database_url) as new:
        assert render(old) == render(new), "the same schema, wherever it comes from"
    assert count_violations(url) == read(folder).violations


@releases
def test_the_version_that_made_it_serves_while_it_is_migrated(
    folder: Path, empty_database: Callable[[], str], tmp_path: Path
) -> None:
    url, release = empty_database(), read(folder)
    load(folder, url)
    with serving(sources_of(release.commit, tmp_path), url, home=tmp_path) as api:
        token = api.sign_in(release.login, release.password)
        before = {path: api.status_of(path, token) for path in api.lists()}
        assert list(before.values()).count(200) > 10, before
        migrate_to_head(url, report=lambda _: None, phases=("expand",))
        assert {path: api.status_of(path, token) for path in before} == before
        assert api.sign_in(release.login, release.password) != token, "it writes too"


def test_a_schema_is_kept_and_loaded(
    fresh_database: Callable[[], str], empty_database: Callable[[], str], tmp_path: Path
) -> None:
    source, target = fresh_database(), empty_database()
    with psycopg.connect(source) as connection:
        connection.execute("insert into identity.party values (gen_random_uuid(), 'platform', 0, '灵渠 \\ ''x''')")
    keep(source, tmp_path / "first", commit="0" * 40, login="nobody", password="")
    load(tmp_path / "first", target)
    assert count_rows(target) == count_rows(source) == read(tmp_path / "first").counts
    assert read(tmp_path / "first").counts["identity.party"] == 1
    with psycopg.connect(source) as one, psycopg.connect(target) as other:
        assert render(one) == render(other)
        name = "select name from identity.party"
        assert one.execute(name).fetchall() == other.execute(name).fetchall()


def sources_of(commit: str, folder: Path) -> Path:
    """Unpack the program of a commit."""
    archive = subprocess.run(["git", "archive", commit, "src"], cwd=ROOT, capture_output=True, check=False)
    if archive.returncode != 0:
        pytest.skip(f"this clone is too shallow for {commit[:9]}")
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as tar:
        tar.extractall(folder, filter="data")
    return folder / "src"


class Api:
    """An api process, asked over HTTP."""

    def __init__(self, port: int) -> None:
        self._port = port

    def ask(self, method: str, path: str, body: object = None, token: str = "") -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        try:
            connection.request(method, path, json.encode(body) if body is not None else None, headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def status_of(self, path: str, token: str) -> int:
        return self.ask("GET", path, token=token)[0]

    def sign_in(self, login: str, password: str) -> str:
        status, answer = self.ask("POST", "/api/v1/sessions", {"login": login, "password": password})
        assert status == 201, answer
        token: str = json.decode(answer)["token"]
        return token

    def lists(self) -> list[str]:
        """List the reads that need no id of anything."""
        paths = json.decode(self.ask("GET", "/openapi.json")[1])["paths"]
        return [path for path, methods in paths.items() if "get" in methods and "{" not in path]


@contextmanager
def serving(sources: Path, url: str, *, home: Path) -> Iterator[Api]:
    """Run the api of these sources on a database."""
    port = free_port()
    variables = {
        "PYTHONPATH": str(sources),
        "LINGQU_HOME": str(home / "home"),
        "LINGQU_DATABASE_URL": url,
        "LINGQU_NATS_URL": "nats://127.0.0.1:1",
        "LINGQU_PORT": str(port),
    }
    log = home / "api.log"
    command = [sys.executable, "-m", "lingqu.roles.api"]
    with (
        log.open("wb") as output,
        subprocess.Popen(command, env={**os.environ, **variables}, cwd=home, stdout=output, stderr=output) as process,
    ):
        try:
            _wait(process, Api(port), log)
            yield Api(port)
        finally:
            process.terminate()
            process.wait(30)


def _wait(process: subprocess.Popen[bytes], api: Api, log: Path) -> None:
    deadline = time.monotonic() + _READY_WITHIN_S
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            api.ask("GET", "/livez")
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the old version did not come up")
