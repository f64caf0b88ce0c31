"""Members in a real browser: registered, found by phone, known at a second shop, renamed by two tabs, given points."""

from playwright.async_api import expect

from tests.browser.conftest import Enter
from tests.browser.test_pages import violations, width_of


async def test_a_member_is_registered_once_and_known_at_the_next_shop(enter: Enter) -> None:
    shop = await enter("dealer", "/members", is_phone=True)
    await shop.get_by_role("button", name="Register a member").click()
    dialog = shop.get_by_role("dialog")
    await dialog.get_by_label("Phone").fill("12")
    await dialog.get_by_label("Name").fill("Chen Min")
    await dialog.get_by_role("button", name="Register").click()
    await expect(dialog.locator(".ant-form-item-explain-error")).to_be_visible()
    await dialog.get_by_label("Phone").fill("137 0000 0002")
    await dialog.get_by_role("button", name="Register").click()
    await expect(shop.get_by_role("heading", name="Chen Min")).to_be_visible()
    card = await shop.locator(".lq-facts dd").nth(2).inner_text()
    await shop.get_by_role("button", name="Adjust points").click()
    await dialog.get_by_label("Points").fill("-5")
    await dialog.get_by_label("Reason").fill("Test")
    await dialog.get_by_role("button", name="Adjust").click()
    await expect(dialog.get_by_role("alert").filter(has_text="Not enough points")).to_be_visible()
    await dialog.get_by_label("Points").fill("20")
    await dialog.get_by_role("button", name="Adjust").click()
    await expect(shop.get_by_role("list", name="Account of points")).to_contain_text("+20")
    await expect(shop.locator(".lq-facts dd").first).to_have_text("20")
    faults = [*await violations(shop), *await width_of(shop)]
    assert not faults, "\n".join(faults)

    above = await enter("distributor", "/members")
    await above.get_by_role("button", name="Register a member").click()
    dialog = above.get_by_role("dialog")
    await dialog.get_by_label("Phone").fill("+86 13700000002")
    await dialog.get_by_label("Name").fill("Somebody else")
    await dialog.get_by_role("button", name="Register").click()
    await expect(dialog.get_by_role("alert").filter(has_text="Is a member already")).to_be_visible()
    await dialog.get_by_role("button", name="Make a member here").click()
    await expect(above.get_by_role("heading", name="Chen Min")).to_be_visible()
    assert await above.locator(".lq-facts dd").nth(2).inner_text() == card
    await above.get_by_role("link", name="← Members").click()
    for words in ("chen", card, "13700000002"):
        await above.get_by_label("Search name").fill(words)
        await expect(above.get_by_role("table", name="Members").get_by_role("link")).to_have_text(["Chen Min"])


async def test_two_tabs_that_rename_a_member_meet_in_a_conflict(enter: Enter) -> None:
    page = await enter("dealer", "/members")
    await page.get_by_role("link", name="王芳").click()
    await page.get_by_role("button", name="Change the name").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name").fill("王方")
    address = f"/api/v1/members/{page.url.rpartition('/')[2]}"
    answer = await page.request.patch(address, data={"name": "王芳芳"}, headers={"If-Match": '"1"'})
    assert answer.ok
    await dialog.get_by_role("button", name="Save").click()
    conflict = dialog.get_by_role("alert").filter(has_text="Somebody changed this")
    await expect(conflict.locator("td")).to_have_text(["王芳芳", "王方"])
    await conflict.get_by_role("button").last.click()
    await dialog.get_by_label("Name").fill("王芳")
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name="王芳", exact=True)).to_be_visible()
