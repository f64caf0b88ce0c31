"""The console's files and the API behind one address."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from lingqu.runtime.http.site import Site

PAGE = "<!doctype html><title>灵渠</title>"
SCRIPT = "export const answer = 42;\n" * 100


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "assets" / "main-1a2b.js").write_text(SCRIPT)
    transport = httpx.ASGITransport(app=Site(_api, tmp_path))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def _api(scope: dict[str, Any], _: Any, send: Any) -> None:
    body = f"api {scope['method']} {scope['path']}".encode()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


@pytest.mark.parametrize("path", ["/", "/index.html", "/orders/12/lines", "/apiary"])
async def test_every_address_of_the_console_is_its_page(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.text) == (200, PAGE)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert "default-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/api/v1/orders", "/docs", "/docs/docs.js", "/livez", "/openapi.json", "/none.png"])
async def test_the_rest_is_the_api(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).text == f"api GET {path}"


async def test_a_write_never_reaches_a_page(client: httpx.AsyncClient) -> None:
    assert (await client.post("/orders")).text == "api POST /orders"


async def test_a_hashed_file_is_kept_for_good_and_packed(client: httpx.AsyncClient) -> None:
    async with client.stream("GET", "/assets/main-1a2b.js", headers={"accept-encoding": "gzip"}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
    assert gzip.decompress(raw).decode() == SCRIPT
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    plain = await client.get("/assets/main-1a2b.js", headers={"accept-encoding": "identity"})
    assert plain.text == SCRIPT
    assert "content-encoding" not in plain.headers


async def test_an_unchanged_page_is_not_sent_again(client: httpx.AsyncClient) -> None:
    etag = (await client.get("/")).headers["etag"]
    again = await client.get("/orders", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


async def test_head_sends_the_headers_alone(client: httpx.AsyncClient) -> None:
    answer = await client.head("/")
    assert answer.content == b""
    assert answer.headers["content-length"] == str(len(PAGE.encode()))
