"""Approval in a real browser: a rule is made, two orders wait, both are approved at once, and the order says why."""

import http
from typing import Any

from playwright.async_api import Page, expect

from lingqu.kernel.ids import uuid7
from tests.browser.conftest import Enter

_UNITS = 12


async def _read(page: Page, path: str) -> Any:
    answer = await page.context.request.get(f"/api/v1{path}")
    assert answer.status == http.HTTPStatus.OK, await answer.text()
    return await answer.json()


async def _order(dealer: Page, packs: int) -> str:
    """Order milk powder at 988.00 a case, as the dealer."""
    (link,) = (await _read(dealer, "/links?side=buying"))["items"]
    (sku,) = (await _read(dealer, "/skus?q=TR-4001"))["items"]
    case = next(pack for pack in (await _read(dealer, f"/skus/{sku['id']}"))["packs"] if pack["units"] == _UNITS)
    line = {"sku_id": sku["id"], "pack_id": case["id"], "packs": packs}
    body = {"seller_id": link["seller_id"], "lines": [line]}
    answer = await dealer.context.request.post("/api/v1/orders", data=body, headers={"Idempotency-Key": str(uuid7())})
    assert answer.status == http.HTTPStatus.CREATED, await answer.text()
    order_id: str = (await answer.json())["id"]
    return order_id


async def _switch_rules_off(distributor: Page) -> None:
    """Leave the market to the other tests as it was."""
    rules = await _read(distributor, "/approval-rules")
    await distributor.context.request.put(
        "/api/v1/approval-rules",
        data={"is_active": False, "rules": []},
        headers={"If-Match": f'"{rules["version"]}"', "Idempotency-Key": str(uuid7())},
    )


async def test_two_orders_that_a_rule_holds_are_approved_at_once(enter: Enter) -> None:
    distributor = await enter("distributor", "/approval-rules")
    await distributor.get_by_role("button", name="Add a rule").click()
    await distributor.get_by_label("Name").fill("Large")
    await distributor.get_by_label("Amount above").first.fill("50")
    await distributor.get_by_role("switch", name="Active").click()
    await distributor.get_by_role("button", name="Save").first.click()
    await expect(distributor.get_by_text("Saved").first).to_be_visible()
    try:
        dealer = await enter("dealer", is_phone=True)
        orders = [await _order(dealer, packs) for packs in (1, 2)]
        await distributor.goto("/approvals")
        await expect(distributor.get_by_text("Large")).to_have_count(2)
        await distributor.get_by_role("checkbox", name="Choose all").check()
        await distributor.get_by_role("button", name="Approve").click()
        dialog = distributor.get_by_role("dialog", name="Approve 2")
        await dialog.get_by_label("Reason").fill("Known customer")
        await dialog.get_by_role("button", name="Approve").click()
        await expect(distributor.get_by_text("Nothing waits for your decision")).to_be_visible()
        await distributor.goto(f"/orders/{orders[1]}")
        section = distributor.locator("section").filter(has_text="Approval and rules")
        await expect(section).to_contain_text("Large: This rule decided")
        await expect(section).to_contain_text("Known customer")
        await expect(distributor.get_by_role("button", name="Confirm order")).to_be_visible()
    finally:
        await _switch_rules_off(distributor)
