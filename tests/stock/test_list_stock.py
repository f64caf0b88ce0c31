from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import Capability, NewGrant, NewLink, add_links
from lingqu.modules.stock.api import Claim, Issue, issue, reserve
from lingqu.modules.stock.list_moves import MoveQuery, list_moves
from lingqu.modules.stock.list_stock import StockLine, StockQuery, list_stock, read_stock
from lingqu.modules.stock.list_values import TotalQuery, ValueQuery, list_value_totals, list_values
from lingqu.runtime.tx import Tx

TODAY = date(2026, 3, 2)
MakeStock = Callable[..., Awaitable[None]]


async def listed(tx: Tx, scope: Scope, **query: Any) -> list[StockLine]:
    return (await list_stock(tx, scope=scope, query=StockQuery(**query), today=TODAY)).items


@pytest.fixture
async def stocked(tx: Tx, world: Any, make_stock: MakeStock) -> None:
    await make_stock(
        (world.milk, 10, "OLD", TODAY),
        (world.milk, 20, "NEW", TODAY + timedelta(days=5)),
        (world.tea, 7, None, None),
    )
    await reserve(tx, cell_id=1, claims=[Claim(uuid4(), 1, world.here.key(world.milk), 4)])


@pytest.mark.usefixtures("stocked")
async def test_a_line_tells_what_may_be_sold_and_what_it_is_worth(tx: Tx, world: Any, scope: Scope) -> None:
    milk, tea = await listed(tx, scope)

    assert (milk.sku_code, milk.on_hand, milk.reserved, milk.expired, milk.free) == ("MILK", 30, 4, 10, 16)
    assert (milk.blocked, milk.in_transit, milk.next_expiry_on, milk.value_minor) == (0, 0, TODAY, 3000)
    assert (tea.sku_code, tea.free, tea.next_expiry_on, tea.currency) == ("TEA", 7, None, "CNY")
    assert milk.id == f"{world.here.node_id}-{world.milk}"


@pytest.mark.usefixtures("stocked")
async def test_cost_is_for_those_who_may_see_it(tx: Tx, scope: Scope) -> None:
    keeper = msgspec.structs.replace(scope, permissions=frozenset({"stock.read"}))

    assert [line.value_minor for line in await listed(tx, keeper)] == [None, None]
    moves = await list_moves(tx, scope=keeper, query=MoveQuery())
    assert {move.cost_minor for move in moves.items} == {None}


@pytest.mark.usefixtures("stocked")
async def test_filters(tx: Tx, world: Any, scope: Scope) -> None:
    async def codes(**query: Any) -> list[str]:
        return [line.sku_code for line in await listed(tx, scope, **query)]

    assert await codes(q="tea") == ["TEA"]
    assert await codes(expires_within_days=0) == ["MILK"]
    assert await codes(expires_within_days=0, sku_id=world.tea) == []
    assert await codes(node_id=world.branch.node_id) == []
    assert await codes(organization_id=world.there.organization_id) == []
    assert await codes(sort="-free") == ["MILK", "TEA"]


async def test_what_is_gone_is_listed_only_on_request(tx: Tx, world: Any, scope: Scope, make_stock: MakeStock) -> None:
    await make_stock((world.tea, 1, None, None))
    gone = [Issue(uuid4(), 1, world.here.key(world.tea), 1)]
    await issue(tx, cell_id=1, document_kind="order", issues=gone, business_on=TODAY, user_id=None)

    assert await listed(tx, scope) == []
    (line,) = await listed(tx, scope, with_empty=True)
    assert (line.on_hand, line.free) == (0, 0)


@pytest.mark.usefixtures("stocked")
async def test_a_partner_is_told_what_is_free_once_the_link_says_so(tx: Tx, world: Any, scope_there: Scope) -> None:
    assert await listed(tx, scope_there) == []

    async def link(*grants: NewGrant) -> None:
        await tx.connection.execute("delete from network.link_grant")
        await tx.connection.execute("delete from network.trade_link")
        new = NewLink(
            seller_id=world.here.organization_id,
            buyer_id=world.there.organization_id,
            valid_from=date(2026, 1, 1),
            grants=grants,
        )
        await add_links(tx, links=[new])

    await link(NewGrant(Capability.ORDER))
    assert await listed(tx, scope_there) == []

    await link(NewGrant(Capability.SEE_STOCK))
    milk, _ = await listed(tx, scope_there)
    assert (milk.is_own, milk.free, milk.next_expiry_on) == (False, 16, TODAY)
    assert [milk.on_hand, milk.reserved, milk.expired, milk.blocked, milk.in_transit, milk.value_minor] == [None] * 6
    shown = await read_stock(tx, scope=scope_there, node_id=world.here.node_id, sku_id=world.milk, today=TODAY)
    assert shown.lots == []
    assert (await list_moves(tx, scope=scope_there, query=MoveQuery())).items == []

    await tx.connection.execute("update network.link_grant set revoked_at = now()")
    assert await listed(tx, scope_there) == []
    with pytest.raises(NotFound):
        await read_stock(tx, scope=scope_there, node_id=world.here.node_id, sku_id=world.milk, today=TODAY)


@pytest.mark.usefixtures("stocked")
async def test_one_sku_at_one_node_comes_with_its_lots(tx: Tx, world: Any, scope: Scope) -> None:
    found = await read_stock(tx, scope=scope, node_id=world.here.node_id, sku_id=world.milk, today=TODAY)

    assert [(lot.state.value, lot.lot_code, lot.expires_on, lot.on_hand) for lot in found.lots] == [
        ("sellable", "OLD", TODAY, 10),
        ("sellable", "NEW", TODAY + timedelta(days=5), 20),
    ]


@pytest.mark.usefixtures("stocked")
async def test_moves_are_found_by_lot_kind_and_day(tx: Tx, world: Any, scope: Scope) -> None:
    async def quantities(**query: Any) -> list[int]:
        return [move.quantity for move in (await list_moves(tx, scope=scope, query=MoveQuery(**query))).items]

    assert sorted(await quantities()) == [7, 10, 20]
    assert await quantities(lot_code="OLD") == [10]
    assert await quantities(sku_id=world.tea) == [7]
    assert await quantities(kind="issue") == []
    assert await quantities(until_on=TODAY) == []
    assert len(await quantities(from_on=TODAY)) == 3


@pytest.mark.usefixtures("stocked")
async def test_value_on_a_day_is_the_sum_of_what_happened_until_its_end(tx: Tx, world: Any, scope: Scope) -> None:
    sold = [Issue(uuid4(), 1, world.here.key(world.tea), 2)]
    tomorrow = TODAY + timedelta(days=1)
    await issue(tx, cell_id=1, document_kind="order", issues=sold, business_on=tomorrow, user_id=None)

    async def values(on: date) -> list[tuple[str, int, int]]:
        page = await list_values(tx, scope=scope, query=ValueQuery(on=on), today=TODAY)
        return [(line.sku_code, line.quantity, line.value_minor) for line in page.items]

    assert await values(TODAY - timedelta(days=1)) == []
    assert await values(TODAY) == [("MILK", 30, 3000), ("TEA", 7, 700)]
    assert await values(tomorrow) == [("MILK", 30, 3000), ("TEA", 5, 500)]
    (total,) = (await list_value_totals(tx, scope=scope, query=TotalQuery(on=tomorrow), today=TODAY)).items
    assert (total.value_minor, total.sku_count, total.currency) == (3500, 2, "CNY")
