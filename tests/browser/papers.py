"""One of each document, so that its page can be looked at: made over the API, in small, by whoever makes such."""

import http
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.async_api import Page

from lingqu.kernel.ids import uuid7


async def _get(page: Page, path: str) -> Any:
    answer = await page.request.get(f"/api/v1{path}")
    assert answer.ok, await answer.text()
    return await answer.json()


async def _post(page: Page, path: str, body: dict[str, Any]) -> Any:
    answer = await page.request.post(f"/api/v1{path}", data=body, headers={"Idempotency-Key": str(uuid7())})
    assert answer.status in {http.HTTPStatus.OK, http.HTTPStatus.CREATED}, f"{path}: {await answer.text()}"
    return await answer.json()


async def make_papers(page: Page, *, code: str, name: str) -> None:
    """Make a basket, a list, a standing order, a count and a webhook, of one case of some goods."""
    (link, *_) = (await _get(page, "/links?side=buying"))["items"]
    (sku,) = (await _get(page, f"/skus?q={code}"))["items"]
    case = max((await _get(page, f"/skus/{sku['id']}"))["packs"], key=lambda pack: pack["units"])
    lines = [{"sku_id": sku["id"], "pack_id": case["id"], "packs": 1}]
    await _post(page, "/drafts", {"seller_id": link["seller_id"], "lines": lines, "name": name})
    kept = await _post(page, "/templates", {"seller_id": link["seller_id"], "lines": lines, "name": name})
    standing = {
        "name": name,
        "seller_id": link["seller_id"],
        "rhythm": {"kind": "weekly", "weekdays": [1]},
        "starts_on": (datetime.now(UTC) + timedelta(days=30)).date().isoformat(),
        "template_id": kept["id"],
    }
    await _post(page, "/standing-orders", standing)
    me = await _get(page, "/me")
    (node, *_) = (await _get(page, f"/nodes?organization_id={me['organization_id']}"))["items"]
    await _post(page, "/stock/counts", {"node_id": node["id"], "title": name, "sku_ids": [sku["id"]]})
    (subject, *_) = (await _get(page, "/webhooks/subjects"))["items"]
    await _post(page, "/webhooks", {"url": "https://erp.example.com/in", "subjects": [subject["subject"]]})


async def place(page: Page, *, code: str) -> None:
    """Order one case of some goods."""
    (link, *_) = (await _get(page, "/links?side=buying"))["items"]
    (sku,) = (await _get(page, f"/skus?q={code}"))["items"]
    case = max((await _get(page, f"/skus/{sku['id']}"))["packs"], key=lambda pack: pack["units"])
    line = {"sku_id": sku["id"], "pack_id": case["id"], "packs": 1}
    await _post(page, "/orders", {"seller_id": link["seller_id"], "lines": [line]})


async def sell(page: Page, *, code: str) -> None:
    """Sell one piece of some goods at the counter."""
    (sku,) = (await _get(page, f"/skus?q={code}"))["items"]
    await _post(page, "/sales", {"lines": [{"sku_id": sku["id"], "packs": 1}]})
