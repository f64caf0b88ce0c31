"""Make the demo's categories, tax classes and SKUs."""

from lingqu.modules.catalog.api import (
    NewCategory,
    NewPack,
    NewSKU,
    NewTaxClass,
    add_categories,
    add_skus,
    add_tax_class,
)
from lingqu.roles.demo.load.known import Known
from lingqu.roles.demo.plan.families import FAMILIES
from lingqu.roles.demo.plan.goods import Goods
from lingqu.runtime.tx import Tx

_TAXES = (("TAX9", "增值税 9%", "VAT 9 %", 90_000), ("TAX13", "增值税 13%", "VAT 13 %", 130_000))


async def add_goods(tx: Tx, known: Known) -> None:
    """Make everything that is sold: liquid milk at 9 %, what is made of it at 13 %."""
    brand_id = known.organizations[0].id
    taxes = {
        code: (await add_tax_class(tx, tax_class=NewTaxClass(code=code, name_zh=zh, name_en=en, rate_ppm=ppm))).id
        for code, zh, en, ppm in _TAXES
    }
    made = await add_categories(
        tx,
        categories=[NewCategory(brand_id=brand_id, code=f.code, name_zh=f.zh, name_en=f.en) for f in FAMILIES],
    )
    categories = dict(zip((family.code for family in FAMILIES), made, strict=True))
    known.skus = await add_skus(tx, skus=[_sku(known, one, categories, taxes) for one in known.plan.goods])


def _sku(known: Known, one: Goods, categories: dict[str, int], taxes: dict[str, int]) -> NewSKU:
    return NewSKU(
        brand_id=known.organizations[0].id,
        product_line_id=known.lines[one.family.line],
        tax_class_id=taxes[one.family.tax],
        category_id=categories[one.family.code],
        code=one.code,
        product_code=one.product_code,
        name_zh=one.zh,
        name_en=one.en,
        base_unit=one.format.unit,
        attributes={"规格": one.format.text},
        is_lot_tracked=True,
        shelf_life_days=one.family.shelf_days,
        weight_g=one.format.weight_g,
        packs=tuple(
            NewPack(code=pack.code, name_zh=pack.zh, name_en=pack.en, units=pack.units, gtin=pack.gtin)
            for pack in one.packs
        ),
    )
