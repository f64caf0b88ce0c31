"""Copy a price list, perhaps with all its prices raised or lowered."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.money import MILLION, divide_half_up
from lingqu.kernel.scope import Scope
from lingqu.modules.pricing.add_price_lists import add_price_list
from lingqu.modules.pricing.lists import Code, Name, NewPrice, NewPriceList, Price, PriceListView
from lingqu.modules.pricing.read_price_list import own_price_list
from lingqu.modules.pricing.set_prices import set_prices
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class PriceListCopy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the copy is called and when it holds. A change of -50,000 ppm makes every price 5 % lower."""

    code: Code
    name: Name
    valid_from: date
    valid_until: date | None = None
    change_ppm: Annotated[int, Meta(ge=-MILLION, le=10 * MILLION)] = 0


async def copy_price_list(tx: Tx, *, scope: Scope, list_id: int, copy: PriceListCopy) -> PriceListView:
    """Make a draft for nobody yet of the prices that hold on the copy's first day or begin later.

    Units: prices are rounded half up to the minor unit.
    Raises: NotFound, Invalid, CodeTaken.
    """
    source = await own_price_list(tx, scope=scope, list_id=list_id)
    made = await add_price_list(
        tx,
        scope=scope,
        price_list=NewPriceList(
            seller_id=source.seller_id,
            code=copy.code,
            name=copy.name,
            currency=source.currency,
            is_tax_included=source.is_tax_included,
            valid_from=copy.valid_from,
            valid_until=copy.valid_until,
            note=source.note,
        ),
    )
    prices = [
        NewPrice(
            sku_id=price.sku_id,
            pack_id=price.pack_id,
            min_packs=price.min_packs,
            valid_from=price.valid_from,
            valid_until=price.valid_until,
            price_minor=divide_half_up(price.price_minor * (MILLION + copy.change_ppm), MILLION),
        )
        for price in await tx.all(SQL["prices_of_list"], Price, list_id=list_id)
        if price.valid_until is None or copy.valid_from < price.valid_until
    ]
    if prices:
        await set_prices(tx, price_list=made, prices=prices)
    return made
