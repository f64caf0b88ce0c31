"""Trade links: the seller's side changes terms and grants, two tabs meet, the buyer sees and cannot change."""

from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Enter


async def test_terms_and_grants_are_changed_by_the_seller_and_seen_by_the_buyer(enter: Enter) -> None:
    seller = await enter("distributor", "/links?side=selling")
    await seller.get_by_role("link", name="Xihu Corner Shop").click()
    await seller.get_by_role("button", name="Revoke “Return goods” (Every line)").click()
    dialog = seller.get_by_role("dialog")
    await dialog.get_by_label("Reason").fill("Season's end")
    await dialog.get_by_role("button", name="Revoke").click()
    grants = seller.get_by_role("table", name="Grants")
    await expect(grants).to_contain_text("Season's end")
    await seller.get_by_role("button", name="Grant", exact=True).click()
    await seller.get_by_role("dialog").get_by_role("button", name="Grant").click()
    await expect(seller.get_by_role("alert").filter(has_text="Granted already")).to_be_visible()
    await seller.get_by_role("dialog").get_by_label("Right").click()
    await seller.get_by_title("Return goods").click()
    await seller.get_by_role("dialog").get_by_role("button", name="Grant").click()
    await expect(seller.get_by_role("button", name="Revoke “Return goods” (Every line)")).to_be_visible()
    buyer = await enter("dealer", seller.url[seller.url.index("/links") :])
    await expect(buyer.get_by_role("table", name="Grants")).to_contain_text("Season's end")
    assert await buyer.get_by_role("button", name="Revoke").count() == 0
    assert await buyer.get_by_role("button", name="Edit terms").count() == 0


def _terms(page: Page) -> Locator:
    """Find the form of terms; the rule for orders on behalf has one of its own."""
    return page.locator("form").filter(has=page.get_by_label("Payment"))


async def test_two_tabs_that_edit_terms_meet_in_a_conflict(enter: Enter) -> None:
    first = await enter("distributor", "/links?side=selling")
    await first.get_by_role("link", name="Xihu Corner Shop").click()
    await first.get_by_role("button", name="Edit terms").click()
    second = await first.context.new_page()
    await second.goto(first.url)
    await second.get_by_role("button", name="Edit terms").click()
    await second.get_by_label("Payment").fill("10")
    await _terms(second).get_by_role("button", name="Save").click()
    await expect(second.get_by_text("10 days")).to_be_visible()
    await first.get_by_label("Approval above").fill("abc")
    await _terms(first).get_by_role("button", name="Save").click()
    await expect(first.get_by_text("Write an amount such as 5000.00")).to_be_visible()
    await first.get_by_label("Approval above").fill("")
    await _terms(first).get_by_role("button", name="Save").click()
    conflict = first.get_by_role("alert").filter(has_text="Somebody changed this")
    await expect(conflict.get_by_role("row").filter(has_text="Payment").locator("td")).to_have_text(["10", "0"])
    await conflict.get_by_role("button", name="Overwrite with mine").click()
    await expect(first.get_by_text("0 days", exact=True)).to_be_visible()


async def test_links_are_exported_as_the_list_shows_them(enter: Enter) -> None:
    page = await enter("distributor", "/links?side=buying")
    async with page.expect_download() as waiting:
        await page.get_by_role("button", name="Export CSV").click()
    path = await (await waiting.value).path()
    rows = path.read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith("Seller,Buyer,Allowed")
    assert [row.split(",")[:2] for row in rows[1:]] == [["Tianrun Hangzhou factory", "Hangzhou Runfeng Trading"]]


async def test_a_link_is_proposed_by_code_and_declined_with_a_reason(enter: Enter) -> None:
    maker = await enter("factory", "/link-proposals")
    await maker.get_by_role("button", name="Propose a link").click()
    dialog = maker.get_by_role("dialog")
    await dialog.get_by_label("Code of the other organization").fill("NOBODY")
    await dialog.get_by_role("button", name="Propose").click()
    await expect(dialog.get_by_role("alert").first).to_be_visible()
    await dialog.get_by_label("Code of the other organization").fill("HZ-001")
    await dialog.get_by_label("Message").fill("Straight from us")
    await dialog.get_by_role("button", name="Propose").click()
    await expect(maker.get_by_text("No proposals")).to_be_visible()
    shop = await enter("dealer", "/links", is_phone=True)
    await shop.get_by_role("link", name="Answer →").click()
    await shop.get_by_role("button", name="Tianrun Hangzhou factory").click()
    await expect(shop.get_by_text("Straight from us")).to_be_visible()
    await shop.get_by_role("button", name="Decline").click()
    await shop.get_by_role("dialog", name="Decline").get_by_label("Reason").fill("Too far")
    await shop.get_by_role("dialog", name="Decline").get_by_role("button", name="Decline").click()
    await expect(shop.get_by_text("Declined")).to_be_visible()
    await maker.get_by_text("Sent", exact=True).click()
    await maker.get_by_role("button", name="Tianrun Hangzhou factory").click()
    await expect(maker.get_by_text("Too far")).to_be_visible()


async def test_the_days_of_a_right_are_set_and_seen(enter: Enter) -> None:
    page = await enter("distributor", "/links?side=selling")
    await page.get_by_role("link", name="Xihu Corner Shop").click()
    await page.get_by_role("button", name="Days of “See prices” (Every line)").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Until").fill("2036-05-01")
    # Enter takes the day and sends the form.
    await dialog.get_by_label("Until").press("Enter")
    row = page.get_by_role("table", name="Grants").get_by_role("row").filter(has_text="See prices")
    await expect(row).to_contain_text("until May 1, 2036")
    await expect(row).to_contain_text("Holds")
