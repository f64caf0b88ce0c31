"""The whole trade in a real browser: order, confirm, ship, receive; both sides and their books see the same."""

import re

from playwright.async_api import Page, expect

from tests.browser.conftest import Enter


async def test_an_order_travels_from_the_shop_to_the_shelf(enter: Enter) -> None:
    dealer = await enter("dealer", is_phone=True)
    before_minor = await _paid_ahead(dealer)  # stories told before this one may have moved it
    order_id = await _place(dealer)
    distributor = await enter("distributor", "/orders?side=selling")
    await _confirm_and_ship(distributor, order_id)
    await _receive(dealer, order_id)
    await distributor.reload()
    await expect(distributor.locator("h1").locator("xpath=..")).to_contain_text("Completed")
    await _see_the_money(distributor, left_minor=before_minor - 126_00)
    replenished_id = await _replenish(distributor)
    await _see_sell_in(await enter("factory"), replenished_id)
    await _see_sell_in(await enter("brand"), order_id)


async def _place(dealer: Page) -> str:
    """Put goods into the cart, meet a shortage, take what is free, and give the order's number."""
    await dealer.get_by_role("link", name="Buy", exact=True).click()
    await dealer.get_by_role("button", name="One more of Whole milk 250 ml case").click()
    await dealer.get_by_role("button", name="One more of Plain yoghurt 200 g case").click()
    await dealer.get_by_role("spinbutton", name="Packs of Plain yoghurt 200 g case").fill("5")
    bar = dealer.get_by_role("link", name=re.compile(r"^Cart \(2 lines\)"))
    await expect(bar).to_contain_text("¥261.00")
    await bar.click()
    await dealer.get_by_role("button", name="Place order").click()
    alert = dealer.get_by_role("alert").filter(has_text="Plain yoghurt")
    await expect(alert).to_contain_text("asked 5 case")
    await expect(alert).to_contain_text("free 2 case + 6 units")
    await alert.get_by_role("button", name="Take what is free").click()
    await expect(dealer.get_by_text("¥126.00").first).to_be_visible()
    return dealer.url.rpartition("/")[2]


async def _confirm_and_ship(distributor: Page, order_id: str) -> None:
    await distributor.locator(f'a[href="/orders/{order_id}"]').click()
    await distributor.get_by_role("button", name="Confirm order").click()
    await distributor.get_by_role("dialog").get_by_role("button", name="Confirm order").click()
    await distributor.get_by_role("button", name="Ship").click()
    dialog = distributor.get_by_role("dialog")
    await dialog.get_by_label("Carrier").fill("SF Express")
    await dialog.get_by_role("button", name="Ship").click()
    await expect(distributor.get_by_text("On the way").first).to_be_visible()


async def _receive(dealer: Page, order_id: str) -> None:
    await dealer.goto(f"/orders/{order_id}")
    await dealer.get_by_role("button", name="Receive").click()
    await dealer.get_by_role("dialog").get_by_role("button", name="Receive").click()
    await expect(dealer.get_by_role("dialog")).to_have_count(0)


async def _paid_ahead(dealer: Page) -> int:
    """Read what the distributor owes the dealer, in minor units: its own books say it is owed, so below zero."""
    answer = await dealer.request.get("/api/v1/accounts?kind=prepaid&side=counterparty")
    (account,) = (await answer.json())["items"]
    return -int(account["balance_minor"])


async def _see_the_money(distributor: Page, *, left_minor: int) -> None:
    """The dealer's prepaid account says what the order took from it, to the fen."""
    await distributor.goto("/ledger?kind=prepaid&side=owner")
    await distributor.get_by_role("row").filter(has_text="Xihu Corner Shop").get_by_role("link").click()
    postings = distributor.get_by_role("table", name="Postings")
    await expect(postings).to_contain_text(f"¥{left_minor / 100:,.2f} we owe")
    await postings.get_by_role("button", name="Sale", exact=True).first.click()
    entry = distributor.get_by_role("dialog")
    await expect(entry.get_by_role("row").filter(has_text="Revenue")).to_contain_text("¥111.51")
    await expect(entry.get_by_role("row").filter(has_text="Tax")).to_contain_text("¥14.49")
    await entry.get_by_role("button", name="Close").click()


async def _replenish(distributor: Page) -> str:
    """Order from the factory in a wide window and give the order's id."""
    await distributor.get_by_role("link", name="Buy", exact=True).click()
    await distributor.get_by_role("button", name="One more of Whole milk 250 ml case").first.click()
    await distributor.get_by_role("button", name="Place order").click()
    await distributor.wait_for_url("**/orders/*")
    return distributor.url.rpartition("/")[2]


async def _see_sell_in(above: Page, order_id: str) -> None:
    """Whoever supplies the channel finds the order on its first page."""
    listed = above.get_by_role("list", name="Sell-in of the channel")
    await expect(listed.locator(f'a[href="/orders/{order_id}"]')).to_be_visible()
