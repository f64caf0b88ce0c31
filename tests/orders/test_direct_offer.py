"""A supplier offers, its buyer counts on it, and a dry run shows what that would do."""

from typing import Any

import pytest

from lingqu.kernel.errors import Invalid, NotFound, Stale
from lingqu.modules.routing.api import NodeSetting
from lingqu.modules.routing.dry_run import dry_run
from lingqu.modules.routing.offer_direct import list_offers
from lingqu.modules.routing.setting import read_setting
from lingqu.modules.routing.types import AskLine, DryRun, DryRunAsk, NewSetting
from tests.orders.direct import FEE_PPM, Supply


def _place_of(refused: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(error.path, error.code) for error in refused.value.errors]


async def _try(supply: Supply, quantity: int, **setting: Any) -> DryRun:
    trade, wish = supply.trade, None
    if setting:
        wish = NewSetting(is_active=True, **setting)
    ask = DryRunAsk(
        buyer_id=trade.buyers[0].id, lines=(AskLine(sku_id=trade.skus[0], quantity=quantity),), setting=wish
    )
    return await trade.run(lambda tx: dry_run(tx, scope=supply.places.scope(), ask=ask))


async def test_only_who_sells_on_is_offered_anything(supply: Supply) -> None:
    trade = supply.trade
    made = await trade.run(lambda tx: list_offers(tx, scope=supply.scope(supply.supplier)))
    assert [(one.buyer_id, one.version, one.is_active) for one in made.offers] == [(trade.seller.id, 0, False)]
    mine = await trade.run(lambda tx: list_offers(tx, scope=supply.scope(trade.seller)))
    assert mine.offers == []


async def test_an_offer_names_own_nodes_once_and_a_version(supply: Supply) -> None:
    trade = supply.trade
    node_id, other = supply.supplier.node_id, trade.seller.node_id
    with pytest.raises(Invalid) as refused:
        await supply.offer(node_ids=(node_id, node_id, other))
    assert _place_of(refused) == [("/node_ids/1", "duplicate"), ("/node_ids/2", "unknown")]
    with pytest.raises(Stale):
        await supply.offer(if_match=1)
    first = await supply.offer(node_ids=(node_id,))
    with pytest.raises(Stale):
        await supply.offer()
    second = await supply.offer(if_match=first.version, is_active=False)
    assert (first.version, second.version, second.is_active, second.node_ids) == (1, 2, False, ())
    trade.seller, seller = trade.buyers[0], trade.seller
    with pytest.raises(NotFound):
        await supply.offer()
    trade.seller = seller


async def test_who_is_counted_on_must_offer(supply: Supply) -> None:
    supplier_id = supply.supplier.id
    with pytest.raises(Invalid) as refused:
        await supply.places.switch_on(direct=(supplier_id,))
    assert _place_of(refused) == [("/direct/0", "no-offer")]
    await supply.offer()
    node = NodeSetting(node_id=supply.supplier.node_id)
    with pytest.raises(Invalid) as foreign:
        await supply.places.switch_on(nodes=(node,))
    assert _place_of(foreign) == [("/nodes/0/node_id", "unknown")]
    kept = await supply.places.switch_on(direct=(supplier_id,), nodes=(node,))
    assert kept.direct == (supplier_id,)
    seen = await supply.trade.run(lambda tx: read_setting(tx, scope=supply.places.scope()))
    assert [(one.seller_id, one.fee_ppm, one.is_active) for one in seen.offers] == [(supplier_id, FEE_PPM, True)]


async def test_a_dry_run_names_the_supplier_and_what_it_would_get(supply: Supply) -> None:
    await supply.offer()
    await supply.stock(20)
    await supply.places.stock("near", 5)
    node_id = supply.supplier.node_id
    found = await _try(supply, 12, direct=(supply.supplier.id,))
    assert [(line.node_id, line.decided_by) for line in found.lines] == [(node_id, "stock")]
    # What more lies there is the supplier's own business.
    assert found.lines[0].free == 12
    assert [(one.node_id, one.supplier_id, one.fee_ppm) for one in found.direct] == [
        (node_id, supply.supplier.id, FEE_PPM)
    ]
    assert "厂家 · " in next(node.name for node in found.nodes if node.id == node_id)
    assert (await _try(supply, 12)).direct == []


async def test_a_supplier_without_the_whole_line_is_left_out_with_the_reason(supply: Supply) -> None:
    await supply.offer()
    await supply.stock(20)
    await supply.places.stock("near", 5)
    found = await _try(supply, 21, direct=(supply.supplier.id,), max_parts=3)
    assert [line.node_id for line in found.lines] == [supply.places.nodes["near"]]
    assert [(gone.node_id, gone.why) for gone in found.lines[0].dropped] == [(supply.supplier.node_id, "short")]


async def test_an_order_takes_from_a_supplier_and_from_own_nodes_line_by_line(supply: Supply) -> None:
    await supply.offer()
    await supply.places.switch_on(direct=(supply.supplier.id,), max_parts=2)
    await supply.stock(10)
    await supply.money(1_000_000)
    await supply.trade.money(1_000_000)
    await supply.places.stock("near", 6, sku=1)
    await supply.places.stock("far", 6, sku=1)
    placed = await supply.place((0, 10), (1, 9))
    assert [(line[0], line[1], line[2], line[3]) for line in await supply.lines(placed.id)] == [
        (1, True, 0, 10),
        (2, False, 6, 0),
        (3, False, 3, 0),
    ]
    assert await supply.trade.violations() == {}
