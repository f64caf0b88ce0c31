"""The audit log: what was changed is found, told field by field, linked to its object, and exported."""

import re

from playwright.async_api import expect

from tests.browser.conftest import Enter


async def test_a_change_is_told_with_what_stood_before_and_after(enter: Enter) -> None:
    page = await enter("factory", "/")
    me = await (await page.request.get("/api/v1/me")).json()
    answer = await page.request.patch(
        "/api/v1/me", data={"email": "plant@example.org"}, headers={"If-Match": f'"{me["version"]}"'}
    )
    assert answer.ok
    await page.goto(f"/audit?kind=user&user_id={me['user_id']}")
    changes = page.get_by_role("table", name="Audit")
    await expect(changes.get_by_role("row").filter(has_text="Changed").first).to_contain_text("E-mail")
    await changes.get_by_role("button", name="Show").first.click()
    told = page.get_by_role("dialog").get_by_role("row").filter(has_text="E-mail")
    await expect(told.locator("td").last).to_have_text("plant@example.org")
    await page.get_by_role("dialog").get_by_role("button", name="Close").first.click()
    async with page.expect_download() as waiting:
        await page.get_by_role("button", name="Export CSV").click()
    text = (await (await waiting.value).path()).read_text(encoding="utf-8-sig")
    assert re.search(r'User,.*Changed,.*E-mail:.*""plant@example\.org""', text)
    await page.goto("/audit?kind=user&until=2020-01-01")
    await expect(page.get_by_text("No changes")).to_be_visible()


async def test_a_page_leads_to_what_was_changed_about_it(enter: Enter) -> None:
    page = await enter("distributor", "/users")
    await page.get_by_role("link", name="陈立").click()
    await page.get_by_role("link", name="Changes").click()
    await page.wait_for_url("**/audit?kind=user&object_id=*")
    only = page.get_by_role("button", name=re.compile("^Only no"))
    await only.click()
    await expect(only).to_have_count(0)
