"""Page after page as a shopkeeper has them on the phone, and the documents' own pages as a distributor has both."""

import pytest
from playwright.async_api import Page, Route

from tests.browser.conftest import Enter
from tests.browser.papers import make_papers, place, sell
from tests.browser.test_pages import chinese, open_first, settled, violations, width_of

SHOP_PAGES = ("/", "/shop", "/approvals", "/till", "/credit", "/notices")
SHOP_DOCUMENTS = ("/orders", "/till/sales", "/baskets", "/standing", "/stock", "/ledger", "/members", "/counts")
DOCUMENTS = ("/baskets", "/standing", "/counts", "/webhooks")
MAYBE = ("/transfers", "/credit?view=used", "/joint-returns", "/backlog-plans", "/members", "/prices?view=lists")
"""Lists whose documents other tests leave here; alone, this one finds some of them empty."""
_SMALL_TARGETS = """() => {
  const found = [];
  for (const one of document.querySelectorAll('main a, main button:not([role=switch])')) {
    const box = one.getBoundingClientRect();
    const isSeen = box.width > 0 && getComputedStyle(one).visibility === 'visible';
    if (isSeen && (box.height < 24 || box.width < 24)) found.push(one.outerHTML.slice(0, 120));
  }
  return found;
}"""


async def _faults(page: Page) -> list[str]:
    return [*await violations(page), *await width_of(page), *await chinese(page)]


async def _many_unread(route: Route) -> None:
    await route.fulfill(json={"count": 12})


async def _small(page: Page) -> list[str]:
    """Find what a finger misses, however much room is around it (WCAG 2.2, 2.5.8 lets such pass)."""
    return [f"{page.url} is small: {one}" for one in await page.evaluate(_SMALL_TARGETS)]


async def test_a_shop_finds_every_page_fit_for_its_phone(enter: Enter) -> None:
    page = await enter("dealer", is_phone=True)
    await page.route("**/api/v1/notices/unread", _many_unread)
    await make_papers(page, code="TR-1002", name="Look")
    await place(page, code="TR-1002")
    await sell(page, code="TR-1001")
    faults: list[str] = []
    for path in (*SHOP_PAGES, *SHOP_DOCUMENTS):
        await settled(page, path)
        faults += [*await _faults(page), *await _small(page)]
        if path in SHOP_DOCUMENTS:
            assert await open_first(page), path
            faults += [*await _faults(page), *await _small(page)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("is_phone", [False, True], ids=["desk", "phone"])
async def test_documents_have_pages_that_fit(enter: Enter, *, is_phone: bool) -> None:
    page = await enter("distributor", is_phone=is_phone)
    await make_papers(page, code="TR-1002", name=f"Look {is_phone}")
    faults: list[str] = []
    for path in (*DOCUMENTS, *MAYBE):
        if await open_first(page, path):
            faults += await _faults(page)
        else:
            assert path in MAYBE, path
    assert not faults, "\n".join(faults)
