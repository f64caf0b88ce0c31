"""Every page, as a desk and as a phone sees it: nothing inaccessible, nothing too wide, no Chinese in English."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.browser.conftest import DESK, Enter
from tests.browser.market import DATA_WORDS

AXE = (Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = (
    "/",
    "/shop",
    "/standing",
    "/orders",
    "/held-orders",
    "/backlog-plans",
    "/joint-returns",
    "/orders/for-buyer",
    "/joint-returns/new",
    "/routing",
    "/approvals",
    "/approval-rules",
    "/baskets",
    "/stock",
    "/stock?view=moves",
    "/credit",
    "/members",
    "/counts",
    "/transfers",
    "/till",
    "/till/sales",
    "/skus",
    "/prices",
    "/prices?view=sell",
    "/prices?view=lists",
    "/organizations",
    "/links",
    "/link-proposals?side=all",
    "/territories",
    "/territories?view=regions",
    "/ledger",
    "/users",
    "/users?view=roles",
    "/users?view=invitations",
    "/imports",
    "/audit",
    "/payments",
    "/webhooks",
    "/notices",
    "/profile",
)
DETAILS = (
    "/orders",
    "/stock",
    "/skus",
    "/prices?view=lists",
    "/organizations",
    "/links",
    "/ledger",
    "/users",
    "/users?view=roles",
)
"""Lists whose first row leads to a page of its own."""

_TEXTS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) found.push(walker.currentNode.textContent);
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]'))
    found.push(...['aria-label', 'placeholder', 'title'].map((name) => element.getAttribute(name) ?? ''));
  return found;
}"""


async def settled(page: Page, path: str | None = None) -> None:
    if path is not None:
        await page.goto(path)
    await page.wait_for_load_state("networkidle")
    await page.locator("h1").first.wait_for()


async def open_first(page: Page, path: str | None = None) -> bool:
    """Go from a list, else from the one that is open, to the page of its first row; tell whether there was one."""
    await settled(page, path)
    first = page.locator("main .lq-table tbody a, main .lq-card a").first
    if await first.count() == 0:
        return False
    target = await first.get_attribute("href")
    await first.click()
    await page.wait_for_url(f"**{target}")
    await page.locator(".lq-page-back").first.wait_for()
    await settled(page)
    return True


_LOOKS = 4
_HEIGHT = "document.documentElement.scrollHeight"


async def violations(page: Page) -> list[str]:
    """Ask axe about the whole page at its full height, where a bar at the thumb covers nothing."""
    window = page.viewport_size or DESK
    await page.evaluate(AXE)
    needed, found = await page.evaluate(_HEIGHT), {"violations": []}
    for _ in range(_LOOKS):
        height = max(needed, window["height"])
        await page.set_viewport_size({"width": window["width"], "height": height})
        found = await page.evaluate(
            "(rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })", RULES
        )
        needed = await page.evaluate(_HEIGHT)
        if needed <= height:  # else something came late, and a bar at the new end stood on it
            break
    await page.set_viewport_size({"width": window["width"], "height": window["height"]})
    return [f"{page.url} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]


async def width_of(page: Page) -> list[str]:
    wide, window = await page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return [] if wide <= window else [f"{page.url}: {wide} > {window}"]


async def chinese(page: Page) -> list[str]:
    """Find Chinese that is neither data nor the name of the other language."""
    left = []
    for text in await page.evaluate(_TEXTS):
        rest = text
        for word in DATA_WORDS:
            rest = rest.replace(word, "")
        if re.search(r"[一-鿿]", rest):
            left.append(f"{page.url}: {text}")
    return left


@pytest.mark.parametrize("is_phone", [False, True], ids=["desk", "phone"])
async def test_pages_are_accessible_fit_and_speak_one_language(enter: Enter, *, is_phone: bool) -> None:
    page = await enter("distributor", is_phone=is_phone)
    faults: list[str] = []
    for path in PAGES:
        await settled(page, path)
        faults += [*await violations(page), *await width_of(page), *await chinese(page)]
    for path in DETAILS:
        if await open_first(page, path):
            faults += [*await violations(page), *await width_of(page), *await chinese(page)]
    assert not faults, "\n".join(faults)


async def test_the_door_is_accessible_and_drawschinese(enter: Enter) -> None:
    page = await enter(None, "/login", language="zh-CN")
    await settled(page)
    assert await violations(page) == []
    # Without a Chinese font the text is blank, not boxes: a drawn word has a width that grows with its length.
    short, long = [
        await page.evaluate(
            "(text) => { const pen = document.createElement('canvas').getContext('2d'); pen.font = '20px sans-serif';"
            " return pen.measureText(text).width; }",
            text,
        )
        for text in ("灵", "灵渠渠道")
    ]
    assert long > 3 * short > 30


async def test_an_ended_session_asks_again_and_loses_nothing(enter: Enter) -> None:
    page = await enter("dealer", "/profile")
    await page.get_by_label("Phone").fill("13912345678")
    await page.context.clear_cookies()
    await page.get_by_role("button", name="Save").click()
    dialog = page.get_by_role("dialog", name="Please sign in again")
    await dialog.get_by_label("Password").fill("a calm canal")
    await dialog.get_by_role("button", name="Sign in").click()
    await dialog.wait_for(state="hidden")
    assert await page.get_by_label("Phone").input_value() == "13912345678"


async def test_two_tabs_that_edit_the_same_meet_in_a_conflict(enter: Enter) -> None:
    first = await enter("factory", "/profile")
    second = await first.context.new_page()
    await second.goto("/profile")
    await second.get_by_label("Phone").fill("2")
    await second.get_by_role("button", name="Save").click()
    await second.get_by_text("Saved").wait_for()
    await first.get_by_label("Phone").fill("1")
    await first.get_by_role("button", name="Save").click()
    conflict = first.get_by_role("alert").filter(has_text="Somebody changed this")
    await conflict.wait_for()
    assert await conflict.locator("td").all_inner_texts() == ["2", "1"]
    await conflict.get_by_role("button", name="Overwrite with mine").click()
    await first.get_by_text("Saved").wait_for()
    assert (await (await first.request.get("/api/v1/me")).json())["phone"] == "1"
