from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import NotFound
from lingqu.modules.catalog.api import find_by_code, read_sku
from lingqu.modules.catalog.list_skus import SKUQuery, list_skus
from lingqu.runtime.tx import Tx


async def seen(tx: Tx, scope: object) -> list[str]:
    return [sku.code for sku in (await list_skus(tx, scope=scope, query=SKUQuery(sort="code"))).items]


async def test_each_sees_what_its_live_grants_allow(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    assert await seen(tx, await scope_for(shelf.brand)) == ["M250", "Y"]
    assert await seen(tx, await scope_for(shelf.other)) == ["C"]
    assert await seen(tx, await scope_for(shelf.distributor)) == ["M250", "Y"]
    assert await seen(tx, await scope_for(shelf.dealer)) == ["M250"]
    assert await seen(tx, await scope_for(shelf.stranger)) == []


async def test_a_revoked_grant_hides_at_the_next_read(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    scope = await scope_for(shelf.dealer)
    assert (await read_sku(tx, scope=scope, sku_id=shelf.milk.id)).code == "M250"
    await tx.connection.execute(
        "update network.link_grant set revoked_at = %s where link_id = %s", [tx.now, shelf.links[1]]
    )
    assert await seen(tx, scope) == []
    with pytest.raises(NotFound):
        await read_sku(tx, scope=scope, sku_id=shelf.milk.id)
    with pytest.raises(NotFound):
        await find_by_code(tx, scope=scope, code="6901234567892")


@pytest.mark.parametrize("change", ["status = 'suspended'", "valid_from = '2026-03-03'", "valid_until = '2026-03-02'"])
async def test_a_link_that_does_not_hold_today_shows_nothing(
    tx: Tx, shelf: SimpleNamespace, scope_for: object, change: str
) -> None:
    await tx.connection.execute(f"update network.trade_link set {change} where id = %s", [shelf.links[1]])
    assert await seen(tx, await scope_for(shelf.dealer)) == []


async def test_a_single_sku_of_another_brand_is_not_found(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    with pytest.raises(NotFound):
        await read_sku(tx, scope=await scope_for(shelf.dealer), sku_id=shelf.cola.id)
