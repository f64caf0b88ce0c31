"""Kept baskets: named, found, copied, put back into a cart, thrown away and brought back."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from lingqu.kernel.errors import NotFound, Stale
from lingqu.modules.orders.drafts import (
    KEPT,
    Draft,
    DraftQuery,
    DraftSubmitted,
    discard_draft,
    list_drafts,
    purge_drafts,
    read_draft,
    restore_draft,
    save_draft,
)
from lingqu.modules.orders.release_draft import submit_draft
from lingqu.modules.orders.types import NewLine
from lingqu.modules.orders.use_draft import DraftCopy, DraftWords, copy_draft, describe_draft, use_draft
from lingqu.runtime.tx import Tx


async def _do(trade: Any, work: Callable[[Tx, Any], Awaitable[Any]], *, buyer: int = 0) -> Any:
    scope = trade.scope(trade.buyers[buyer])
    return await trade.run(lambda tx: work(tx, scope), who=trade.buyers[buyer])


async def _keep(trade: Any, name: str, *lines: tuple[int, int]) -> Draft:
    content = trade.order(*lines)
    kept: Draft = await _do(trade, lambda tx, scope: save_draft(tx, scope=scope, content=content, name=name))
    return kept


async def _listed(trade: Any, *, buyer: int = 0, **asked: Any) -> list[str]:
    query = DraftQuery(**asked)
    page = await _do(trade, lambda tx, scope: list_drafts(tx, scope=scope, query=query), buyer=buyer)
    return [draft.name for draft in page.items]


async def _described(trade: Any, draft: Draft, name: str, *, note: str = "", version: int | None = None) -> Draft:
    words = DraftWords(name=name, note=note)
    if_match = draft.version if version is None else version
    changed: Draft = await _do(
        trade, lambda tx, scope: describe_draft(tx, scope=scope, draft_id=draft.id, words=words, if_match=if_match)
    )
    return changed


async def test_a_basket_is_named_found_by_name_and_seen_by_its_own_organization(trade: Any) -> None:
    kept = await _keep(trade, " 国庆备货 ", (0, 3))
    await _keep(trade, "平日", (0, 1))
    assert kept.name == "国庆备货"
    assert await _listed(trade, q="国庆") == ["国庆备货"]
    assert sorted(await _listed(trade)) == ["国庆备货", "平日"]
    assert await _listed(trade, buyer=1) == []


async def test_other_words_leave_the_goods_and_a_stale_edit_changes_nothing(trade: Any) -> None:
    kept = await _keep(trade, "周一", (0, 3))
    changed = await _described(trade, kept, "周二", note="早上送")
    assert (changed.name, changed.content.note, changed.content.lines) == ("周二", "早上送", kept.content.lines)
    with pytest.raises(Stale):
        await _described(trade, kept, "周三", version=kept.version)
    assert await _listed(trade) == ["周二"]


async def test_what_waits_for_a_yes_is_not_renamed(trade: Any) -> None:
    kept = await _keep(trade, "周一", (0, 3))
    await _do(trade, lambda tx, scope: submit_draft(tx, scope=scope, draft_id=kept.id))
    with pytest.raises(DraftSubmitted):
        await _described(trade, kept, "周二", version=kept.version + 1)


async def test_a_copy_is_a_basket_of_its_own(trade: Any) -> None:
    kept = await _keep(trade, "周一", (0, 3))
    await _do(trade, lambda tx, scope: submit_draft(tx, scope=scope, draft_id=kept.id))
    copied: Draft = await _do(
        trade, lambda tx, scope: copy_draft(tx, scope=scope, draft_id=kept.id, copy=DraftCopy(name="下周一"))
    )
    assert (copied.id == kept.id, copied.state, copied.content) == (False, "open", kept.content)
    await _do(trade, lambda tx, scope: discard_draft(tx, scope=scope, draft_id=kept.id))
    assert await _listed(trade) == ["下周一"]


async def test_into_the_cart_goes_what_can_be_ordered_today_each_pack_once(trade: Any) -> None:
    content = trade.order((0, 3))
    (line,) = content.lines
    unknown = NewLine(sku_id=2**31 - 1, packs=1)
    both = replace(content, lines=[line, replace(line, pack_id=None, packs=2), unknown])
    kept: Draft = await _do(trade, lambda tx, scope: save_draft(tx, scope=scope, content=both))
    basket = await _do(trade, lambda tx, scope: use_draft(tx, scope=scope, draft_id=kept.id))
    assert [(one.sku_id, one.units, one.packs) for one in basket.lines] == [(line.sku_id, 1, 5)]
    assert [one.row for one in basket.left_out] == [3]


async def test_what_is_thrown_away_comes_back_unsubmitted_until_it_is_forgotten(trade: Any) -> None:
    kept = await _keep(trade, "周一", (0, 3))

    async def then(work: Callable[..., Awaitable[Any]]) -> Any:
        return await _do(trade, lambda tx, scope: work(tx, scope=scope, draft_id=kept.id))

    await then(submit_draft)
    await then(discard_draft)
    assert await _listed(trade) == []
    for gone in (read_draft, discard_draft, submit_draft, use_draft):
        with pytest.raises(NotFound):
            await then(gone)
    back: Draft = await then(restore_draft)
    assert (back.state, back.name, back.content) == ("open", "周一", kept.content)
    with pytest.raises(NotFound):
        await then(restore_draft)
    await then(discard_draft)
    for later, left in ((KEPT - timedelta(minutes=1), 1), (KEPT + timedelta(minutes=1), 0)):
        async with trade.database.begin(now=trade.now + later) as tx:
            await purge_drafts(tx)
        assert await _count(trade, kept.id) == left


async def _count(trade: Any, draft_id: UUID) -> int:
    count: int = await trade.one(f"select count(*) from orders.draft where id = '{draft_id}'")
    return count
