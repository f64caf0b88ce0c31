"""Routes of the counter's screens: goods on the shelf, sales made, the day."""

from uuid import UUID

from lingqu.kernel.errors import Invalid, NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.orders import counter_goods, sales
from lingqu.modules.orders.counter_goods import CounterGoods, CounterQuery
from lingqu.modules.orders.sales import DayQuery, DayTotals, SaleLine, SaleQuery, SaleSlip
from lingqu.runtime.http.route import get
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx


@get("/sales", permission="orders.read", summary="Sales at the counter", refusals=[Invalid])
async def list_sales(tx: Tx, *, scope: Scope, query: SaleQuery) -> Listed[SaleLine]:
    return await sales.list_sales(tx, scope=scope, query=query)


@get("/sales/{order_id:uuid}", permission="orders.read", summary="One counter sale as its slip", refusals=[NotFound])
async def read_sale(tx: Tx, *, scope: Scope, order_id: UUID) -> SaleSlip:
    return await sales.read_sale(tx, scope=scope, order_id=order_id)


@get("/counter/goods", permission="orders.sell", summary="What lies on the shelf, with consumer prices")
async def list_counter_goods(tx: Tx, *, scope: Scope, query: CounterQuery) -> Listed[CounterGoods]:
    return await counter_goods.list_counter_goods(tx, scope=scope, query=query)


@get("/counter/totals", permission="orders.read", summary="What the counter took on a day", refusals=[NotFound])
async def read_counter_totals(tx: Tx, *, scope: Scope, query: DayQuery) -> DayTotals:
    return await sales.read_day(tx, scope=scope, query=query)


ROUTES = (list_sales, read_sale, list_counter_goods, read_counter_totals)
