"""Credit in a real browser: granted, changed by two at once, suspended and resumed; the buyer sees its own."""

from playwright.async_api import expect

from tests.browser.conftest import Enter
from tests.browser.test_pages import violations, width_of


async def test_a_credit_line_is_granted_changed_suspended_and_resumed(enter: Enter) -> None:
    page = await enter("factory", "/credit")
    await page.get_by_role("button", name="Grant credit").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Buyer").focus()
    await dialog.get_by_label("Buyer").press("ArrowDown")
    await expect(page.locator(".ant-select-item-option")).to_have_count(1)
    await dialog.get_by_label("Buyer").press("Enter")
    await dialog.get_by_label("Limit").fill("abc")
    await dialog.get_by_role("button", name="Grant").click()
    await expect(dialog.get_by_text("Enter an amount of zero or more")).to_be_visible()
    await dialog.get_by_label("Limit").fill("80,000")
    await dialog.get_by_label("Terms").fill("Invoices at the end of the month")
    await dialog.get_by_role("button", name="Grant").click()
    await page.wait_for_url("**/credit/*")
    await expect(page.locator(".lq-facts dd").first).to_have_text("¥80,000.00")
    await expect(page.get_by_role("dialog")).to_have_count(0)

    await page.get_by_role("button", name="Change").click()
    await dialog.get_by_label("Limit").fill("90000")
    address = f"/api/v1/credit-agreements/{page.url.rpartition('/')[2]}"
    answer = await page.request.patch(address, data={"payment_days": 45}, headers={"If-Match": '"1"'})
    assert answer.ok
    await dialog.get_by_role("button", name="Save").click()
    conflict = dialog.get_by_role("alert").filter(has_text="Somebody changed this")
    await conflict.get_by_role("button", name="Overwrite with mine").click()
    await expect(page.locator(".lq-facts dd").first).to_have_text("¥90,000.00")
    await expect(page.get_by_role("dialog")).to_have_count(0)

    await page.get_by_role("button", name="Suspend").click()
    await dialog.get_by_label("Reason").fill("Papers are missing")
    await dialog.get_by_role("button", name="Suspend").click()
    await expect(page.get_by_text("Papers are missing")).to_be_visible()
    faults = [*await violations(page), *await width_of(page)]
    assert not faults, "\n".join(faults)

    await page.get_by_role("button", name="Resume").click()
    await dialog.get_by_role("button", name="Resume").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_text("Papers are missing")).to_have_count(0)
    lent = await (await page.request.get(address)).json()
    assert (lent["status"], lent["available_minor"]) == ("active", 9_000_000)


async def test_a_buyer_sees_its_own_line_and_cannot_touch_it(enter: Enter) -> None:
    buyer = await enter("dealer", "/notices", is_phone=True)
    me = await (await buyer.request.get("/api/v1/me")).json()
    seller = await enter("distributor", "/notices")
    answer = await seller.request.post(
        "/api/v1/credit-agreements",
        data={"buyer_id": me["organization_id"], "limit_minor": 500_000, "payment_days": 15, "terms": "Weekly"},
    )
    assert answer.ok, await answer.text()
    await buyer.goto("/credit")
    await buyer.get_by_role("list", name="Credit").get_by_role("link").first.click()
    await expect(buyer.get_by_text("Weekly")).to_be_visible()
    await expect(buyer.locator(".lq-facts dd").first).to_have_text("¥5,000.00")
    assert await buyer.get_by_role("button", name="Suspend").count() == 0
    faults = [*await violations(buyer), *await width_of(buyer)]
    assert not faults, "\n".join(faults)
