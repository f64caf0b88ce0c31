"""Make price lists."""

from collections.abc import Sequence

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.pricing.code_taken import CodeTaken
from lingqu.modules.pricing.events import PriceListChanged
from lingqu.modules.pricing.lists import NewPriceList, PriceListView
from lingqu.modules.pricing.read_price_list import own_price_list
from lingqu.runtime.search import search_keys, sort_key
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

ENDS_BEFORE = Words("It must end after it begins.", "结束日期须晚于开始日期。")


async def add_price_list(tx: Tx, *, scope: Scope, price_list: NewPriceList) -> PriceListView:
    """Make a draft of the caller's own.

    Raises: NotFound for another's seller, Invalid, CodeTaken.
    """
    if price_list.seller_id != scope.organization_id and not scope.is_whole:
        raise NotFound(kind="seller", id=price_list.seller_id)
    (list_id,) = await add_price_lists(tx, price_lists=[price_list])
    return await own_price_list(tx, scope=scope, list_id=list_id)


async def add_price_lists(tx: Tx, *, price_lists: Sequence[NewPriceList]) -> list[int]:
    """Make many drafts in one statement.

    Shapes: the ids, in the order given.
    Raises: Invalid for one that ends before it begins; CodeTaken for the first code that its seller has already.
    """
    check_days(price_lists)
    columns = {name: [getattr(new, name) for new in price_lists] for name in NewPriceList.__struct_fields__}
    rows = await tx.tuples(
        SQL["add_price_lists"],
        **columns,
        sort_key=[sort_key(new.name) for new in price_lists],
        search=[" ".join(search_keys(new.code, new.name)) for new in price_lists],
        now=tx.now,
    )
    id_of: dict[tuple[int, str], int] = {(seller_id, code): id_ for seller_id, code, id_ in rows}
    for new in price_lists:
        if (new.seller_id, new.code) not in id_of:
            raise CodeTaken(taken=new.code)
    ids = [id_of[new.seller_id, new.code] for new in price_lists]
    for id_, new in zip(ids, price_lists, strict=True):
        tx.record("price-list", id_, after=new)
        tx.emit(PriceListChanged(list_id=id_, seller_id=new.seller_id, status="draft"))
    return ids


def check_days(price_lists: Sequence[NewPriceList | PriceListView]) -> None:
    """Refuse a list that ends before it begins.

    Raises: Invalid.
    """
    for one in price_lists:
        if one.valid_until is not None and one.valid_until <= one.valid_from:
            raise Invalid(errors=[FieldError("/valid_until", "range", ENDS_BEFORE)])
