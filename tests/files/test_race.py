"""An upload and the sweep at the same moment, in real sessions."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.files.add_file import add_file
from lingqu.modules.files.read_content import read_own_content
from lingqu.modules.files.sweep import KEPT, sweep_files, sweep_strays
from lingqu.modules.files.types import Size
from lingqu.modules.network.api import Kind, NewOrganization, add_organizations, scope_of_party
from lingqu.runtime.db import Database
from lingqu.runtime.http.route import Connection
from lingqu.runtime.objects import Objects
from tests.conftest import NOW
from tests.files.conftest import picture

LATER = NOW + KEPT + timedelta(seconds=1)


@pytest.fixture
async def open_database(fresh_database: Callable[[], str]) -> AsyncIterator[Database]:
    database = Database(fresh_database(), size=4, clock=lambda: LATER)
    await database.open()
    yield database
    await database.close()


async def _brand(database: Database) -> Scope:
    async with database.begin(now=NOW) as tx:
        (one,) = await add_organizations(
            tx, organizations=[NewOrganization(kind=Kind.BRAND, code="B", name="天润乳业", home_cell=1)]
        )
        scope = await scope_of_party(tx, actor=Actor(one.party_id), permissions=frozenset())
        assert scope is not None
        return scope


async def _readable(database: Database, scope: Scope, objects: Objects) -> None:
    """Every file that has a row has its bytes."""
    async with database.begin() as tx:
        rows = await (await tx.connection.execute("select id from files.file")).fetchall()
        assert rows
        for (file_id,) in rows:
            for size in Size:
                await read_own_content(
                    tx,
                    scope=scope,
                    objects=objects,
                    file_id=file_id,
                    size=size,
                    request=Connection("", "", None, "en"),
                )


@pytest.mark.parametrize("sweep", [sweep_files, sweep_strays])
async def test_who_uploads_while_the_sweep_takes_the_same_bytes_keeps_them(
    open_database: Database, tmp_path: Path, sweep: Callable[..., object]
) -> None:
    scope = await _brand(open_database)
    objects = Objects(tmp_path / "objects")
    async with open_database.begin(now=NOW) as tx:
        await add_file(tx, scope=scope, objects=objects, content=picture(), name="old")
        if sweep is sweep_strays:  # its row is lost, its bytes are not
            await tx.connection.execute("delete from files.file")
            await tx.connection.execute("delete from files.object")
    for file in (tmp_path / "objects").rglob("*"):
        if file.is_file():
            os.utime(file, (NOW.timestamp(), NOW.timestamp()))

    if sweep is sweep_files:
        async with open_database.begin(now=LATER) as tx:
            assert await sweep_files(tx, objects=objects), "the row goes first, its bytes in the next transaction"

    async def upload() -> None:
        async with open_database.begin(now=LATER) as tx:
            await add_file(tx, scope=scope, objects=objects, content=picture(), name="new")

    async with open_database.begin(now=LATER) as sweeping:
        await sweep(sweeping, objects=objects)  # type: ignore[misc]
        assert not [file for file in (tmp_path / "objects").rglob("*") if file.is_file()]
        uploading = asyncio.create_task(upload())
        await asyncio.sleep(0.3)
        assert not uploading.done(), "the upload waits for the sweep"
    await uploading
    await _readable(open_database, scope, objects)


async def test_the_sweep_leaves_alone_what_is_just_being_uploaded(open_database: Database, tmp_path: Path) -> None:
    scope = await _brand(open_database)
    objects = Objects(tmp_path / "objects")

    async def sweep() -> None:
        async with open_database.begin(now=LATER.replace(year=2999)) as tx:
            await sweep_strays(tx, objects=objects)

    async with open_database.begin(now=LATER) as tx:
        await add_file(tx, scope=scope, objects=objects, content=picture(), name="new")
        sweeping = asyncio.create_task(sweep())
        await asyncio.sleep(0.3)
        assert not sweeping.done(), "the sweep waits for the upload"
    await sweeping
    await _readable(open_database, scope, objects)


async def test_the_same_upload_twice_at_once_gives_one_file(open_database: Database, tmp_path: Path) -> None:
    scope = await _brand(open_database)
    objects = Objects(tmp_path / "objects")

    async def upload() -> object:
        async with open_database.begin(now=NOW) as tx:
            return (await add_file(tx, scope=scope, objects=objects, content=picture(), name="x")).id

    ids = await asyncio.gather(*(upload() for _ in range(4)))
    assert len(set(ids)) == 1
