"""A plan for waiting orders in a real browser: asked for, watched, compared, read, applied."""

from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from lingqu.kernel.ids import uuid7
from lingqu.modules.orders.plan_backlog import PLAN_BACKLOG
from lingqu.modules.stock.api import Claim, unreserve
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx
from lingqu.runtime.work import Worker
from tests.browser.conftest import Enter
from tests.browser.test_quick_order import faults_at_rest


async def _order(page: Page, database: Database) -> str:
    """Order one case, as the dealer."""

    async def found(tx: Tx) -> tuple[int, int, int]:
        rows = await tx.connection.execute(
            "select o.id, k.id, p.id from network.organization o, catalog.sku k join catalog.pack p on p.sku_id = k.id "
            "where o.code = 'HZ' and k.code = 'TR-4001' and p.code = 'CASE'"
        )
        (row,) = await rows.fetchall()
        return row[0], row[1], row[2]

    seller_id, sku_id, pack_id = await database.run(found)
    answer = await page.request.post(
        "/api/v1/orders",
        data={"seller_id": seller_id, "lines": [{"sku_id": sku_id, "pack_id": pack_id, "packs": 1}]},
        headers={"Idempotency-Key": str(uuid7())},
    )
    placed: dict[str, Any] = await answer.json()
    assert answer.ok, placed
    return str(placed["id"])


async def _goods_come_late(database: Database, order_id: str) -> None:
    """Let an order wait for the goods that lie there."""

    async def work(tx: Tx) -> None:
        rows = await tx.connection.execute(
            "select cell_id, line_no, key, reserved from orders.line where order_id = %s", (order_id,)
        )
        for cell_id, line_no, key, reserved in await rows.fetchall():
            await unreserve(tx, cell_id=cell_id, claims=[Claim(UUID(order_id), line_no, key, reserved)])
        await tx.connection.execute(
            "update orders.line set back_ordered = reserved, reserved = 0 where order_id = %s", (order_id,)
        )

    await database.run(work)


@pytest.mark.parametrize("is_phone", [False, True], ids=["desk", "phone"])
async def test_a_plan_is_made_looked_at_and_applied(enter: Enter, market_url: str, *, is_phone: bool) -> None:
    database = Database(market_url)
    await database.open()
    dealer = await enter("dealer", is_phone=is_phone)
    order_id = await _order(dealer, database)
    await _goods_come_late(database, order_id)
    page = await enter("distributor", "/backlog-plans", is_phone=is_phone)
    await page.get_by_role("button", name="Make a plan").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("radio", name="Weigh waiting against deliveries").check()
    await dialog.get_by_label("What a pack costs that waits a day").fill("8")
    assert await faults_at_rest(page) == []
    await dialog.get_by_role("button", name="Make a plan").click()
    await expect(page.get_by_role("status")).to_contain_text("Waiting to begin")
    assert await faults_at_rest(page) == []
    assert await Worker(database, [PLAN_BACKLOG]).work_one()
    await expect(page.get_by_text("proven to be the best")).to_be_visible()
    await expect(page.get_by_role("row", name="Lines served").first).to_contain_text("1")
    await expect(page.get_by_text("goods have come where it waits").first).to_be_visible()
    assert await faults_at_rest(page) == []
    await page.get_by_role("button", name="Apply").click()
    await page.get_by_role("dialog").get_by_role("button", name="Apply").click()
    await expect(page.get_by_text("Applied", exact=True).first).to_be_visible()
    await expect(page.get_by_text("Moved", exact=True).first).to_be_visible()
    assert await faults_at_rest(page) == []
    answer = await dealer.request.post(
        f"/api/v1/orders/{order_id}/cancellation",
        data={"reason": "test"},
        headers={"Idempotency-Key": str(uuid7())},
    )
    assert answer.ok
    await database.close()
