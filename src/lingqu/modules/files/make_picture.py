"""Make of an upload what is shown: upright, of a size that screens need, without what a camera wrote beside it.

Every picture is decoded and written anew, so nothing of the upload but its pixels is ever served: no place where it was
taken, no script behind the last pixel. Source: ADR 0013.
"""

import asyncio
import hashlib
import io
import threading
import warnings

from PIL import Image, ImageCms, ImageOps

from lingqu.kernel.errors import Refusal, Words
from lingqu.modules.files.sniff import PICTURES, sniff
from lingqu.modules.files.types import Picture

MAX_BYTES = 12 * 1024 * 1024
FULL_PX, SMALL_PX = 2_048, 320
_MAX_PIXELS = 40_000_000
# A JPEG is decoded at a fraction of its size, by its own cosine terms: a phone's 108 million pixels cost what 4 do.
_MAX_JPEG_PIXELS = 120_000_000
_QUALITY = 82
# A large picture takes up to 160 MB while it is decoded.
_DECODING = threading.BoundedSemaphore(2)


class NotAPicture(Refusal):
    """The bytes are none of the kinds that are taken; what the file is called does not count."""

    code = "files.not-a-picture"
    status = 415
    title = Words("Not a picture", "不是可用的图片")
    detail = Words(
        "Send a JPEG, PNG or WebP picture. What came is: {found}.",
        "请上传 JPEG、PNG 或 WebP 图片；收到的文件类型：{found}。",
    )


class FileTooLarge(Refusal):
    """The file has more bytes than a picture needs."""

    code = "files.too-large"
    status = 413
    title = Words("The file is too large", "文件过大")
    detail = Words(
        "A picture may have {max_mb} MB; this one has {mb} MB.", "图片不得超过 {max_mb} MB，此文件为 {mb} MB。"
    )


class TooManyPixels(Refusal):
    """The picture is larger than any camera's, or made to fill the memory of whoever opens it."""

    code = "files.too-many-pixels"
    status = 422
    title = Words("The picture is too large", "图片尺寸过大")
    detail = Words(
        "A picture may have {max_million} million pixels. Make it smaller and send it again.",
        "图片不得超过 {max_million} 百万像素，请缩小后重新上传。",
    )


class DamagedPicture(Refusal):
    """The file begins like a picture but cannot be read to its end."""

    code = "files.damaged"
    status = 422
    title = Words("The picture cannot be read", "图片无法读取")
    detail = Words("The file is damaged or incomplete. Send it again.", "文件已损坏或不完整，请重新上传。")


async def make_picture(content: bytes) -> Picture:
    """Turn an upload into a picture, beside the event loop.

    Raises: NotAPicture, FileTooLarge, TooManyPixels, DamagedPicture.
    """
    if len(content) > MAX_BYTES:
        mb = len(content) / 1_048_576
        raise FileTooLarge(max_mb=MAX_BYTES // 1_048_576, mb=f"{mb:.1f}")
    kind = sniff(content)
    if kind not in PICTURES:
        raise NotAPicture(found=kind or "unknown 未知")
    return await asyncio.to_thread(_make, content, kind)


def render(image: Image.Image, *, source_sha256: bytes, effort: int = 4) -> Picture:
    """Write both renditions of an image whose pixels are ours; ``effort`` is WebP's, 0 (fast) to 6 (small)."""
    full = image.copy()
    full.thumbnail((FULL_PX, FULL_PX), Image.Resampling.LANCZOS)
    small = full.copy()
    small.thumbnail((SMALL_PX, SMALL_PX), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return Picture(
        source_sha256=source_sha256,
        width=full.width,
        height=full.height,
        full=_written(full, effort),
        small=_written(small, effort),
    )


def _make(content: bytes, kind: str) -> Picture:
    with _DECODING:
        try:
            image = _decode(content, kind)
        except Refusal:
            raise
        except Image.DecompressionBombError:
            raise _too_many(kind) from None
        except Exception as error:
            # Hostile bytes: a decoder fails in any way, and none of them is our bug.
            raise DamagedPicture from error
        return render(image, source_sha256=hashlib.sha256(content).digest())


def _decode(content: bytes, kind: str) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the size is judged here, by the limits below
        image: Image.Image = Image.open(io.BytesIO(content), formats=[kind])
    if image.width * image.height > _limit(kind):
        raise _too_many(kind)
    image.draft("RGB", (FULL_PX, FULL_PX))
    # Pillow writes a JPEG's profile and turning into `info` and `getexif` at opening: both before the pixels.
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    image.thumbnail((FULL_PX, FULL_PX), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return _in_srgb(image, profile)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Bring a picture into the colours that every screen assumes, with its transparency if it has any."""
    if image.mode.startswith(("I", "F")):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    has_alpha = image.mode in {"LA", "PA", "RGBa", "RGBA"} or "transparency" in image.info
    if not has_alpha and profile and image.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            turned = None  # a profile that cannot be read says nothing; the numbers are shown as they are
        if turned is not None:
            return turned
    return image.convert("RGBA" if has_alpha else "RGB")


def _written(image: Image.Image, effort: int) -> bytes:
    stream = io.BytesIO()
    # `exif` and `icc_profile` empty: Pillow would else carry over what the source brought.
    image.save(stream, "WEBP", quality=_QUALITY, method=effort, exif=b"", icc_profile=b"", xmp=b"")
    return stream.getvalue()


def _limit(kind: str) -> int:
    return _MAX_JPEG_PIXELS if kind == "JPEG" else _MAX_PIXELS


def _too_many(kind: str) -> TooManyPixels:
    return TooManyPixels(max_million=_limit(kind) // 1_000_000)
