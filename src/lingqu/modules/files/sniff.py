"""What a file is, from its first bytes: names and headers are only claims."""

PICTURES = frozenset({"JPEG", "PNG", "WEBP"})

_MAGIC = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
)
_MARKUP = (b"<svg", b"<?xml", b"<!doctype", b"<html", b"<script")
_LOOKED_AT = 1_024


def sniff(content: bytes) -> str:
    """Name the kind of a file, such as "JPEG" or "SVG"; empty where it is none that we know.

    >>> sniff(b"GIF89a...")
    'GIF'
    """
    head = content[:_LOOKED_AT]
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        return "HEIC" if head[8:12] in {b"heic", b"heix", b"mif1", b"msf1", b"heim", b"heis"} else "AVIF / MP4"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"<svg" in text:
        return "SVG"
    return "HTML / XML" if text.startswith(_MARKUP) else ""
