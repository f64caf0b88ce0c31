"""Routes that fill a basket: by an earlier order or by pasted rows. They write nothing."""

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.orders.basket import Basket
from lingqu.modules.orders.paste import Pasted, TooManyRows, paste_rows
from lingqu.modules.orders.prepare import NoLink
from lingqu.modules.orders.repeat import Repeat, repeat_order
from lingqu.runtime.http.route import post
from lingqu.runtime.tx import Tx


@post(
    "/baskets/repeated",
    permission="orders.place",
    summary="What of an earlier order can be ordered again today",
    status=200,
    refusals=(NotFound, NoLink),
    is_audited=False,
)
async def repeat_basket(tx: Tx, *, scope: Scope, body: Repeat) -> Basket:
    return await repeat_order(tx, scope=scope, wanted=body)


@post(
    "/baskets/pasted",
    permission="orders.place",
    summary="Read pasted rows or a CSV file of codes and quantities",
    status=200,
    refusals=(NoLink, TooManyRows),
    is_audited=False,
)
async def paste_basket(tx: Tx, *, scope: Scope, body: Pasted) -> Basket:
    return await paste_rows(tx, scope=scope, pasted=body)


BASKET_ROUTES = (repeat_basket, paste_basket)
