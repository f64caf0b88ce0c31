from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import NotFound, Unavailable
from lingqu.modules.files import add_file as adding
from lingqu.modules.files.add_file import TooManyFree, add_file
from lingqu.modules.files.checks import CHECKS
from lingqu.modules.files.make_picture import NotAPicture
from lingqu.modules.files.read_content import read_own_content
from lingqu.modules.files.sweep import sweep_files, sweep_strays
from lingqu.modules.files.types import Size
from lingqu.modules.files.use_file import end_use, find_own_file, use_files
from lingqu.runtime.check import run_checks
from lingqu.runtime.http.route import Connection
from lingqu.runtime.object_files import write_object
from lingqu.runtime.objects import Objects
from lingqu.runtime.tx import Tx
from tests.files.conftest import picture, stored

DAY = timedelta(days=1, seconds=1)
FROM_ANYWHERE = Connection("", "", None, "en")


async def test_an_upload_is_read_back_by_its_owner_only(tx: Tx, brands: SimpleNamespace, objects: Objects) -> None:
    file = await add_file(tx, scope=brands.brand, objects=objects, content=picture(), name="牛奶.png")
    assert (file.name, file.width, file.height) == ("牛奶.png", 64, 48)
    answers = [
        await read_own_content(
            tx, scope=brands.brand, objects=objects, file_id=file.id, size=size, request=FROM_ANYWHERE
        )
        for size in Size
    ]
    assert all(answer.body[:4] == b"RIFF" and answer.content_type == "image/webp" for answer in answers)
    headers = answers[0].headers
    assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"].startswith("inline; ")
    assert headers["Content-Disposition"].endswith("%E7%89%9B%E5%A5%B6.webp")
    assert [change.kind for change in tx.changes] == ["file"]
    with pytest.raises(NotFound):
        await read_own_content(
            tx, scope=brands.other, objects=objects, file_id=file.id, size=Size.FULL, request=FROM_ANYWHERE
        )
    with pytest.raises(NotFound):
        await find_own_file(tx, scope=brands.other, file_id=file.id)


async def test_who_has_the_bytes_gets_none_again(tx: Tx, brands: SimpleNamespace, objects: Objects) -> None:
    file = await add_file(tx, scope=brands.brand, objects=objects, content=picture(), name="x")
    given = {"scope": brands.brand, "objects": objects, "file_id": file.id, "size": Size.FULL}
    first = await read_own_content(tx, **given, request=FROM_ANYWHERE)
    again = await read_own_content(
        tx, **given, request=Connection("", "", None, "en", if_none_match=first.headers["ETag"])
    )
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", first.headers["ETag"])


async def test_the_same_bytes_give_the_same_file_to_one_owner_and_another_to_others(
    tx: Tx, brands: SimpleNamespace, objects: Objects, tmp_path: Path
) -> None:
    first = await add_file(tx, scope=brands.brand, objects=objects, content=picture(), name="a")
    lain = stored(tmp_path)
    again = await add_file(tx, scope=brands.brand, objects=objects, content=picture(), name="b")
    assert again == first
    foreign = await add_file(tx, scope=brands.other, objects=objects, content=picture(), name="c")
    assert foreign.id != first.id
    assert stored(tmp_path) == lain, "the bytes lie there once"


async def test_what_is_refused_leaves_nothing(
    tx: Tx, brands: SimpleNamespace, objects: Objects, tmp_path: Path
) -> None:
    with pytest.raises(NotAPicture):
        await add_file(tx, scope=brands.brand, objects=objects, content=b"<svg/>", name="x.png")
    assert (stored(tmp_path), tx.changes) == (set(), [])


async def test_nobody_fills_the_disk_with_what_is_not_used(
    tx: Tx, brands: SimpleNamespace, objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "_MOST_FREE", 1)
    file = await add_file(tx, scope=brands.brand, objects=objects, content=picture(), name="x")
    with pytest.raises(TooManyFree):
        await add_file(tx, scope=brands.brand, objects=objects, content=picture(9), name="x")
    await use_files(tx, kind="picture", uses=[(file.id, 1)])
    await add_file(tx, scope=brands.brand, objects=objects, content=picture(9), name="x")


async def test_a_store_that_is_away_is_a_fault_and_leaves_no_row(
    tx: Tx, brands: SimpleNamespace, tmp_path: Path
) -> None:
    (tmp_path / "objects").mkdir()
    objects = Objects(tmp_path / "objects")
    (tmp_path / "objects").rmdir()
    (tmp_path / "objects").write_text("a file where the folder was")
    with pytest.raises(Unavailable):
        await add_file(tx, scope=brands.brand, objects=objects, content=picture(), name="x")
    rows = await (await tx.connection.execute("select count(*) from files.file")).fetchone()
    assert rows == (0,)


async def test_what_nobody_uses_goes_after_a_day_and_what_is_used_stays(
    tx: Tx, brands: SimpleNamespace, objects: Objects, tmp_path: Path
) -> None:
    kept = await add_file(tx, scope=brands.brand, objects=objects, content=picture(), name="kept")
    await use_files(tx, kind="picture", uses=[(kept.id, 1)])
    needed = stored(tmp_path)
    gone = await add_file(tx, scope=brands.brand, objects=objects, content=picture(9, colour="red"), name="gone")
    await use_files(tx, kind="picture", uses=[(gone.id, 2)])
    await end_use(tx, kind="picture", file_id=gone.id, object_id=2)
    assert not await sweep_files(tx, objects=objects)
    assert len(stored(tmp_path)) > len(needed)
    tx.now += DAY
    lain = stored(tmp_path)
    assert await sweep_files(tx, objects=objects)
    assert stored(tmp_path) == lain, "bytes never go in the transaction that could still bring their file back"
    assert not await sweep_files(tx, objects=objects)
    assert stored(tmp_path) == needed
    with pytest.raises(NotFound):
        await find_own_file(tx, scope=brands.brand, file_id=gone.id)
    assert (await find_own_file(tx, scope=brands.brand, file_id=kept.id)).id == kept.id


async def test_bytes_that_another_file_shows_too_stay(
    tx: Tx, brands: SimpleNamespace, objects: Objects, tmp_path: Path
) -> None:
    kept = await add_file(tx, scope=brands.brand, objects=objects, content=picture(), name="kept")
    await use_files(tx, kind="picture", uses=[(kept.id, 1)])
    await add_file(tx, scope=brands.other, objects=objects, content=picture(), name="gone")
    lain = stored(tmp_path)
    tx.now += DAY
    assert await sweep_files(tx, objects=objects)
    assert not await sweep_files(tx, objects=objects)
    assert stored(tmp_path) == lain
    rows = await (await tx.connection.execute("select count(*) from files.file")).fetchone()
    assert rows == (1,)


async def test_what_a_crash_left_in_the_store_is_never_seen_and_goes(
    tx: Tx, brands: SimpleNamespace, objects: Objects, tmp_path: Path
) -> None:
    file = await add_file(tx, scope=brands.brand, objects=objects, content=picture(), name="kept")
    await use_files(tx, kind="picture", uses=[(file.id, 1)])
    needed = stored(tmp_path)
    stray = await objects.put(b"written, then the process was killed")
    draft = tmp_path / "objects" / stray.hex()[:2] / f".{stray.hex()}.0badf00d"
    draft.write_bytes(b"half")
    assert len(stored(tmp_path)) == len(needed) + 2
    assert not await sweep_strays(tx, objects=objects)
    assert len(stored(tmp_path)) == len(needed) + 2, "not before a day is over: it may be an upload of this minute"
    tx.now = tx.now.replace(year=2999)
    assert not await sweep_strays(tx, objects=objects)
    assert stored(tmp_path) == needed


async def test_a_deleted_use_is_free_at_once_for_undo(tx: Tx, brands: SimpleNamespace, objects: Objects) -> None:
    file = await add_file(tx, scope=brands.brand, objects=objects, content=picture(), name="x")
    await use_files(tx, kind="picture", uses=[(file.id, 1), (file.id, 2)])
    await end_use(tx, kind="picture", file_id=file.id, object_id=1)
    free = "select free_since is null from files.file"
    assert await (await tx.connection.execute(free)).fetchone() == (True,)
    await end_use(tx, kind="picture", file_id=file.id, object_id=2)
    assert await (await tx.connection.execute(free)).fetchone() == (False,)


async def test_a_file_marked_wrongly_is_found(tx: Tx, brands: SimpleNamespace, objects: Objects) -> None:
    file = await add_file(tx, scope=brands.brand, objects=objects, content=picture(), name="x")
    assert not any(found.violation_count for found in await run_checks(tx, CHECKS))
    await use_files(tx, kind="picture", uses=[(file.id, 1)])
    assert not any(found.violation_count for found in await run_checks(tx, CHECKS))
    await tx.connection.execute("update files.file set free_since = %s", [tx.now])
    (found,) = await run_checks(tx, CHECKS)
    assert (found.check.name, found.violation_count) == ("files.free-means-unused", 1)


async def test_a_copy_beside_receives_every_new_object(tmp_path: Path) -> None:
    objects = Objects(tmp_path / "objects", copies=tmp_path / "copies")
    digest = await objects.put(b"bytes")
    assert await objects.get(digest) == b"bytes"
    assert (tmp_path / "copies" / digest.hex()[:2] / digest.hex()).read_bytes() == b"bytes"
    await objects.delete([digest, digest])
    with pytest.raises(Unavailable):
        await objects.get(digest)
    assert (tmp_path / "copies" / digest.hex()[:2] / digest.hex()).exists(), "an archive forgets nothing"


def test_an_object_is_private(tmp_path: Path) -> None:
    digest = Objects.hash_of(b"bytes")
    write_object(tmp_path, digest, b"bytes", is_durable=True)
    file = tmp_path / digest.hex()[:2] / digest.hex()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


async def test_a_bucket_keeps_the_same_promises() -> None:
    objects = Objects("memory:///")
    digest = await objects.put(b"bytes")
    assert digest == await objects.put(b"bytes")
    assert await objects.get(digest) == b"bytes"
    now = datetime.now(UTC)
    listed = [one async for some in objects.list_before(now + timedelta(minutes=1)) for one in some]
    assert listed == [digest]
    assert [one async for some in objects.list_before(now - timedelta(minutes=1)) for one in some] == []
    await objects.tidy(now)
    await objects.delete([digest, digest])
    with pytest.raises(Unavailable):
        await objects.get(digest)
