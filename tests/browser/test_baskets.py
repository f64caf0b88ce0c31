"""Kept baskets in a real browser: saved from the cart, renamed, copied, put back, thrown away and brought back."""

import re

from playwright.async_api import expect

from tests.browser.conftest import Enter
from tests.browser.test_quick_order import faults_at_rest

_ROWS = "TR-1001\t2\tCASE\nTR-1002\t1\tcase"


async def test_a_cart_is_saved_renamed_copied_and_put_back(enter: Enter) -> None:
    page = await enter("distributor")
    await page.get_by_role("link", name="Buy", exact=True).click()
    await page.wait_for_url(re.compile(r"/shop/\d+$"))
    await page.get_by_role("button", name="Paste or CSV").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("textbox", name="Codes and quantities").fill(_ROWS)
    await dialog.get_by_role("button", name="Put into the cart").click()
    await page.get_by_role("button", name="Save cart").click()
    await dialog.get_by_label("Name (may stay empty)").fill("Holiday")
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("The cart is empty")).to_be_visible()
    await page.get_by_role("link", name="Baskets", exact=True).click()
    await page.get_by_role("link", name="Holiday", exact=True).click()
    await page.wait_for_url("**/baskets/*")
    await page.get_by_role("button", name="Name and note").click()
    await dialog.get_by_label("Name").fill("Spring")
    await dialog.get_by_label("Note").fill("By noon, please")
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Spring")
    await expect(page.locator("dd", has_text="By noon, please")).to_be_visible()
    first = page.url
    await page.get_by_role("button", name="Copy", exact=True).click()
    await expect(dialog.get_by_label("Name")).to_have_value("Spring, copy")
    await dialog.get_by_role("button", name="Copy").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Spring, copy")
    assert page.url != first
    assert await faults_at_rest(page) == []
    await page.get_by_role("button", name="Throw away").click()
    await expect(page.get_by_role("link", name="Spring, copy")).to_have_count(0)
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_role("link", name="Spring, copy")).to_be_visible()
    await page.goto(first)
    await page.get_by_role("button", name="Into the cart").click()
    await expect(page.get_by_role("status").filter(has_text="2 items went into the cart")).to_be_visible()
    await expect(page.get_by_role("spinbutton", name="Packs of Whole milk 250 ml case")).to_have_value("2")
