"""Standing orders in a real browser: made of a kept list, changed by their buyer, foreseen by their seller."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.test_quick_order import faults_at_rest


async def _keep_a_list(page: Page, name: str, *, is_phone: bool) -> None:
    await page.get_by_role("link", name="Buy", exact=True).click()
    await page.get_by_role("button", name="One more of Whole milk 250 ml case").click()
    if is_phone:
        await page.get_by_role("link", name=re.compile(r"^Cart \(1 lines\)")).click()
    await page.get_by_role("button", name="Keep as a list").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name of the list").fill(name)
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_have_count(0)
    if is_phone:
        await page.get_by_role("link", name="Choose more").click()
    await page.get_by_role("link", name="Usual lists").click()


@pytest.mark.parametrize("is_phone", [False, True], ids=["desk", "phone"])
async def test_a_list_is_ordered_by_a_rhythm_and_its_seller_sees_it_coming(enter: Enter, *, is_phone: bool) -> None:
    page = await enter("distributor", is_phone=is_phone)
    name = f"Weekly {is_phone}"
    await _keep_a_list(page, name, is_phone=is_phone)
    kept = page.locator(".lq-section").filter(has_text=name)
    await kept.get_by_role("link", name="Order it by a rhythm").click()
    await page.get_by_role("checkbox", name="Thu").check()
    assert await faults_at_rest(page) == []
    await page.get_by_role("button", name="Begin").click()
    await expect(page.get_by_text("Every week: Mon, Thu")).to_be_visible()
    coming = page.locator(".lq-section").filter(has_text="Dates to come").get_by_role("button")
    first = await coming.first.get_attribute("aria-label")
    await coming.first.click()
    await expect(page.get_by_role("button", name=first or "", exact=True)).to_have_count(0)
    await page.get_by_role("button", name="Edit", exact=True).click()
    await page.get_by_label("Days ahead").fill("2")
    assert await faults_at_rest(page) == []
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="Save")).to_have_count(0)
    await page.get_by_role("button", name="Pause").click()
    await expect(page.get_by_text("Paused")).to_be_visible()
    await page.get_by_role("button", name="Resume").click()
    await expect(page.get_by_text("Active")).to_be_visible()
    seller = await enter("factory", "/standing", is_phone=is_phone)
    await expect(seller.get_by_text("Expected in the next 28 days")).to_be_visible()
    await expect(seller.get_by_role("link", name=name)).to_be_visible()
    assert await faults_at_rest(seller) == []
    await page.get_by_role("button", name="End", exact=True).click()
    sure = page.get_by_role("dialog").get_by_role("button", name="End", exact=True)
    await expect(sure).to_be_focused()  # a dialog that still opens moves away under the pointer
    await sure.click()
    await expect(page.get_by_text("Ended")).to_be_visible()
