"""By which texts a SKU is found: its names in both languages, pinyin initials, codes and GTINs."""

from collections.abc import Iterable, Mapping

from lingqu.runtime.search import search_keys


def sku_keys(
    *,
    name_zh: str,
    name_en: str,
    code: str,
    product_code: str,
    attributes: Mapping[str, str],
    gtins: Iterable[str | None],
) -> list[str]:
    """Make the search keys of a SKU; a GTIN is found with and without its leading zeros."""
    numbers = [form for gtin in gtins if gtin for form in (gtin, gtin.lstrip("0"))]
    return search_keys(name_zh, name_en, code, product_code, *attributes.values(), *numbers)
