"""How a quote's prices lie beside the seller's standard prices and beside the floors set upstream: pure."""

from lingqu.kernel.money import MILLION
from lingqu.modules.pricing.book import PriceBook
from lingqu.modules.pricing.limits import floors, with_tax
from lingqu.modules.pricing.line import find_price
from lingqu.modules.pricing.types import Quote


def deepest_discount_ppm(book: PriceBook, quote: Quote) -> int:
    """Tell by how much the cheapest line lies below the standard price, which is that of the lists for everybody.

    Both prices are those of the same pack at the same quantity on the same day, compared with tax. A pack that has no
    standard price has no discount.

    Units:  parts per million of the standard price, rounded down; 0 where nothing lies below.
    Source: 900 where everybody pays 1,000 is 100,000 ppm (10 %).
    """
    standard = book.sellers[quote.seller_id].standard_lists(quote.business_on, quote.currency)
    deepest = 0
    for line in quote.lines:
        found = find_price(standard, line.pack_id, line.packs, quote.business_on)
        if found is None:
            continue
        price_list, rung = found
        wanted = with_tax(rung.price_minor, line.tax_ppm, is_tax_included=price_list.is_tax_included)
        asked = with_tax(line.price_minor, line.tax_ppm, is_tax_included=line.is_tax_included)
        if asked < wanted:
            deepest = max(deepest, (wanted - asked) * MILLION // wanted)
    return deepest


def nearest_floor_ppm(book: PriceBook, quote: Quote) -> int | None:
    """Tell by how much the line nearest to its floor lies above it; None where no line has a floor.

    Units: parts per million of the floor, rounded down. Below a floor nothing is sold at all.
    """
    seller = book.sellers[quote.seller_id]
    nearest: int | None = None
    for line in quote.lines:
        pack = book.packs[line.pack_id]
        setters = dict.fromkeys((pack.brand_id, *seller.upstream))
        limits = [limit for setter_id in setters for limit in book.limits.get(setter_id, {}).get(line.pack_id, ())]
        asked = with_tax(line.price_minor, line.tax_ppm, is_tax_included=line.is_tax_included)
        for floor in floors(
            limits,
            seller_kind=seller.kind,
            channel="trade",
            currency=quote.currency,
            business_on=quote.business_on,
            tax_ppm=line.tax_ppm,
        ):
            if floor > 0:
                gap = (asked - floor) * MILLION // floor
                nearest = gap if nearest is None else min(nearest, gap)
    return nearest
