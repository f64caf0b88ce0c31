"""The counter in a real browser: scan, sell to a member, break the line, take goods back, and the day adds up."""

import re

from playwright.async_api import Page, Route, expect

from tests.browser.conftest import Enter
from tests.browser.market import CASE_GTIN
from tests.browser.test_pages import violations, width_of


async def _scan(page: Page, code: str) -> None:
    """Type as a scanner does: fast, wherever the cursor is, and Enter."""
    await page.keyboard.type(code)
    await page.keyboard.press("Enter")


async def _still(page: Page) -> None:
    """Take the pointer away and wait until colours have faded in: half-way they are none of the house's."""
    await page.mouse.move(0, 0)
    await page.evaluate("Promise.allSettled(document.getAnimations().map((one) => one.finished))")


async def _sales(page: Page) -> list[int]:
    """Read what the shop has sold, from the server itself."""
    answer = await page.request.get("/api/v1/sales?sort=sold_at")
    return [sale["total_minor"] for sale in (await answer.json())["items"]]


async def test_the_counter_scans_sells_survives_a_broken_line_and_takes_goods_back(enter: Enter) -> None:
    till = await enter("dealer")
    await _find_the_way_to_the_first_sale(till)
    await _scan_and_sell_to_a_member(till)
    await _hold_and_resume(till)
    await _sell_while_the_line_breaks(till)
    await _refuse_what_the_shelf_cannot_serve(till)
    await _take_back(till)
    await _see_the_day(till)


async def _find_the_way_to_the_first_sale(till: Page) -> None:
    today = till.locator("section").filter(has_text="Today's sales")
    await expect(today).to_contain_text("No sale yet today")
    await today.get_by_role("link", name="Open the till").click()


async def _scan_and_sell_to_a_member(till: Page) -> None:
    await expect(till.get_by_role("list", name="Goods on the shelf")).to_contain_text("Whole milk")
    await _scan(till, CASE_GTIN)
    await _scan(till, "TR-1001")
    await _scan(till, "TR-1001")
    basket = till.locator(".lq-till-side")
    await expect(basket.get_by_role("heading", name="Basket (3)")).to_be_visible()
    await expect(basket.get_by_role("button", name="Take ¥59.00")).to_be_enabled()
    await _scan(till, "6900000000000")
    await expect(till.get_by_role("alert").filter(has_text="Nothing on the shelf")).to_be_visible()
    phone = basket.get_by_label("Member's phone or card")
    await phone.fill("139 0000 0001")
    await phone.press("Enter")
    await expect(basket).to_contain_text("王芳")
    await basket.get_by_label("Received").fill("50")
    await expect(basket.get_by_text("Less than is due")).to_be_visible()
    await expect(basket.get_by_role("button", name="Take ¥59.00")).to_be_disabled()
    await basket.get_by_label("Received").fill("100")
    await expect(basket.get_by_role("status").filter(has_text="Change")).to_contain_text("¥41.00")
    await expect(basket.get_by_role("button", name="Take ¥59.00")).to_be_enabled()
    await till.keyboard.press("F8")
    await expect(basket.get_by_role("heading", name="Sold")).to_be_visible()
    await expect(basket.get_by_role("status")).to_contain_text("¥41.00")
    await basket.get_by_role("link", name="Slip").click()
    slip = till.get_by_role("article", name="Slip")
    for text in ("西湖便利店", "王芳", "1 case × ¥50.00", "2 盒 × ¥4.50", "¥59.00", "Cash", "¥41.00"):
        await expect(slip).to_contain_text(text)
    await till.emulate_media(media="print")
    assert await slip.evaluate("element => element.getBoundingClientRect().left") == 0
    assert not await till.locator("nav").first.is_visible()
    await till.emulate_media(media="screen")
    assert await _sales(till) == [5_900]
    await till.get_by_role("link", name="← Till").click()


async def _hold_and_resume(till: Page) -> None:
    await _scan(till, "TR-1001")
    await expect(till.get_by_role("heading", name="Basket (1)")).to_be_visible()
    await till.keyboard.press("F4")
    await expect(till.get_by_role("heading", name="On hold (1)")).to_be_visible()
    await till.reload()
    await till.get_by_role("button", name="Resume").click()
    await expect(till.get_by_role("heading", name="Basket (1)")).to_be_visible()


async def _sell_while_the_line_breaks(till: Page) -> None:
    """The server sells, but its answer is lost; sent again it is the same sale."""

    async def lose(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await till.route("**/api/v1/sales", lose)
    await till.get_by_text("WeChat", exact=True).click()
    await till.get_by_role("button", name="Take ¥4.50").click()
    lost = till.get_by_role("alert").filter(has_text="Sales without an answer: 1")
    await expect(lost).to_contain_text("¥4.50")
    assert await _sales(till) == [5_900, 450]
    await till.unroute("**/api/v1/sales")
    await till.reload()
    await lost.get_by_role("button", name="Send now").click()
    await expect(till.get_by_role("heading", name="Sold")).to_be_visible()
    await expect(lost).to_have_count(0)
    assert await _sales(till) == [5_900, 450]


async def _refuse_what_the_shelf_cannot_serve(till: Page) -> None:
    await _scan(till, CASE_GTIN)
    await till.get_by_role("spinbutton", name="Packs of Whole milk 250 ml case").fill("9")
    await till.get_by_role("button", name="Take ¥450.00").click()
    await expect(till.get_by_role("alert").filter(has_text="stock")).to_be_visible()
    await expect(till.get_by_role("heading", name="Basket (9)")).to_be_visible()
    assert await _sales(till) == [5_900, 450]
    await till.get_by_role("button", name="Empty").click()


async def _take_back(till: Page) -> None:
    await till.get_by_role("link", name=re.compile("Sales and today")).click()
    await till.get_by_label("Search number").fill("wf")
    await expect(till.get_by_role("table", name="Sales").get_by_role("link")).to_have_count(1)
    await till.get_by_role("table", name="Sales").get_by_role("link").click()
    await till.get_by_role("button", name="Refund").click()
    dialog = till.get_by_role("dialog")
    await dialog.get_by_role("spinbutton", name="Whole milk 250 ml").last.fill("1")
    await dialog.get_by_role("button", name="Refund").click()
    await expect(dialog.get_by_text("Please fill in").or_(dialog.get_by_role("alert")).first).to_be_visible()
    await dialog.get_by_label("Reason").fill("Changed his mind")
    await dialog.get_by_role("button", name="Refund").click()
    await expect(till.get_by_role("article", name="Slip")).to_contain_text("returned: 1 盒")
    await expect(till.get_by_role("article", name="Slip")).to_contain_text("-¥4.50")


async def _see_the_day(till: Page) -> None:
    await till.goto("/till/sales")
    day = till.get_by_role("table").first
    await expect(day.get_by_role("row").filter(has_text="Cash")).to_contain_text("¥54.50")
    await expect(day.get_by_role("row").filter(has_text="Total")).to_contain_text("¥59.00")
    await till.get_by_role("link", name="Home").first.click()
    today = till.locator("section").filter(has_text="Today's sales")
    for text in ("Sales: 2", "Refunds: 1", "-¥4.50", "¥59.00"):
        await expect(today).to_contain_text(text)
    await expect(today.get_by_role("link", name="Open the till")).to_have_count(0)
    await today.get_by_role("link", name=re.compile("Sales: 2")).click()
    await expect(till.get_by_role("heading", name="Sales", exact=True)).to_be_visible()


async def test_whoever_may_sell_at_a_counter_sees_its_day_at_home_and_nobody_else(enter: Enter) -> None:
    distributor = await enter("distributor")
    today = distributor.locator("section").filter(has_text="Today's sales")
    await expect(today).to_contain_text("No sale yet today")
    await today.get_by_role("link", name="Open the till").click()
    await expect(distributor.get_by_role("heading", name="Till", exact=True)).to_be_visible()
    for who in ("factory", "dealer"):
        page = await enter(who)
        if who == "dealer":
            await expect(page.get_by_role("heading", name="Today's sales")).to_be_visible()
            await page.route("**/api/v1/me", _without_the_counter)
            await page.reload()
        await expect(page.get_by_role("heading", name="Expires within 30 days")).to_be_visible()
        await expect(page.get_by_text("Today's sales")).to_have_count(0)


async def _without_the_counter(route: Route) -> None:
    """Answer as to somebody who sees orders and may not sell."""
    answer = await route.fetch()
    me = await answer.json()
    me["permissions"].remove("orders.sell")
    await route.fulfill(response=answer, json=me)


async def test_the_counter_fits_a_phone(enter: Enter) -> None:
    till = await enter("dealer", "/till", is_phone=True)
    await till.get_by_role("button", name=re.compile("Add Whole milk 250 ml 盒")).click()
    faults = [*await violations(till), *await width_of(till)]
    await till.get_by_role("button", name=re.compile("To pay")).click()
    await expect(till.get_by_role("button", name="Take ¥4.50")).to_be_enabled()
    await _still(till)
    faults += [*await violations(till), *await width_of(till)]
    await till.goto("/till/sales")
    await till.get_by_role("heading", name="Sales").wait_for()
    faults += [*await violations(till), *await width_of(till)]
    assert not faults, "\n".join(faults)
