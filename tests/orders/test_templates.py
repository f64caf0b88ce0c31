"""Templates: named lists, shared in one organization, edited without losing anybody's change, deleted with undo."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.template_lines import ListedPack
from lingqu.modules.orders.templates import (
    NewTemplate,
    Template,
    TemplateContent,
    TemplateQuery,
    delete_template,
    list_templates,
    read_template,
    replace_template,
    restore_template,
    save_template,
    use_template,
)
from lingqu.runtime.tx import Tx


def _lines(trade: Any, *lines: tuple[int, int, int]) -> list[ListedPack]:
    """Say lines as (SKU by place, units of the pack, packs)."""
    return [
        ListedPack(sku_id=trade.skus[sku], pack_id=trade.packs[sku][units], packs=packs) for sku, units, packs in lines
    ]


async def _do(trade: Any, work: Callable[[Tx, Any], Awaitable[Any]], *, buyer: int = 0) -> Any:
    scope = trade.scope(trade.buyers[buyer])
    return await trade.run(lambda tx: work(tx, scope), who=trade.buyers[buyer])


async def _save(trade: Any, name: str, *lines: tuple[int, int, int], buyer: int = 0, **given: Any) -> Template:
    new = NewTemplate(name=name, seller_id=trade.seller.id, lines=_lines(trade, *lines), **given)
    saved: Template = await _do(trade, lambda tx, scope: save_template(tx, scope=scope, new=new), buyer=buyer)
    return saved


async def _code(work: Awaitable[Any]) -> str:
    with pytest.raises(Refusal) as refused:
        await work
    return refused.value.code


def _shown(template: Template) -> list[tuple[str, int, int]]:
    return [(line.sku_code, line.units, line.packs) for line in template.lines]


async def test_a_template_is_kept_shown_by_name_and_shared(chain: Any) -> None:
    saved = await _save(chain, " 早餐 ", (1, 12, 2), (0, 1, 30))
    assert (saved.name, _shown(saved), saved.version) == ("早餐", [("K1", 12, 2), ("K0", 1, 30)], 1)
    listed = await _do(chain, lambda tx, scope: list_templates(tx, scope=scope, query=TemplateQuery(q="早")))
    assert listed.items == [saved]
    others = await _do(chain, lambda tx, scope: list_templates(tx, scope=scope, query=TemplateQuery()), buyer=1)
    assert others.items == []
    assert (
        await _code(_do(chain, lambda tx, scope: read_template(tx, scope=scope, template_id=saved.id), buyer=1))
        == "common.not-found"
    )


async def test_a_name_is_used_once_and_the_other_buyer_has_its_own(chain: Any) -> None:
    await _save(chain, "早餐", (0, 1, 1))
    assert await _code(_save(chain, "早餐", (0, 1, 1))) == "orders.name-taken"
    await _save(chain, "早餐", (0, 1, 1), buyer=1)
    other = await _save(chain, "晚餐", (0, 1, 1))
    content = TemplateContent(name="早餐", lines=_lines(chain, (0, 1, 1)))
    assert (
        await _code(
            _do(
                chain,
                lambda tx, scope: replace_template(tx, scope=scope, template_id=other.id, content=content, if_match=1),
            )
        )
        == "orders.name-taken"
    )


async def test_lines_are_edited_and_reordered_and_a_stale_edit_is_refused(chain: Any) -> None:
    saved = await _save(chain, "早餐", (0, 1, 1), (1, 1, 2))

    def edit(*lines: tuple[int, int, int], if_match: int) -> Awaitable[Any]:
        content = TemplateContent(name="早点", lines=_lines(chain, *lines))
        return _do(
            chain,
            lambda tx, scope: replace_template(
                tx, scope=scope, template_id=saved.id, content=content, if_match=if_match
            ),
        )

    edited = await edit((1, 1, 5), (2, 12, 1), (0, 1, 1), if_match=1)
    assert (edited.name, _shown(edited), edited.version) == ("早点", [("K1", 1, 5), ("K2", 12, 1), ("K0", 1, 1)], 2)
    assert await _code(edit((0, 1, 9), if_match=1)) == "common.stale"
    both = await asyncio.gather(edit((0, 1, 7), if_match=2), edit((0, 1, 8), if_match=2), return_exceptions=True)
    assert sorted(type(one).__name__ for one in both) == ["Stale", "Template"]


async def test_strange_goods_and_a_pack_twice_are_refused_by_line(trade: Any) -> None:
    """Without a link to the maker the buyer sees none of its goods; what it has bought it may keep."""
    await trade.stock(10)
    await trade.money(50_000)
    scope = trade.scope(trade.buyers[0])
    placed = await trade.intake.place(scope=scope, key=trade.new_key(), order=trade.order((0, 2), (0, 3)))
    with pytest.raises(Refusal) as refused:
        await _save(trade, "早餐", (0, 1, 1))
    assert [(error.path, error.code) for error in refused.value.errors] == [("/lines/0", "choice")]
    kept = await _save(trade, "早餐", order_id=placed.id)
    assert _shown(kept) == [("K0", 1, 5)]
    content = TemplateContent(name="早餐", lines=[*_lines(trade, (0, 1, 6)), *_lines(trade, (0, 1, 7))])
    with pytest.raises(Refusal) as refused:
        await _do(
            trade,
            lambda tx, scope: replace_template(tx, scope=scope, template_id=kept.id, content=content, if_match=1),
        )
    assert [(error.path, error.code) for error in refused.value.errors] == [("/lines/1", "twice")]
    assert await _code(_save(trade, "别人的", order_id=placed.id, buyer=1)) == "common.not-found"
    assert await _code(_save(trade, "空的")) == "common.invalid"


async def test_a_deleted_template_comes_back_unless_its_name_is_taken(chain: Any) -> None:
    saved = await _save(chain, "早餐", (0, 1, 1))

    def act(do: Callable[..., Awaitable[Any]], template_id: UUID = saved.id, buyer: int = 0) -> Awaitable[Any]:
        return _do(chain, lambda tx, scope: do(tx, scope=scope, template_id=template_id), buyer=buyer)

    assert await _code(act(delete_template, buyer=1)) == "common.not-found"
    await act(delete_template)
    for do in (read_template, delete_template, use_template):
        assert await _code(act(do)) == "common.not-found"
    assert await _code(act(restore_template, buyer=1)) == "common.not-found"
    back = await act(restore_template)
    assert (_shown(back), back.version) == (_shown(saved), 3)
    await act(delete_template)
    await _save(chain, "早餐", (1, 1, 1))
    assert await _code(act(restore_template)) == "orders.name-taken"


async def test_a_template_becomes_a_basket_of_what_is_for_sale(chain: Any) -> None:
    saved = await _save(chain, "早餐", (0, 1, 30), (1, 12, 2))
    chain.wait(timedelta(days=1))
    basket = await _do(chain, lambda tx, scope: use_template(tx, scope=scope, template_id=saved.id))
    assert [(line.sku_code, line.packs) for line in basket.lines] == [("K0", 30)]
    assert [(one.row, one.code) for one in basket.left_out] == [(2, "pricing.no-price")]
    (left,) = basket.left_out
    assert left.instead is not None
    assert (left.instead.units, left.instead.packs) == (1, 24)
