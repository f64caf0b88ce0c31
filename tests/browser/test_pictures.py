"""Pictures of goods in a real browser: the brand keeps them, the shop sees them."""

import io
import re
from typing import Any

from PIL import Image
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Enter
from tests.browser.test_pages import violations

_DRAWN = "(image) => image.complete && image.naturalWidth > 0"


def photo(colour: str, width: int = 900, height: int = 700) -> dict[str, Any]:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


async def _open_milk(page: Page) -> None:
    await page.goto("/skus")
    await page.get_by_role("link", name="Whole milk 250 ml").click()
    await page.get_by_role("heading", name="Pictures").wait_for()


async def _is_drawn(picture: Locator) -> None:
    """Wait until a picture's bytes came and were decoded."""
    await picture.scroll_into_view_if_needed()
    await expect(picture).to_be_visible()
    handle = await picture.element_handle()
    await picture.page.wait_for_function(_DRAWN, arg=handle)


async def test_the_brand_keeps_pictures_and_the_shop_sees_them(enter: Enter) -> None:
    brand = await enter("brand")
    await _open_milk(brand)
    await expect(brand.get_by_text("No pictures yet")).to_be_visible()
    await _add(brand)
    await _refuse(brand)
    await _put_in_order(brand)
    await _describe(brand)
    await _delete_and_undo(brand)
    assert await violations(brand) == []
    await _see_as_a_shop(await enter("dealer", is_phone=True))
    await _see_as_a_factory(await enter("factory"))


async def _add(brand: Page) -> None:
    await brand.locator("input[type=file]").first.set_input_files([photo("teal"), photo("orange"), photo("navy")])
    pictures = brand.get_by_role("list", name="Pictures").get_by_role("listitem")
    await expect(pictures).to_have_count(3)
    await _is_drawn(pictures.first.locator("img"))
    await expect(pictures.first.get_by_text("Main picture")).to_be_visible()
    await expect(brand.get_by_role("progressbar")).to_have_count(0)


async def _refuse(brand: Page) -> None:
    script = {"name": "logo.png", "mimeType": "image/png", "buffer": b"<svg onload='alert(1)'/>"}
    await brand.locator("input[type=file]").first.set_input_files([script])
    alert = brand.get_by_role("alert")
    await expect(alert).to_contain_text("Send a JPEG, PNG or WebP picture. What came is: SVG.")
    await alert.get_by_role("button", name="Dismiss").click()
    await expect(brand.get_by_role("list", name="Pictures").get_by_role("listitem")).to_have_count(3)


async def _addresses(page: Page) -> list[str]:
    pictures = page.get_by_role("list", name="Pictures").locator("img")
    return [str(await picture.get_attribute("src")) for picture in await pictures.all()]


async def _put_in_order(brand: Page) -> None:
    first, second, third = await _addresses(brand)
    async with brand.expect_response(re.compile("picture-order")):
        await brand.get_by_role("button", name="Move picture 3 earlier").click()
    await brand.wait_for_load_state("networkidle")
    assert await _addresses(brand) == [first, third, second]
    pictures = brand.get_by_role("list", name="Pictures").get_by_role("listitem")
    async with brand.expect_response(re.compile("picture-order")):
        await pictures.nth(1).drag_to(pictures.nth(0))
    await brand.wait_for_load_state("networkidle")
    assert await _addresses(brand) == [third, first, second]
    await brand.reload()
    await expect(pictures).to_have_count(3)
    assert await _addresses(brand) == [third, first, second]


async def _describe(brand: Page) -> None:
    await brand.get_by_role("button", name="Describe picture 1").click()
    dialog = brand.get_by_role("dialog")
    await dialog.get_by_label("In English").fill("The front of the box")
    await dialog.get_by_role("button", name="Save").click()
    await expect(brand.get_by_role("img", name="The front of the box")).to_be_visible()


async def _delete_and_undo(brand: Page) -> None:
    pictures = brand.get_by_role("list", name="Pictures").get_by_role("listitem")
    await brand.get_by_role("button", name="Delete picture 1").click()
    await expect(pictures).to_have_count(2)
    await brand.get_by_role("button", name="Undo").click()
    await expect(pictures).to_have_count(3)
    await expect(pictures.first.get_by_role("img", name="The front of the box")).to_be_visible()


async def _see_as_a_shop(dealer: Page) -> None:
    await dealer.get_by_role("link", name="Buy", exact=True).click()
    offer = dealer.get_by_role("listitem").filter(has_text="Whole milk 250 ml").first
    await _is_drawn(offer.locator("img"))
    await dealer.goto("/skus")
    await _is_drawn(dealer.get_by_role("listitem").filter(has_text="Whole milk 250 ml").locator("img"))
    await _open_milk(dealer)
    await _is_drawn(dealer.get_by_role("img", name="The front of the box"))
    await expect(dealer.get_by_role("button", name="Add pictures")).to_have_count(0)
    await dealer.get_by_role("button", name="Show picture 2").click()
    await expect(dealer.get_by_role("button", name="Show picture 2")).to_have_attribute("aria-pressed", "true")
    assert await violations(dealer) == []


async def _see_as_a_factory(factory: Page) -> None:
    """Who makes the goods for the brand, but does not own it, looks only."""
    await factory.goto("/skus")
    link = factory.get_by_role("link", name="Whole milk 250 ml")
    await link.click()
    await _is_drawn(factory.get_by_role("img", name="The front of the box"))
    await expect(factory.get_by_role("button", name="Add pictures")).to_have_count(0)


async def test_a_phone_offers_its_camera(enter: Enter) -> None:
    brand = await enter("brand", "/skus", is_phone=True)
    await brand.get_by_role("link", name="Plain yoghurt 200 g").click()
    async with brand.expect_file_chooser() as chosen:
        await brand.get_by_role("button", name="Take a photo").click()
    camera = await chosen.value
    assert await camera.element.get_attribute("capture") == "environment"
    await camera.set_files([photo("purple", 1200, 1600)])
    await expect(brand.get_by_role("list", name="Pictures").get_by_role("listitem")).to_have_count(1)
    wide, window = await brand.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= window
