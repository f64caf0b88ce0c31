import io

import pytest
from PIL import Image, PngImagePlugin

from lingqu.modules.files.make_picture import (
    MAX_BYTES,
    DamagedPicture,
    FileTooLarge,
    NotAPicture,
    TooManyPixels,
    make_picture,
)
from lingqu.modules.files.sniff import sniff
from tests.files.conftest import picture

_TURNED_RIGHT, _ORIENTATION, _GPS = 6, 0x0112, 0x8825


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


async def test_a_picture_becomes_webp_in_two_sizes() -> None:
    made = await make_picture(picture(3000, 1500, kind="JPEG"))
    assert (made.width, made.height) == (2048, 1024)
    full, small = opened(made.full), opened(made.small)
    assert (full.format, full.size) == ("WEBP", (2048, 1024))
    assert (small.format, small.size) == ("WEBP", (320, 160))


async def test_a_small_picture_is_not_blown_up() -> None:
    made = await make_picture(picture(40, 30))
    assert (opened(made.full).size, opened(made.small).size) == ((40, 30), (40, 30))


async def test_what_a_camera_wrote_beside_the_pixels_is_gone_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[_ORIENTATION] = _TURNED_RIGHT
    exif.get_ifd(_GPS)[1] = "N"
    source = picture(400, 200, kind="JPEG", exif=exif, comment=b"secret place")
    assert b"secret place" in source
    made = await make_picture(source)
    assert (made.width, made.height) == (200, 400)
    for content in (made.full, made.small):
        assert not opened(content).getexif()
        assert set(opened(content).info) <= {"loop", "background", "timestamp", "duration"}
        assert b"secret" not in content


async def test_what_is_hidden_behind_the_last_pixel_is_not_kept() -> None:
    made = await make_picture(picture() + b"<script>alert(1)</script>")
    assert b"script" not in made.full + made.small


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
async def test_every_mode_of_a_png_is_read(mode: str) -> None:
    stream = io.BytesIO()
    Image.new(mode, (60, 30)).save(stream, "PNG")
    made = await make_picture(stream.getvalue())
    assert opened(made.full).mode == ("RGBA" if mode.endswith("A") else "RGB")


async def test_the_print_shops_colours_become_the_screens() -> None:
    stream = io.BytesIO()
    Image.new("CMYK", (60, 30), (0, 255, 255, 0)).save(stream, "JPEG")
    made = await make_picture(stream.getvalue())
    red, green, blue = opened(made.full).convert("RGB").getpixel((30, 15))
    assert red > 200
    assert max(green, blue) < 60


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'<?xml version="1.0"?><!-- x --><svg onload="alert(1)"/>', "SVG"),
        (b"\xef\xbb\xbf  <SVG/>", "SVG"),
        (b"<!DOCTYPE html><script>", "HTML / XML"),
        (picture(kind="GIF"), "GIF"),
        (picture(kind="BMP"), "BMP"),
        (picture(kind="TIFF"), "TIFF"),
        (b"\x00\x00\x00\x18ftypheic", "HEIC"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04docx", "ZIP"),
        (b"anything", "unknown 未知"),
        (b"", "unknown 未知"),
    ],
)
async def test_what_is_no_picture_is_refused_and_named(content: bytes, found: str) -> None:
    with pytest.raises(NotAPicture) as refused:
        await make_picture(content)
    assert refused.value.facts == {"found": found}


def test_kinds_are_told_by_their_bytes() -> None:
    assert [sniff(picture(kind=kind)) for kind in ("JPEG", "PNG", "WEBP")] == ["JPEG", "PNG", "WEBP"]


async def test_a_file_that_is_too_large_is_not_even_looked_at() -> None:
    with pytest.raises(FileTooLarge) as refused:
        await make_picture(b"\xff\xd8\xff" + b"x" * MAX_BYTES)
    assert refused.value.facts == {"max_mb": 12, "mb": "12.0"}


@pytest.mark.parametrize("side", [30_000, 9_000])
async def test_a_bomb_is_refused_by_its_size_before_it_is_unpacked(side: int) -> None:
    stream = io.BytesIO()
    Image.new("1", (side, side)).save(stream, "PNG")
    assert len(stream.getvalue()) < 200_000
    with pytest.raises(TooManyPixels):
        await make_picture(stream.getvalue())


async def test_a_bomb_of_text_beside_the_picture_is_refused() -> None:
    about = PngImagePlugin.PngInfo()
    for number in range(70):
        about.add_text(f"k{number}", "x" * 1_000_000, zip=True)
    with pytest.raises(DamagedPicture):
        await make_picture(picture(pnginfo=about))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_a_cut_off_picture_is_refused(kind: str) -> None:
    whole = io.BytesIO()
    Image.effect_noise((400, 400), 90).convert("RGB").save(whole, kind)
    with pytest.raises(DamagedPicture):
        await make_picture(whole.getvalue()[: len(whole.getvalue()) // 2])
    with pytest.raises(DamagedPicture):
        await make_picture(whole.getvalue()[:40])
