"""The quick ways to an order in a real browser: pasted rows, a CSV file, and the same order again."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.test_pages import violations

_AT_REST = """() => Promise.all(document.getAnimations()
  .filter((one) => one.effect.getTiming().iterations !== Infinity)
  .map((one) => one.finished.catch(() => null)))"""
ROWS = "TR-1001\t2\tCASE\nNOPE\t3\nTR-1002\t1\tcase"


async def _shop(page: Page) -> None:
    await page.get_by_role("link", name="Buy", exact=True).click()
    await page.wait_for_url(re.compile(r"/shop/\d+$"))


async def faults_at_rest(page: Page) -> list[str]:
    """Look at a page that stands still with nothing under the mouse: a color that is about to change is none."""
    await page.mouse.move(0, 0)
    await page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
    await page.evaluate(_AT_REST)
    return await violations(page)


@pytest.mark.parametrize("is_phone", [False, True], ids=["desk", "phone"])
async def test_pasted_rows_become_an_order_that_is_repeated(enter: Enter, *, is_phone: bool) -> None:
    page = await enter("distributor", is_phone=is_phone)
    await _shop(page)
    await page.get_by_role("button", name="Paste or CSV").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("textbox", name="Codes and quantities").fill(ROWS)
    assert await faults_at_rest(page) == []
    await dialog.get_by_role("button", name="Put into the cart").click()
    told = page.get_by_role("status").filter(has_text="2 items went into the cart")
    await expect(told).to_contain_text("Row 2 NOPE 3: No goods that you may buy have this code.")
    assert await faults_at_rest(page) == []
    if is_phone:
        await page.get_by_role("link", name=re.compile(r"^Cart \(2 lines\)")).click()
    await page.get_by_role("button", name="Place order").click()
    await page.wait_for_url("**/orders/*")
    await page.get_by_role("button", name="Order again").click()
    await expect(page.get_by_role("status").filter(has_text="2 items went into the cart")).to_be_visible()
    packs = page.get_by_role("spinbutton", name="Packs of Whole milk 250 ml case")
    await expect(packs).to_have_value("2")
    await page.reload()
    await expect(packs).to_have_value("2")
    await expect(page.get_by_role("button", name="Place order")).to_be_enabled()
    assert await faults_at_rest(page) == []


async def test_a_csv_file_of_excel_is_read_and_the_last_order_comes_again(enter: Enter) -> None:
    page = await enter("distributor")
    await _shop(page)
    await page.get_by_role("button", name="Paste or CSV").click()
    dialog = page.get_by_role("dialog")
    content = "编码,数量,包装\r\nTR-3001,4,箱\r\n".encode("gb18030")
    await dialog.get_by_label("Or choose a CSV file:").set_input_files(
        {"name": "order.csv", "mimeType": "text/csv", "buffer": content}
    )
    await expect(dialog.get_by_role("textbox", name="Codes and quantities")).to_have_value(re.compile("TR-3001,4,箱"))
    await dialog.get_by_role("button", name="Put into the cart").click()
    await expect(page.get_by_role("spinbutton", name="Packs of Cheese sticks 500 g case").first).to_have_value("4")
    await page.get_by_role("button", name="Place order").click()
    await page.wait_for_url("**/orders/*")
    await _shop(page)
    await page.get_by_role("button", name="Repeat last order").click()
    await expect(page.get_by_role("spinbutton", name="Packs of Cheese sticks 500 g case").first).to_have_value("4")


@pytest.mark.parametrize("is_phone", [False, True], ids=["desk", "phone"])
async def test_a_list_is_kept_edited_used_and_deleted_with_a_way_back(enter: Enter, *, is_phone: bool) -> None:
    page = await enter("distributor", is_phone=is_phone)
    name = f"Mondays {is_phone}"
    await _shop(page)
    for goods in ("Whole milk 250 ml", "Low-fat milk 250 ml"):
        await page.get_by_role("button", name=f"One more of {goods} case").click()
    if is_phone:
        await page.get_by_role("link", name=re.compile(r"^Cart \(2 lines\)")).click()
    await page.get_by_role("button", name="Keep as a list").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name of the list").fill(name)
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_have_count(0)
    if is_phone:
        await page.get_by_role("link", name="Choose more").click()
    await page.get_by_role("link", name="Usual lists").click()
    await page.get_by_role("button", name=f"Edit {name}").click()
    await page.get_by_role("button", name="Move up Low-fat milk 250 ml case").click()
    await page.get_by_role("spinbutton", name="Packs of Low-fat milk 250 ml case").fill("6")
    assert await faults_at_rest(page) == []
    await page.get_by_role("button", name="Save").click()
    kept = page.locator(".lq-section").filter(has_text=name)
    await expect(kept.locator("li").first).to_contain_text(re.compile(r"Low-fat milk 250 ml.*6", re.DOTALL))
    assert await faults_at_rest(page) == []
    await kept.get_by_role("button", name="Put into the cart").click()
    await expect(page.get_by_role("status").filter(has_text="2 items went into the cart")).to_be_visible()
    await page.get_by_role("button", name=f"Delete {name}").click()
    await expect(kept).to_have_count(0)
    await page.get_by_role("button", name="Undo").click()
    await expect(kept).to_have_count(1)
    await page.get_by_role("link", name="Order →").click()
    await expect(page.get_by_role("spinbutton", name="Packs of Low-fat milk 250 ml case")).to_have_value("7")
