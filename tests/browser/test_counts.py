"""Counting and moving goods in a real browser: scans add up, two people count one sheet, a transfer comes in parts."""

from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Enter
from tests.browser.market import CASE_GTIN
from tests.browser.test_pages import violations, width_of


async def _free(page: Page, words: str) -> list[int]:
    """Read what is free of some goods at each own node, from the server itself."""
    me = await (await page.request.get("/api/v1/me")).json()
    answer = await page.request.get(f"/api/v1/stock?q={words}&organization_id={me['organization_id']}&sort=node")
    return [row["free"] for row in (await answer.json())["items"]]


async def test_a_count_by_scanning_meets_another_and_puts_the_stock_right(enter: Enter) -> None:
    first = await enter("factory", "/counts")
    await first.get_by_role("button", name="Open a count").click()
    await first.get_by_role("dialog").get_by_label("Name").fill("Aisle 1")
    await first.get_by_role("dialog").get_by_role("button", name="Open").click()
    await expect(first.get_by_role("heading", name="Aisle 1")).to_be_visible()
    second = await first.context.new_page()
    await second.goto(first.url)
    scan = first.get_by_label("Scan, or type a code")
    for _ in range(2):
        await scan.fill(CASE_GTIN)
        await scan.press("Enter")
    await expect(first.get_by_text("Whole milk 250 ml +12")).to_be_visible()
    milk = first.get_by_role("spinbutton", name="Whole milk 250 ml")
    await expect(milk).to_have_value("24")
    await second.get_by_role("spinbutton", name="Milk powder 700 g").fill("3590")
    await second.get_by_role("button", name="Save entries (1)").click()
    await expect(second.get_by_role("row").filter(has_text="Milk powder")).to_contain_text("-10")
    await milk.fill("24002")
    await first.get_by_role("button", name="Save entries (1)").click()
    await expect(first.get_by_role("alert").filter(has_text="Somebody else counted")).to_be_visible()
    await expect(first.get_by_role("spinbutton", name="Milk powder 700 g")).to_have_value("3590")
    await expect(milk).to_have_value("24002")
    await first.get_by_role("button", name="Save entries (1)").click()
    await expect(first.get_by_role("row").filter(has_text="Whole milk")).to_contain_text("+2")
    assert await _free(first, "powder") == [3_600]
    await first.get_by_role("button", name="Post").click()
    dialog = first.get_by_role("dialog")
    await expect(dialog).to_contain_text("Lines not counted")
    await dialog.get_by_role("button", name="Post").click()
    await expect(first.get_by_text("posted", exact=True)).to_be_visible()
    assert (await _free(first, "powder"), await _free(first, "whole")) == ([3_590], [24_002])
    faults = [*await violations(first), *await width_of(first)]
    assert not faults, "\n".join(faults)


async def test_a_transfer_arrives_in_parts_and_the_rest_is_given_up_with_a_reason(enter: Enter) -> None:
    page = await enter("distributor", "/transfers")
    await page.get_by_role("button", name="New transfer").click()
    dialog = page.get_by_role("dialog")
    await _choose(dialog.get_by_label("From", exact=True), 0)
    await _choose(dialog.get_by_label("To", exact=True), 0)
    goods = dialog.get_by_label("Goods")
    await goods.fill("TR-4001")
    options = page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option")
    await expect(options.filter(has_text="TR-4001")).to_have_count(1)
    await expect(options).to_have_count(1)
    await goods.press("Enter")
    await dialog.get_by_label("Quantity").fill("10")
    await dialog.get_by_role("button", name="Send", exact=True).click()
    await expect(dialog.get_by_text("Goods cannot be sent to where they are.")).to_be_visible()
    await _choose(dialog.get_by_label("To", exact=True), 1)
    await dialog.get_by_role("button", name="Send", exact=True).click()
    await page.wait_for_url("**/transfers/*")
    before = await _free(page, "powder")
    await page.get_by_role("button", name="Ship").click()
    await page.get_by_role("dialog").get_by_role("spinbutton").fill("8")
    await page.get_by_role("dialog").get_by_role("button", name="Ship").click()
    await expect(page.get_by_text("in transit", exact=True)).to_be_visible()
    assert sum(await _free(page, "powder")) == sum(before) - 8
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.get_by_role("button", name="Receive").click()
    await _receive_elsewhere(page, 5)
    await page.get_by_role("dialog").get_by_role("button", name="Receive").click()
    await expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    await page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    assert sum(await _free(page, "powder")) == sum(before) - 3
    await page.get_by_role("button", name="Close").first.click()
    await page.get_by_role("dialog").get_by_label("Reason").fill("Fell off the van")
    await page.get_by_role("dialog").get_by_role("button", name="Close", exact=True).last.click()
    await expect(page.get_by_text("Fell off the van")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Milk powder")
    await expect(row.get_by_role("cell")).to_have_text(
        ["Milk powder 700 gTR-4001", "10 盒", "8 盒", "—", "5 盒", "3 盒"]
    )
    faults = [*await violations(page), *await width_of(page)]
    assert not faults, "\n".join(faults)


async def _receive_elsewhere(page: Page, quantity: int) -> None:
    """Let somebody else take goods in while a dialog stands open here."""
    address = f"/api/v1/stock/transfers/{page.url.rpartition('/')[2]}"
    version = (await (await page.request.get(address)).json())["version"]
    answer = await page.request.post(
        f"{address}/receipts",
        data={"lines": [{"line_no": 1, "quantity": quantity}]},
        headers={"If-Match": f'"{version}"'},
    )
    assert answer.ok, await answer.text()


async def _choose(field: Locator, place: int) -> None:
    """Choose with the keyboard; a choice made before is where the arrows start."""
    await field.focus()
    await field.press("ArrowDown")
    for _ in range(place):
        await field.press("ArrowDown")
    await field.press("Enter")
