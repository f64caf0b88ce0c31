"""Territories: given once, refused with the holder's name, looked at by region, and taken back."""

from playwright.async_api import Page, expect

from tests.browser.conftest import Enter


async def test_a_county_is_given_refused_to_another_and_taken_back(enter: Enter) -> None:
    page = await enter("brand", "/territories")
    await expect(page.get_by_text("No territories")).to_be_visible()
    await _give(page, "2025-01-01")
    listed = page.get_by_role("table", name="Distributors")
    await expect(listed).to_contain_text("Hangzhou Runfeng Trading")
    await _give(page, "2025-06-01")
    await expect(page.get_by_role("alert").filter(has_text="Counties taken")).to_be_visible()
    held = page.get_by_role("list", name="Held by").get_by_role("listitem")
    await expect(held.get_by_role("link")).to_have_text(["杭州润丰商贸有限公司"])
    await expect(held).to_contain_text("Dongcheng")
    await page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    await page.get_by_text("By region", exact=True).click()
    await page.get_by_role("button", name="China", exact=True).click()
    region = page.get_by_role("list", name="By region").get_by_role("listitem")
    await expect(region.filter(has_text="Beijing")).to_contain_text("16 of 16")
    await expect(region.filter(has_text="Beijing").get_by_role("link")).to_have_text("Hangzhou Runfeng Trading")
    await expect(region.filter(has_text="Zhejiang")).to_contain_text("Nobody")
    await page.get_by_text("List", exact=True).click()
    await listed.get_by_role("button", name="Take back").first.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("From which day").fill("2025-02-01")
    await dialog.get_by_label("From which day").press("Tab")
    await dialog.get_by_role("button", name="Take back").click()
    await expect(listed.get_by_role("row").filter(has_text="Ended")).to_have_count(1)


async def _give(page: Page, day: str) -> None:
    """Give all of Beijing to the market's only distributor from a day on."""
    await page.get_by_role("button", name="Give counties").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Distributor").click()
    await page.get_by_title("Hangzhou Runfeng Trading · HZ").click()
    await dialog.get_by_label("Product line").click()
    await page.get_by_title("Dairy").click()
    await dialog.get_by_label("Regions").click()
    china = page.locator(".ant-select-tree-treenode").filter(has_text="China")
    if await page.locator(".ant-select-tree-treenode").filter(has_text="Beijing").count() == 0:
        await china.first.locator(".ant-select-tree-switcher").click()
    beijing = page.locator(".ant-select-tree-treenode").filter(has_text="Beijing")
    await beijing.first.locator(".ant-select-tree-checkbox").click()
    await page.keyboard.press("Escape")
    await dialog.get_by_label("From").fill(day)
    await dialog.get_by_label("From").press("Tab")
    await dialog.get_by_role("button", name="Give").click()
