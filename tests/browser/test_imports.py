"""Imports: a file is checked first, its good rows are kept, the others come back with their reason."""

from playwright.async_api import expect

from tests.browser.conftest import Enter

HEAD = (
    "code,name_zh,name_en,product_line,category,tax_class,base_unit,gtin,case_units,case_gtin,"
    "shelf_life_days,is_lot_tracked"
)
GOOD = "TR-9001,Oat drink,Oat drink,DAIRY,,V13,box,,12,,180,yes"
WRONG = "TR-9002,Soy drink,Soy drink,NOLINE,,V13,box,,12,,180,yes"


async def test_good_rows_are_kept_and_wrong_ones_come_back(enter: Enter) -> None:
    page = await enter("brand", "/imports?kind=skus")
    chooser = page.locator("input[type=file]")
    await chooser.set_input_files(
        {"name": "goods.csv", "mimeType": "text/csv", "buffer": f"{HEAD}\n{GOOD}\n{WRONG}\n".encode()}
    )
    await expect(page.get_by_text("1 rows are fine, 1 are not")).to_be_visible()
    wrong = page.get_by_role("table", name="Wrong rows").get_by_role("row").filter(has_text="product_line")
    await expect(wrong.get_by_role("cell").first).to_have_text("3")
    async with page.expect_download() as waiting:
        await page.get_by_role("button", name="Download the 1 wrong rows").click()
    back = (await (await waiting.value).path()).read_text(encoding="utf-8-sig").splitlines()
    assert back[1].startswith(f"{WRONG},")
    assert "There is no such code." in back[1]
    await page.get_by_role("button", name="Import the 1 good rows").click()
    await expect(page.get_by_text("1 rows imported")).to_be_visible()
    await expect(page.get_by_role("list").filter(has_text="goods.csv")).to_contain_text("1 rows")
    await chooser.set_input_files({"name": "again.csv", "mimeType": "text/csv", "buffer": f"{HEAD}\n{GOOD}\n".encode()})
    await expect(page.get_by_text("0 rows are fine, 1 are not")).to_be_visible()
    assert await page.get_by_role("button", name="Import").count() == 0
    found = await (await page.request.get("/api/v1/skus?q=TR-900")).json()
    assert [sku["code"] for sku in found["items"]] == ["TR-9001"]
