"""A clerk orders for a shop that wants to agree first: the shop is asked, on its own pages, and agrees."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Enter
from tests.browser.test_quick_order import faults_at_rest


@pytest.mark.parametrize("is_phone", [False, True], ids=["desk", "phone"])
async def test_a_shop_agrees_to_what_was_ordered_for_it(enter: Enter, *, is_phone: bool) -> None:
    dealer = await enter("dealer", "/links", is_phone=is_phone)
    await dealer.locator("main .lq-table tbody a, main .lq-card a").first.click()
    await dealer.get_by_role("combobox", name="Our side says").click()
    await dealer.locator(".ant-select-item-option").filter(has_text="The buyer agrees first").click()
    assert await faults_at_rest(dealer) == []
    if await dealer.get_by_role("button", name="Save").is_enabled():
        await dealer.get_by_role("button", name="Save").click()
    await expect(dealer.locator("dd", has_text="The buyer agrees first")).not_to_have_count(0)
    distributor = await enter("distributor", "/orders/for-buyer", is_phone=is_phone)
    await distributor.get_by_role("combobox", name="Buyer").click()
    await distributor.locator(".ant-select-item-option").first.click()
    await expect(distributor.get_by_text("This buyer agrees first")).to_be_visible()
    await distributor.get_by_role("combobox", name="Goods").click()
    await distributor.locator(".ant-select-item-option").filter(has_text="Whole milk").first.click()
    await expect(distributor.get_by_text("¥36.00").first).to_be_visible()
    assert await faults_at_rest(distributor) == []
    await distributor.get_by_role("button", name="Place this order").click()
    await distributor.wait_for_url(re.compile(r"/orders/[0-9a-f-]{36}"))
    await expect(distributor.get_by_text("entered by the seller").first).to_be_visible()
    await expect(distributor.get_by_role("button", name="Approve")).to_have_count(0)
    await dealer.goto(distributor.url)
    await dealer.get_by_role("button", name="Approve").click()
    await dealer.get_by_role("dialog").get_by_role("button", name="Approve").click()
    await expect(dealer.get_by_role("dialog")).to_have_count(0)
    await expect(dealer.get_by_text("Buyer agreed")).to_be_visible()
