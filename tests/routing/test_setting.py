"""The setting: kept in versions, only of one's own nodes; a dry run shows what other rules would do."""

from typing import Any

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.routing.dry_run import dry_run
from lingqu.modules.routing.setting import read_setting
from lingqu.modules.routing.types import DEFAULT_RULES, AskLine, DryRun, DryRunAsk, NewSetting, NodeSetting


async def test_defaults_stand_until_something_is_set(places: Any) -> None:
    view = await places.trade.run(lambda tx: read_setting(tx, scope=places.scope()))
    assert (view.version, view.is_active, view.rules) == (0, False, DEFAULT_RULES)
    kept = await places.switch_on(rules=("stock", "cost"), nodes=(NodeSetting(node_id=places.nodes["far"]),))
    view = await places.trade.run(lambda tx: read_setting(tx, scope=places.scope()))
    assert view == kept
    assert (view.version, view.is_active, view.rules) == (1, True, ("stock", "cost"))
    assert await places.trade.one("select count(*) from runtime.audit where kind = 'routing setting'") == 1


@pytest.mark.parametrize("if_match", [0, 2])
async def test_who_looked_at_an_older_one_changes_nothing(places: Any, if_match: int) -> None:
    await places.switch_on()
    with pytest.raises(Refusal) as refused:
        await places.switch_on(if_match=if_match, rules=("cost",))
    assert refused.value.code == "common.stale"
    assert await places.trade.one("select content ->> 'rules' from routing.setting") is not None
    assert await places.trade.one("select version from routing.setting") == 1


async def test_each_fault_is_named_at_its_place(places: Any) -> None:
    stranger = places.trade.buyers[0].node_id
    own = places.nodes["near"]
    with pytest.raises(Refusal) as refused:
        await places.switch_on(
            rules=("stock", "stock"), nodes=tuple(NodeSetting(node_id=n) for n in (own, own, stranger))
        )
    assert [error.path for error in refused.value.errors] == ["/rules/1", "/nodes/1/node_id", "/nodes/2/node_id"]
    assert await places.trade.one("select count(*) from routing.setting") == 0


async def _try(places: Any, quantity: int, setting: NewSetting | None = None, buyer: int = 0) -> DryRun:
    ask = DryRunAsk(
        buyer_id=places.trade.buyers[buyer].id,
        lines=(AskLine(sku_id=places.trade.skus[0], quantity=quantity),),
        setting=setting,
    )
    answer: DryRun = await places.trade.run(lambda tx: dry_run(tx, scope=places.scope(), ask=ask))
    return answer


async def test_a_dry_run_chooses_as_placing_would_and_takes_nothing(places: Any) -> None:
    await places.stock("home", 10)
    await places.stock("near", 10)
    run = await _try(places, 5)
    assert (run.lines[0].node_id, run.node_count, run.distance_km) == (places.nodes["near"], 1, 48)
    costs = NodeSetting(node_id=places.nodes["near"], base_minor=1_000, per_km_minor=10)
    other = await _try(places, 5, NewSetting(rules=("stock", "cost"), nodes=(costs,)))
    assert other.lines[0].node_id == places.nodes["home"]
    assert (await _try(places, 5, NewSetting(rules=("distance",), nodes=(costs,)))).cost_minor == 1_482
    assert await places.reserved() == {"home": 0, "near": 0, "far": 0}


async def test_a_dry_run_knows_only_own_buyers(places: Any) -> None:
    ask = DryRunAsk(buyer_id=places.trade.maker.id, lines=(AskLine(sku_id=places.trade.skus[0], quantity=1),))
    with pytest.raises(Refusal) as refused:
        await places.trade.run(lambda tx: dry_run(tx, scope=places.scope(), ask=ask))
    assert refused.value.code == "common.not-found"


async def test_rights_by_region_and_level_are_kept_with_their_names(places: Any) -> None:
    trade = places.trade
    await trade.one("update network.organization set level = 'B' where id = %s returning id", trade.buyers[0].id)
    near = NodeSetting(
        node_id=places.nodes["near"], region_ids=(156330100,), levels=("B",), cut_off_minute=960, per_km_minor=50
    )
    kept = await places.switch_on(nodes=(near,))
    assert kept.nodes == (near,)
    assert [(region.id, region.name_zh) for region in kept.regions] == [(156330100, "杭州市")]
    assert "B" in kept.buyer_levels
    assert kept.currency == "CNY"


async def test_a_region_that_does_not_exist_is_named(places: Any) -> None:
    near = NodeSetting(node_id=places.nodes["near"], region_ids=(156330100, 1))
    with pytest.raises(Refusal) as refused:
        await places.switch_on(nodes=(near,))
    assert [error.path for error in refused.value.errors] == ["/nodes/0/region_ids/1"]
