"""Refuse prices that break a limit on resale, before they are ever asked for."""

from collections.abc import Sequence

from msgspec import Struct

from lingqu.kernel.errors import FieldError, Refusal, Words
from lingqu.modules.pricing.faults import fault
from lingqu.modules.pricing.lists import NewPrice, Price, PriceListView
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class OutsideLimits(Refusal):
    """Prices lie under the floor or over the ceiling that a brand or an upstream seller set."""

    code = "pricing.outside-limits"
    status = 422
    title = Words("Outside the limits on resale", "超出限价范围")
    detail = Words(
        "{count} prices break a floor or ceiling set on selling these goods on.", "有 {count} 个价格超出转售限价。"
    )


class Outside(Struct, frozen=True):
    """A price, by its place among those asked about, and the limit that it breaks."""

    place: int
    price_minor: int
    floor_minor: int | None
    ceiling_minor: int | None

    def at(self, path: str) -> FieldError:
        """Turn it into an error of one field of a request."""
        if self.floor_minor is not None:
            return fault("below-floor", price_minor=self.price_minor, floor_minor=self.floor_minor).at(path)
        return fault("above-ceiling", price_minor=self.price_minor, ceiling_minor=self.ceiling_minor).at(path)


async def find_outside(tx: Tx, *, price_list: PriceListView, prices: Sequence[NewPrice | Price]) -> list[Outside]:
    """Find the prices that break a limit for those whom the list is for; a list for nobody yet breaks none."""
    channels = await tx.values(SQL["list_channels"], str, list_id=price_list.id)
    if not channels or not prices:
        return []
    return await tx.all(
        SQL["outside_limits"],
        Outside,
        seller_id=price_list.seller_id,
        currency=price_list.currency,
        is_tax_included=price_list.is_tax_included,
        channels=channels,
        pack_id=[price.pack_id for price in prices],
        valid_from=[price.valid_from for price in prices],
        valid_until=[price.valid_until for price in prices],
        price_minor=[price.price_minor for price in prices],
    )


async def check_list(tx: Tx, *, price_list: PriceListView) -> None:
    """Refuse a list of which a price breaks a limit.

    Raises: OutsideLimits; the errors name prices by their ids.
    """
    prices = await tx.all(SQL["prices_of_list"], Price, list_id=price_list.id)
    outside = await find_outside(tx, price_list=price_list, prices=prices)
    if outside:
        errors = [one.at(f"/prices/{prices[one.place].id}/price_minor") for one in outside]
        raise OutsideLimits(errors=errors, count=len(outside))
