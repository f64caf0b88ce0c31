"""Draw a packshot of a SKU: its shape by what it is packed in, its size by its weight, its colours by its taste.

Every run draws the same, pixel by pixel. Only what the imaging library carries itself is used, so the words on the
labels are Latin: no font with Chinese is part of the product.
"""

import math
from collections.abc import Callable, Mapping
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from lingqu.roles.demo.plan.colours import Colour, colours, mixed
from lingqu.roles.demo.plan.goods import Goods

SIZE_PX = 480
_DRAWN_PX = 2 * SIZE_PX  # drawn twice as large and halved: smooth edges without a drawing library
_MIDDLE, _FLOOR = _DRAWN_PX // 2, 850
_WHITE: Colour = (255, 255, 255)
_INK: Colour = (38, 48, 62)
_LIGHTEST_G, _HEAVIEST_G = 65, 5_200

Box = tuple[int, int, int, int]
"""Left, top, right, bottom of the label that a shape offers."""


def draw(goods: Goods) -> Image.Image:
    """Draw one SKU on a light ground with a soft floor."""
    image = Image.new("RGB", (_DRAWN_PX, _DRAWN_PX), (246, 248, 250))
    pen = ImageDraw.Draw(image)
    main, light = colours(goods)
    pen.ellipse((_MIDDLE - 300, _FLOOR - 34, _MIDDLE + 300, _FLOOR + 34), fill=(228, 233, 238))
    label = _SHAPES[goods.format.unit](pen, _scale(goods.format.weight_g), main, light)
    _write(pen, label, goods)
    return image.resize((SIZE_PX, SIZE_PX), Image.Resampling.BOX)


def _scale(weight_g: int) -> float:
    """Give how large a pack is drawn, 0.72 to 1: heavier is larger, by the logarithm."""
    part = math.log(weight_g / _LIGHTEST_G) / math.log(_HEAVIEST_G / _LIGHTEST_G)
    return 0.72 + 0.28 * min(max(part, 0.0), 1.0)


def _carton(pen: ImageDraw.ImageDraw, scale: float, main: Colour, light: Colour) -> Box:
    wide, high = int(190 * scale), int(640 * scale)
    top = _FLOOR - high
    side = mixed(main, _INK, 0.28)
    pen.polygon([(_MIDDLE + wide, top), (_MIDDLE + wide + 70, top - 40), (_MIDDLE + wide + 70, _FLOOR - 40),
                 (_MIDDLE + wide, _FLOOR)], fill=side)  # fmt: skip
    pen.polygon([(_MIDDLE - wide, top), (_MIDDLE - wide + 70, top - 40), (_MIDDLE + wide + 70, top - 40),
                 (_MIDDLE + wide, top)], fill=mixed(light, _INK, 0.06))  # fmt: skip
    pen.rectangle((_MIDDLE - wide, top, _MIDDLE + wide, _FLOOR), fill=light)
    pen.rectangle((_MIDDLE - wide, top + high * 5 // 8, _MIDDLE + wide, _FLOOR), fill=main)
    pen.ellipse((_MIDDLE - wide, top + high * 4 // 8, _MIDDLE + wide, top + high * 6 // 8), fill=main)
    return (_MIDDLE - wide, top, _MIDDLE + wide, _FLOOR)


def _bottle(pen: ImageDraw.ImageDraw, scale: float, main: Colour, light: Colour) -> Box:
    wide, high = int(150 * scale), int(690 * scale)
    top = _FLOOR - high
    neck = int(64 * scale)
    pen.rounded_rectangle((_MIDDLE - neck - 8, top, _MIDDLE + neck + 8, top + 70), 16, fill=main)
    pen.rectangle((_MIDDLE - neck, top + 64, _MIDDLE + neck, top + 150), fill=light)
    pen.rounded_rectangle((_MIDDLE - wide, top + 120, _MIDDLE + wide, _FLOOR), 60, fill=light)
    band = (_MIDDLE - wide, top + high * 3 // 8, _MIDDLE + wide, _FLOOR - high // 8)
    pen.rectangle(band, fill=main)
    return (band[0], top + high * 3 // 8, band[2], band[3])


def _cup(pen: ImageDraw.ImageDraw, scale: float, main: Colour, light: Colour) -> Box:
    wide, high = int(230 * scale), int(430 * scale)
    top = _FLOOR - high
    narrow = wide * 3 // 4
    pen.polygon([(_MIDDLE - wide, top), (_MIDDLE + wide, top), (_MIDDLE + narrow, _FLOOR), (_MIDDLE - narrow, _FLOOR)],
                fill=light)  # fmt: skip
    pen.polygon([(_MIDDLE - wide + 24, top + high // 4), (_MIDDLE + wide - 24, top + high // 4),
                 (_MIDDLE + narrow + 8, _FLOOR - 40), (_MIDDLE - narrow - 8, _FLOOR - 40)], fill=main)  # fmt: skip
    pen.rounded_rectangle(
        (_MIDDLE - wide - 18, top - 30, _MIDDLE + wide + 18, top + 20), 22, fill=mixed(main, _WHITE, 0.35)
    )
    return (_MIDDLE - narrow, top + high // 4, _MIDDLE + narrow, _FLOOR - 40)


def _pouch(pen: ImageDraw.ImageDraw, scale: float, main: Colour, light: Colour) -> Box:
    wide, high = int(230 * scale), int(600 * scale)
    top = _FLOOR - high
    pen.rounded_rectangle((_MIDDLE - wide, top, _MIDDLE + wide, _FLOOR), 36, fill=main)
    for edge in (top, _FLOOR - 44):
        pen.rectangle((_MIDDLE - wide, edge, _MIDDLE + wide, edge + 44), fill=mixed(main, _WHITE, 0.3))
    pen.rounded_rectangle(
        (_MIDDLE - wide + 36, top + high // 4, _MIDDLE + wide - 36, top + high * 5 // 8), 40, fill=light
    )
    return (_MIDDLE - wide + 20, top + high * 5 // 8 - high // 3, _MIDDLE + wide - 20, _FLOOR - 40)


def _bar(pen: ImageDraw.ImageDraw, scale: float, main: Colour, light: Colour) -> Box:
    wide, high = int(170 * scale), int(520 * scale)
    top = _FLOOR - high - 110
    pen.rounded_rectangle((_MIDDLE - 30, _FLOOR - 180, _MIDDLE + 30, _FLOOR), 28, fill=(222, 190, 146))
    pen.rounded_rectangle((_MIDDLE - wide, top, _MIDDLE + wide, top + high), wide * 3 // 4, fill=main)
    pen.rounded_rectangle((_MIDDLE - wide + 44, top + 60, _MIDDLE - wide + 74, top + high - 120), 15, fill=light)
    return (_MIDDLE - wide, top + high // 4, _MIDDLE + wide, top + high - 20)


def _can(pen: ImageDraw.ImageDraw, scale: float, main: Colour, light: Colour) -> Box:
    wide, high = int(210 * scale), int(600 * scale)
    top = _FLOOR - high
    metal = (198, 204, 210)
    pen.ellipse((_MIDDLE - wide, _FLOOR - 44, _MIDDLE + wide, _FLOOR + 36), fill=metal)
    pen.rectangle((_MIDDLE - wide, top, _MIDDLE + wide, _FLOOR - 4), fill=main)
    pen.rectangle((_MIDDLE - wide, top + high // 3, _MIDDLE + wide, top + high * 7 // 12), fill=light)
    pen.ellipse((_MIDDLE - wide, top - 44, _MIDDLE + wide, top + 40), fill=metal)
    pen.ellipse((_MIDDLE - wide + 22, top - 30, _MIDDLE + wide - 22, top + 26), fill=mixed(metal, _WHITE, 0.5))
    return (_MIDDLE - wide, top + high // 3, _MIDDLE + wide, _FLOOR - 30)


def _bucket(pen: ImageDraw.ImageDraw, scale: float, main: Colour, light: Colour) -> Box:
    pen.arc((_MIDDLE - 220, 210, _MIDDLE + 220, 660), 180, 360, fill=(176, 184, 192), width=14)
    return _cup(pen, scale * 1.12, main, light)


def _gift(pen: ImageDraw.ImageDraw, scale: float, main: Colour, light: Colour) -> Box:
    wide, high = int(340 * scale), int(420 * scale)
    top = _FLOOR - high
    pen.rounded_rectangle(
        (_MIDDLE - 110, top - 90, _MIDDLE + 110, top + 60), 40, outline=mixed(main, _INK, 0.3), width=22
    )
    pen.rectangle((_MIDDLE - wide, top, _MIDDLE + wide, _FLOOR), fill=main)
    pen.rectangle((_MIDDLE - wide, top + high // 5, _MIDDLE + wide, top + high * 3 // 5), fill=light)
    pen.rectangle((_MIDDLE - wide, top, _MIDDLE + wide, top + 18), fill=(226, 190, 96))
    return (_MIDDLE - wide, top + high // 5, _MIDDLE + wide, _FLOOR - 10)


_SHAPES: Mapping[str, Callable[[ImageDraw.ImageDraw, float, Colour, Colour], Box]] = {
    "盒": _carton,
    "瓶": _bottle,
    "杯": _cup,
    "袋": _pouch,
    "支": _bar,
    "罐": _can,
    "桶": _bucket,
    "提": _gift,
}


def _write(pen: ImageDraw.ImageDraw, label: Box, goods: Goods) -> None:
    """Write the maker, what it is and how much of it in the middle of the label, on a plate of its own."""
    left, top, right, bottom = label
    words = goods.en.removeprefix("Tianrun ").removesuffix(f" {goods.format.text_en}").split()
    width = right - left - 28
    size = min(54, *(int(54 * width / max(_font(54).getlength(word), 1)) for word in words))
    lines = _lines(words, _font(size), width)
    small = _font(max(size * 2 // 3, 26))
    step = size + 8
    high = step * len(lines) + 2 * small.size + 44
    begin = min((top + bottom - high) / 2, bottom - high)
    middle = (left + right) / 2
    pen.rounded_rectangle((left + 8, begin, right - 8, begin + high), 18, fill=(255, 255, 255))
    pen.text((middle, begin + 12), "TIANRUN", font=small, fill=_INK, anchor="ma")
    for number, line in enumerate(lines):
        pen.text((middle, begin + 20 + small.size + number * step), line, font=_font(size), fill=_INK, anchor="ma")
    pen.text((middle, begin + high - small.size - 14), goods.format.text_en, font=small, fill=_INK, anchor="ma")


def _lines(words: list[str], font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("the imaging library was built without fonts")
    return font
