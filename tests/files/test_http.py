"""Upload and picture over the wire, through the real edge."""

import io
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from PIL import Image

from lingqu.modules.identity.api import NewUser, add_users, find_built_in_roles, hash_password
from lingqu.modules.network.api import Kind, NewOrganization, add_organizations
from lingqu.roles.api import routes
from lingqu.roles.identify import identify
from lingqu.runtime.db import Database
from lingqu.runtime.http.app import create_app
from lingqu.runtime.http.edge import Edge
from lingqu.runtime.objects import Objects
from tests.files.conftest import picture

_PASSWORD = "correct horse battery"


@pytest.fixture
async def brand(fresh_database: Callable[[], str], tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Sign a brand's manager in."""
    database = Database(fresh_database())
    await database.open()
    async with database.begin() as tx:
        (one,) = await add_organizations(
            tx, organizations=[NewOrganization(kind=Kind.BRAND, code="B", name="天润乳业", home_cell=2)]
        )
        role = (await find_built_in_roles(tx))["brand", "manager"]
        hashed = await hash_password(_PASSWORD)
        user = NewUser(login="lin", name="林总", party_id=one.party_id, role_ids=(role,), password_hash=hashed)
        await add_users(tx, users=[user])
    edge = Edge(database, identify, must_audit=True, services={"objects": Objects(tmp_path / "objects")})
    app = create_app(edge, routes(), version="0")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://test/api/v1") as client:
        await client.post("/sessions", json={"login": "lin", "password": _PASSWORD})
        yield client
    await database.close()


async def test_bytes_go_up_and_a_picture_comes_down(brand: httpx.AsyncClient) -> None:
    lie = {"Content-Type": "text/html"}
    answer = await brand.post("/files", params={"name": "正面.png"}, content=picture(640, 480), headers=lie)
    assert answer.status_code == 201, answer.text
    file = answer.json()
    assert (file["name"], file["width"], file["height"]) == ("正面.png", 640, 480)
    shown = await brand.get(f"/files/{file['id']}/content", params={"size": "small"})
    assert Image.open(io.BytesIO(shown.content)).size == (320, 240)
    assert shown.headers["content-type"] == "image/webp"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "no-store" not in shown.headers["cache-control"]
    assert shown.headers["content-security-policy"] == "default-src 'none'; sandbox"
    known = {"If-None-Match": shown.headers["etag"]}
    again = await brand.get(f"/files/{file['id']}/content", params={"size": "small"}, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    full = await brand.get(f"/files/{file['id']}/content", headers=known)
    assert (full.status_code, Image.open(io.BytesIO(full.content)).size) == (200, (640, 480))


async def test_a_refusal_says_in_both_languages_what_to_do(brand: httpx.AsyncClient) -> None:
    script = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    honest = {"Content-Type": "image/png"}
    for language, word in {"en": "JPEG, PNG or WebP", "zh-CN": "请上传"}.items():
        answer = await brand.post("/files", content=script, headers={**honest, "Accept-Language": language})
        assert (answer.status_code, answer.json()["code"]) == (415, "files.not-a-picture")
        assert word in answer.json()["detail"]
    large = await brand.post("/files", content=b"\xff\xd8\xff" + b"x" * (13 * 1024 * 1024))
    assert (large.status_code, large.json()["code"]) == (413, "files.too-large")
    huge = await brand.post("/files", content=b"x" * (17 * 1024 * 1024))
    assert (huge.status_code, huge.json()["code"]) == (413, "common.too-large")


@pytest.mark.parametrize("name", ["", "../x.png", "a\nb", "x" * 201])
async def test_a_name_that_is_none_is_refused(brand: httpx.AsyncClient, name: str) -> None:
    answer = await brand.post("/files", params={"name": name}, content=picture())
    assert (answer.status_code, answer.json()["code"]) == (422, "common.invalid")


async def test_a_repeated_upload_is_one(brand: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "upload-1"}
    first = await brand.post("/files", content=picture(), headers=key)
    again = await brand.post("/files", content=picture(), headers=key)
    other = await brand.post("/files", content=picture(9), headers=key)
    assert first.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"
    assert other.json()["code"] == "common.key-reused"
