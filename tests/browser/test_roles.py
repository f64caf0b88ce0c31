"""Roles: one is made from another, edited against a change of somebody else, explained on a page, and deleted."""

from playwright.async_api import expect

from tests.browser.conftest import Enter


async def test_an_own_role_from_its_making_to_its_end(enter: Enter) -> None:
    page = await enter("distributor", "/users?view=roles")
    await page.get_by_role("link", name="Viewer").click()
    await page.get_by_role("button", name="Copy").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Chinese name").fill("Intern")
    await dialog.get_by_label("English name").fill("Intern")
    await dialog.get_by_role("textbox", name="Code").fill("viewer!")
    await dialog.get_by_role("button", name="Make").click()
    await expect(dialog.get_by_role("textbox", name="Code")).to_have_attribute("aria-invalid", "true")
    await dialog.get_by_role("textbox", name="Code").fill("intern")
    await dialog.get_by_role("checkbox", name="Ship orders", exact=True).check()
    await dialog.get_by_role("button", name="Make").click()
    await expect(dialog).to_have_count(0)
    await page.get_by_role("link", name="← Roles").click()
    await page.get_by_role("link", name="Intern").click()
    await expect(page.get_by_text("Nobody has this role")).to_be_visible()
    await page.get_by_role("button", name="Edit", exact=True).click()
    await page.get_by_label("English name").fill("Trainee")
    edit = {"name_zh": "Intern", "name_en": "Apprentice", "permissions": ["orders.read"]}
    answer = await page.request.patch(
        f"/api/v1/roles/{page.url.rpartition('/')[2]}", data=edit, headers={"If-Match": '"1"'}
    )
    assert answer.ok
    await page.get_by_role("button", name="Save").click()
    conflict = page.get_by_role("alert").filter(has_text="Somebody changed this")
    await expect(conflict.locator("td").first).to_have_text("Apprentice")
    await conflict.get_by_role("button", name="Overwrite with mine").click()
    await expect(page.get_by_role("heading", name="Trainee")).to_be_visible()
    await page.get_by_role("button", name="Delete").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await page.wait_for_url("**/users?view=roles")
    await expect(page.get_by_role("link", name="Trainee")).to_have_count(0)


async def test_a_users_page_says_which_role_gives_each_right(enter: Enter) -> None:
    page = await enter("distributor", "/users")
    await page.get_by_role("link", name="陈立").click()
    await page.get_by_label("Search rights").fill("confirm")
    right = page.get_by_role("listitem").filter(has_text="Confirm")
    await expect(right.get_by_role("link", name="Manager")).to_be_visible()
    await right.get_by_role("link", name="Manager").click()
    await expect(page.get_by_role("table", name="Who has it")).to_contain_text("陈立")
    assert await page.get_by_role("button", name="Delete").count() == 0
