"""Make price lists that give prices at once, with all that belongs to them: for imports and the demo."""

from collections.abc import Sequence

from msgspec import Struct

from lingqu.modules.network.api import bump_epochs
from lingqu.modules.pricing.add_price_lists import add_price_lists
from lingqu.modules.pricing.assign_price_list import add_assignments
from lingqu.modules.pricing.events import PriceListChanged
from lingqu.modules.pricing.lists import ListStatus, NewAssignment, NewPrice, NewPriceList, PriceListView
from lingqu.modules.pricing.set_prices import set_prices
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class WholePriceList(Struct, frozen=True, kw_only=True):
    """A list, whom it is for, and its prices."""

    price_list: NewPriceList
    assignments: tuple[NewAssignment, ...]
    prices: Sequence[NewPrice]


async def open_price_lists(tx: Tx, *, lists: Sequence[WholePriceList]) -> list[int]:
    """Make and publish lists. Audiences are taken as given; packs and limits are checked.

    Shapes: the ids, in the order given.
    Raises: Invalid, CodeTaken, OutsideLimits.
    """
    ids = await add_price_lists(tx, price_lists=[whole.price_list for whole in lists])
    await add_assignments(
        tx, assignments=[(id_, one) for id_, whole in zip(ids, lists, strict=True) for one in whole.assignments]
    )
    drafts = await find_price_lists(tx, list_ids=ids)
    for id_, whole in zip(ids, lists, strict=True):
        if whole.prices:
            await set_prices(tx, price_list=drafts[id_], prices=whole.prices)
        await tx.run(SQL["set_list_status"], id=id_, version=1, status=ListStatus.PUBLISHED)
        tx.emit(PriceListChanged(list_id=id_, seller_id=whole.price_list.seller_id, status=ListStatus.PUBLISHED))
    await bump_epochs(tx, seller_ids=[whole.price_list.seller_id for whole in lists])
    return ids


async def find_price_lists(tx: Tx, *, list_ids: Sequence[int]) -> dict[int, PriceListView]:
    """Read price lists by id, whoever's they are: for `set_prices` where no person asks."""
    found = await tx.all(SQL["find_price_lists"], PriceListView, list_ids=list(list_ids))
    return {price_list.id: price_list for price_list in found}
