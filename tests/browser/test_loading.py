"""A button that stopped loading says so, however soon the answer came."""

from playwright.async_api import expect

from tests.browser.conftest import Enter

_CLICKS = 30
_ANSWER_AT_ONCE = """() => {
    const fetched = window.fetch;
    let wait = 0;
    window.fetch = async (asked, ...rest) => {
        const url = typeof asked === "string" ? asked : (asked.url ?? String(asked));
        if (!url.endsWith("/stock/transfers")) return fetched(asked, ...rest);
        wait = (wait + 1) % 20;
        await new Promise((answer) => setTimeout(answer, wait));
        return new Response(JSON.stringify({ title: "Not now", status: 409, code: "not_now" }), {
            status: 409, headers: { "Content-Type": "application/problem+json" },
        });
    };
}"""


async def test_a_button_whose_answer_came_at_once_is_called_as_before(enter: Enter) -> None:
    page = await enter("distributor", "/transfers")

    await page.evaluate(_ANSWER_AT_ONCE)
    await page.get_by_role("button", name="New transfer").click()
    dialog = page.get_by_role("dialog")
    for field in ("From", "To"):
        box = dialog.get_by_label(field, exact=True)
        await box.press("ArrowDown")
        await box.press("Enter")
    goods = dialog.get_by_label("Goods")
    await goods.fill("TR-4001")
    await expect(page.locator(".ant-select-item-option").filter(has_text="TR-4001")).to_have_count(1)
    await goods.press("Enter")
    await dialog.get_by_label("Quantity").fill("10")
    for _ in range(_CLICKS):
        await dialog.get_by_role("button", name="Send", exact=True).click()
