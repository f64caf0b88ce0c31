"""Goods go back without naming orders: the shop sees what each line brings, the distributor decides once."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.test_quick_order import faults_at_rest

_MILK = "Low-fat milk 250 ml"


async def _buy(dealer: Page, distributor: Page, *, is_phone: bool) -> None:
    """Order a case, have it sent, and take it in."""
    await dealer.goto("/shop")
    await dealer.get_by_role("button", name=f"One more of {_MILK} case").click()
    if is_phone:
        await dealer.get_by_role("link", name=re.compile(r"^Cart \(1 lines\)")).click()
    await dealer.get_by_role("button", name="Place order").click()
    await dealer.wait_for_url(re.compile(r"/orders/[0-9a-f-]{36}"))
    order_id = dealer.url.rpartition("/")[2]
    await distributor.goto(f"/orders/{order_id}")
    for name in ("Confirm order", "Ship"):
        await distributor.get_by_role("button", name=name).click()
        await distributor.get_by_role("dialog").get_by_role("button", name=name).click()
        await expect(distributor.get_by_role("dialog")).to_have_count(0)
    await dealer.goto(f"/orders/{order_id}")
    await dealer.get_by_role("button", name="Receive").click()
    await dealer.get_by_role("dialog").get_by_role("button", name="Receive").click()
    await expect(dealer.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("is_phone", [False, True], ids=["desk", "phone"])
async def test_a_shop_gives_goods_of_two_orders_back(enter: Enter, *, is_phone: bool) -> None:
    dealer = await enter("dealer", is_phone=is_phone)
    distributor = await enter("distributor")
    for _ in range(2):
        await _buy(dealer, distributor, is_phone=is_phone)
    await dealer.goto("/joint-returns")
    await dealer.get_by_role("button", name="Ask for a return").click()
    await dealer.get_by_role("combobox", name="Seller").click()
    await dealer.locator(".ant-select-item-option").first.click()
    await dealer.get_by_role("button", name="Paste or upload a list").click()
    dialog = dealer.get_by_role("dialog")
    await dialog.get_by_label("Rows").fill("TR-1002  13  box damaged\nTR-9999  1  unknown")
    await dialog.get_by_role("button", name="Read").click()
    await expect(dealer.get_by_text("Booked on 2 orders")).to_be_visible()
    await expect(dealer.get_by_text("Row 2")).to_be_visible()
    await expect(dealer.get_by_text("¥41.17").first).to_be_visible()  # a case and a twelfth, to the fen
    assert await faults_at_rest(dealer) == []
    await dealer.get_by_label("Why goods go back").fill("damaged by rain")
    await dealer.get_by_role("button", name="Ask for this return").click()
    await dealer.wait_for_url(re.compile(r"/joint-returns/[0-9a-f-]{36}"))
    await expect(dealer.get_by_text("To decide")).to_be_visible()
    assert await faults_at_rest(dealer) == []
    await distributor.goto(dealer.url)
    await distributor.get_by_role("button", name="Take back and refund").click()
    dialog = distributor.get_by_role("dialog")
    await dialog.get_by_role("spinbutton").last.fill("0")
    await dialog.get_by_label("Why less").fill("opened")
    assert await faults_at_rest(distributor) == []
    await dialog.get_by_role("button", name="Take back and refund").click()
    await expect(dialog).to_have_count(0)
    await expect(distributor.get_by_text("Refunded in part")).to_be_visible()
    await dealer.reload()
    await expect(dealer.get_by_text("Refunded in part")).to_be_visible()
