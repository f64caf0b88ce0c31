"""The product in one process and a real browser in front of it."""

import http.client
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from lingqu.roles import console
from lingqu.roles.transaction import in_transaction
from lingqu.runtime.engines.ports import free_port
from tests.browser.chromium import NoBrowser, find
from tests.browser.market import PASSWORD, open_market

NODE = Path(sys.executable).parent / "node"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1360, "height": 850}
_STARTS_WITHIN_S = 30
_PATIENCE_MS = 20_000
expect.set_options(timeout=_PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("BROWSER") == "none":
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="BROWSER=none"))


@pytest.fixture(scope="session")
def market_url(fresh_database: Callable[[], str]) -> str:
    """Make the market in a database of its own."""
    url = fresh_database()
    in_transaction(url, open_market)
    return url


@pytest.fixture(scope="session")
def address(market_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the console and the API over the market."""
    assert console.folder() is not None, "the console is not built; say: make console"
    url = market_url
    port = free_port()
    log = tmp_path_factory.mktemp("browser") / "api.log"
    environment = {
        **os.environ,
        "LINGQU_HOME": str(log.parent),
        "LINGQU_DATABASE_URL": url,
        "LINGQU_PORT": str(port),
    }
    with log.open("w") as output:
        api = subprocess.Popen(
            [sys.executable, "-m", "lingqu.roles.api"], env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _await_ready(port, api, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        api.terminate()
        api.wait(10)


def _await_ready(port: int, api: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < deadline and api.poll() is None:
        with (
            closing(http.client.HTTPConnection("127.0.0.1", port, timeout=1)) as connection,
            suppress(OSError, http.client.HTTPException),
        ):
            connection.request("GET", "/readyz")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        time.sleep(0.1)
    pytest.fail(f"the api did not come up:\n{log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Start a browser that can draw Chinese."""
    font = importlib.util.find_spec("zhplot")
    assert font is not None
    assert font.submodule_search_locations
    fonts = Path(font.submodule_search_locations[0]) / "fonts"
    try:
        found = find(node=NODE, cache=Path.home() / ".cache" / "lingqu-browser", font_folders=[fonts])
    except NoBrowser as error:
        pytest.fail(str(error))
    # Playwright's own Node needs a library that a bare machine lacks.
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(NODE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=found.program,
            env={**os.environ, **found.environment},
            args=["--no-sandbox", "--headless=new", "--use-gl=angle", "--use-angle=swiftshader"],
        )
        yield browser
        await browser.close()


Enter = Callable[..., Awaitable[Page]]


@pytest.fixture
async def enter(chromium: Browser, address: str) -> AsyncIterator[Enter]:
    """Give a function that opens the console as somebody, in a browser of its own; a broken page fails the test."""
    contexts: list[BrowserContext] = []
    broken: list[str] = []

    async def open_as(login: str | None, path: str = "/", *, is_phone: bool = False, language: str = "en") -> Page:
        given: dict[str, Any] = {"has_touch": True, "is_mobile": True} if is_phone else {}
        context = await chromium.new_context(base_url=address, viewport=PHONE if is_phone else DESK, **given)
        contexts.append(context)
        context.set_default_timeout(_PATIENCE_MS)
        await context.add_init_script(f"localStorage.setItem('lingqu.language', '{language}')")
        if login is not None:
            answer = await context.request.post("/api/v1/sessions", data={"login": login, "password": PASSWORD})
            assert answer.status == http.HTTPStatus.CREATED
        page = await context.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        await page.goto(path)
        return page

    yield open_as
    for context in contexts:
        await context.close()
    assert broken == []
