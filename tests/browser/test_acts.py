"""What can be done with an order: every step a button at a desk, the rest folded into a menu on a phone."""

import re

from playwright.async_api import Page, Route, expect

from tests.browser.conftest import Enter
from tests.browser.papers import place
from tests.browser.test_pages import settled, width_of
from tests.browser.test_quick_order import faults_at_rest

_FOLDED = ("Keep as a list", "Cancel order", "Change order")


async def _open_order(page: Page) -> None:
    await place(page, code="TR-1002")
    await page.goto("/orders?side=buying")
    await page.locator("main .lq-table tbody a, main .lq-card a").first.click()
    await page.wait_for_url(re.compile(r"/orders/[0-9a-f-]{36}"))
    await settled(page)


async def test_a_desk_shows_every_step(enter: Enter) -> None:
    page = await enter("dealer")
    await _open_order(page)
    for name in ("Order again", *_FOLDED):
        await expect(page.get_by_role("button", name=name)).to_be_visible()
    await expect(page.get_by_role("button", name="More actions")).to_have_count(0)


async def test_a_phone_keeps_one_step_in_sight_and_folds_the_rest(enter: Enter) -> None:
    page = await enter("dealer", is_phone=True)
    await _open_order(page)
    await expect(page.get_by_role("button", name="Order again")).to_be_visible()
    for name in _FOLDED:
        await expect(page.get_by_role("button", name=name)).to_have_count(0)
    more = page.get_by_role("button", name="More actions")
    await more.click()
    for name in _FOLDED:
        await expect(page.get_by_role("menuitem", name=name)).to_be_visible()
    assert [*await faults_at_rest(page), *await width_of(page)] == []
    await page.get_by_role("menuitem", name="Keep as a list").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("Name of the list")).to_be_visible()
    await dialog.get_by_role("button", name="Cancel").click()
    await expect(dialog).to_have_count(0)


async def test_only_what_is_on_credit_and_unpaid_is_paid_online(enter: Enter) -> None:
    page = await enter("dealer")
    await _open_order(page)
    pay = page.get_by_role("button", name="Pay online")
    await expect(page.get_by_role("button", name="Cancel order")).to_be_visible()
    await expect(pay).to_have_count(0)  # its money was put down before
    await page.route(re.compile(r"/api/v1/orders/[0-9a-f-]{36}$"), _on_credit)
    await page.reload()
    await expect(page.get_by_text("Charged to credit")).to_be_visible()
    await pay.click()
    await expect(page.get_by_role("dialog").get_by_label("Amount")).to_have_value("30.00")


async def _on_credit(route: Route) -> None:
    """Answer as if the order were on credit and all but 30.00 of it repaid."""
    answer = await route.fetch()
    order = await answer.json()
    for payment in order["payments"]:
        payment["account_kind"] = "credit"
    order["unpaid_minor"] = 3_000
    order["payment_status"] = "paid"
    await route.fulfill(response=answer, json=order)


async def test_the_menu_is_worked_by_keys_alone(enter: Enter) -> None:
    page = await enter("dealer", is_phone=True)
    await _open_order(page)
    more = page.get_by_role("button", name="More actions")
    first = page.get_by_role("menuitem", name="Keep as a list")
    await more.focus()
    await page.keyboard.press("Enter")
    await expect(first).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(first).to_be_hidden()
    await expect(more).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(first).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="Cancel order")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="Cancel this order?")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(more).to_be_focused()


async def test_a_dialog_that_closes_gives_the_focus_back(enter: Enter) -> None:
    page = await enter("dealer")
    await _open_order(page)
    keep = page.get_by_role("button", name="Keep as a list")
    cancel = page.get_by_role("button", name="Cancel order")
    for opener in (keep, cancel):
        await opener.press("Enter")
        await expect(page.get_by_role("dialog")).to_have_count(1)
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await expect(opener).to_be_focused()
    await cancel.press("Enter")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Reason").fill("Ordered twice")
    await dialog.get_by_role("button", name="Cancel order").press("Enter")
    # What opened it is gone with the order's state: the page has the focus.
    await expect(cancel).to_have_count(0)
    await expect(page.locator("main")).to_be_focused()
