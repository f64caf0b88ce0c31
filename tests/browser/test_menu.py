"""The menu: places by job, closed groups remembered, everything reached by typing; by thumb on a phone."""

from playwright.async_api import expect

from tests.browser.conftest import Enter


async def test_groups_close_stay_closed_and_keep_the_place_where_one_is(enter: Enter) -> None:
    page = await enter("distributor", "/stock")
    menu = page.get_by_role("navigation", name="Main menu")
    stock = menu.get_by_role("button", name="Stock and nodes")
    await stock.click()
    await expect(stock).to_have_attribute("aria-expanded", "false")
    await expect(menu.get_by_role("link", name="Counts", exact=True)).to_have_count(0)
    await expect(menu.get_by_role("link", name="Stock", exact=True)).to_have_attribute("aria-current", "page")
    await page.goto("/orders")
    await expect(menu.get_by_role("link", name="Orders", exact=True)).to_be_visible()
    await expect(menu.get_by_role("link", name="Stock", exact=True)).to_have_count(0)
    await stock.click()
    await menu.get_by_role("link", name="Counts", exact=True).click()
    await page.wait_for_url("**/counts")


async def test_typing_leads_to_a_place_or_looks_a_word_up_in_a_list(enter: Enter) -> None:
    page = await enter("distributor", "/profile", language="zh-CN")
    await page.locator("h1").wait_for()
    await page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="去哪里")
    await field.fill("gh")
    await expect(page.get_by_role("option").first).to_have_text("供货关系")
    await field.press("Enter")
    await page.wait_for_url("**/links")
    await expect(field).to_have_count(0)
    await page.keyboard.press("Control+k")
    await field.fill("SO-9")
    await page.get_by_role("option", name="在订单中查找").click()
    await page.wait_for_url("**/orders?q=SO-9")


async def test_a_phone_has_four_places_at_the_thumb_and_all_in_a_drawer(enter: Enter) -> None:
    page = await enter("distributor", "/", is_phone=True)
    bar = page.get_by_role("navigation", name="Main menu")
    await expect(bar.get_by_role("link")).to_have_text(["Home", "Buy", "Orders", "Stock"])
    await bar.get_by_role("button", name="All").click()
    network = page.get_by_role("region", name="Network")
    await network.get_by_role("link", name="Trade links").click()
    await page.wait_for_url("**/links")
    await expect(network).to_have_count(0)
