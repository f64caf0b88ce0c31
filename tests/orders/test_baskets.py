"""Baskets from an earlier order and from pasted rows: what is for sale goes in, everything else is named."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.catalog.barcodes import add_barcode
from lingqu.modules.network.api import bump_epochs
from lingqu.modules.orders.basket import Basket
from lingqu.modules.orders.paste import Pasted, paste_rows
from lingqu.modules.orders.repeat import Repeat, repeat_order
from lingqu.modules.orders.types import NewLine, NewOrder
from lingqu.runtime.tx import Tx


async def _sql(trade: Any, text: str, *values: Any) -> None:
    async def run(tx: Tx) -> None:
        await tx.connection.execute(text, values)  # type: ignore[arg-type]
        await bump_epochs(tx, seller_ids=[trade.seller.id])

    await trade.run(run)


async def _place(trade: Any, *lines: tuple[int, int], buyer: int = 0) -> Any:
    for sku in {sku for sku, _ in lines}:
        await trade.stock(100, sku=sku)
    await trade.money(1_000_000, buyer=buyer)
    return await trade.intake.place(
        scope=trade.scope(trade.buyers[buyer]), key=trade.new_key(), order=trade.order(*lines)
    )


async def _repeat(trade: Any, wanted: Repeat, *, who: Any = None) -> Basket:
    scope = trade.scope(who or trade.buyers[0])
    return await trade.run(lambda tx: repeat_order(tx, scope=scope, wanted=wanted))


async def _paste(trade: Any, text: str) -> Basket:
    scope = trade.scope(trade.buyers[0])
    pasted = Pasted(seller_id=trade.seller.id, text=text)
    return await trade.run(lambda tx: paste_rows(tx, scope=scope, pasted=pasted))


def _lines(basket: Basket) -> list[tuple[str, int, int]]:
    return [(line.sku_code, line.units, line.packs) for line in basket.lines]


def _out(basket: Basket) -> list[tuple[int, str]]:
    return [(one.row, one.code) for one in basket.left_out]


async def test_an_order_is_repeated_as_it_was_asked_for_and_writes_nothing(trade: Any) -> None:
    placed = await _place(trade, (0, 7), (1, 2), (0, 3))
    basket = await _repeat(trade, Repeat(order_id=placed.id))
    assert (_lines(basket), _out(basket), basket.row_count) == ([("K0", 1, 10), ("K1", 1, 2)], [], 3)
    assert await trade.one("select count(*) from orders.order") == 1
    assert await trade.one("select count(*) from orders.draft") == 0
    again = NewOrder(
        seller_id=basket.seller_id,
        lines=[NewLine(sku_id=line.sku_id, pack_id=line.pack_id, packs=line.packs) for line in basket.lines],
    )
    scope = trade.scope(trade.buyers[0])
    assert (await trade.intake.place(scope=scope, key=trade.new_key(), order=again)).total_minor == placed.total_minor


async def test_the_last_order_is_the_last_that_was_not_given_up(trade: Any) -> None:
    await _place(trade, (0, 1))
    trade.wait(timedelta(minutes=1))
    kept = await _place(trade, (1, 2))
    trade.wait(timedelta(minutes=1))
    given_up = await _place(trade, (2, 3))
    await _sql(trade, "update orders.order set status = 'cancelled' where id = %s", given_up.id)
    assert _lines(await _repeat(trade, Repeat(seller_id=trade.seller.id))) == [("K1", 1, 2)]
    with pytest.raises(Refusal) as refused:
        await _repeat(trade, Repeat(seller_id=trade.seller.id), who=trade.buyers[1])
    assert refused.value.code == "common.not-found"
    for who in (trade.buyers[1], trade.seller, trade.maker):
        with pytest.raises(Refusal) as refused:
            await _repeat(trade, Repeat(order_id=kept.id), who=who)
        assert refused.value.code == "common.not-found"


async def test_what_is_sold_no_longer_is_named_with_its_successor(trade: Any) -> None:
    placed = await _place(trade, (0, 7), (1, 2), (2, 1))
    await _sql(
        trade,
        "update catalog.sku set status = 'discontinued', successor_id = %s where id = %s",
        trade.skus[1],
        trade.skus[0],
    )
    await _sql(trade, "update catalog.sku set status = 'discontinued' where id = %s", trade.skus[2])
    basket = await _repeat(trade, Repeat(order_id=placed.id))
    assert _lines(basket) == [("K1", 1, 2)]
    assert _out(basket) == [(1, "pricing.not-active"), (3, "pricing.not-active")]
    first, second = basket.left_out
    assert first.instead is not None
    assert (first.instead.sku_code, first.instead.packs, first.name_zh) == ("K1", 7, "牛奶0")
    assert second.instead is None


async def test_a_successor_is_found_down_a_chain_and_a_ring_ends(trade: Any) -> None:
    placed = await _place(trade, (0, 7))
    for sku, successor in ((0, 1), (1, 2)):
        await _sql(
            trade,
            "update catalog.sku set status = 'discontinued', successor_id = %s where id = %s",
            trade.skus[successor],
            trade.skus[sku],
        )
    (left,) = (await _repeat(trade, Repeat(order_id=placed.id))).left_out
    assert left.instead is not None
    assert left.instead.sku_code == "K2"
    await _sql(
        trade,
        "update catalog.sku set status = 'discontinued', successor_id = %s where id = %s",
        trade.skus[0],
        trade.skus[2],
    )
    (left,) = (await _repeat(trade, Repeat(order_id=placed.id))).left_out
    assert left.instead is None


async def test_a_pack_that_is_gone_is_said_in_another_where_it_comes_out_even(trade: Any) -> None:
    placed = await _place(trade, (0, 24), (1, 25))
    for sku in (0, 1):
        await _sql(
            trade,
            "insert into pricing.price_item (list_id, sku_id, pack_id, valid_from, price_minor) "
            "select l.id, %s, %s, '2026-01-01', 11000 from pricing.price_list as l",
            trade.skus[sku],
            trade.packs[sku][12],
        )
        await _sql(trade, "update catalog.pack set is_orderable = false where id = %s", trade.packs[sku][1])
    basket = await _repeat(trade, Repeat(order_id=placed.id))
    assert _out(basket) == [(1, "pricing.not-orderable"), (2, "pricing.not-orderable")]
    first, second = basket.left_out
    assert first.instead is not None
    assert (first.instead.pack_name_zh, first.instead.units, first.instead.packs) == ("箱", 12, 2)
    assert second.instead is None


async def test_a_revoked_grant_leaves_lines_out_and_a_closed_link_refuses(trade: Any) -> None:
    placed = await _place(trade, (0, 7))
    await _sql(trade, "update network.link_grant set revoked_at = now() where capability = 'order'")
    assert _out(await _repeat(trade, Repeat(order_id=placed.id))) == [(1, "pricing.not-offered")]
    await _sql(trade, "update network.trade_link set status = 'suspended'")
    for work in (_repeat(trade, Repeat(order_id=placed.id)), _paste(trade, "K0\t1")):
        with pytest.raises(Refusal) as refused:
            await work
        assert refused.value.code == "orders.no-link"


async def test_a_quantity_below_the_minimum_goes_in_for_the_cart_to_mend(trade: Any) -> None:
    placed = await _place(trade, (0, 7))
    await _sql(
        trade,
        "insert into pricing.order_rule (seller_id, sku_id, min_quantity, multiple_of) values (%s, %s, 10, 10)",
        trade.seller.id,
        trade.skus[0],
    )
    assert _lines(await _repeat(trade, Repeat(order_id=placed.id))) == [("K0", 1, 7)]


async def _coded(trade: Any) -> None:
    """Give the seller and the buyer codes of their own and two packs a GTIN."""

    def add(pack_id: int, code: str) -> Callable[[Any], Callable[[Tx], Awaitable[Any]]]:
        return lambda scope: lambda tx: add_barcode(tx, scope=scope, pack_id=pack_id, code=code)

    buyer, seller = trade.scope(trade.buyers[0]), trade.scope(trade.seller)
    await trade.run(add(trade.packs[0][12], "MINE")(buyer))
    await trade.run(add(trade.packs[1][1], "YOURS")(seller))
    await trade.run(add(trade.packs[2][1], "Mine")(seller))
    await _sql(trade, "update catalog.pack set gtin = '00012345678905' where id = %s", trade.packs[1][12])
    for sku in range(3):
        await _sql(
            trade,
            "insert into pricing.price_item (list_id, sku_id, pack_id, valid_from, price_minor) "
            "select l.id, %s, %s, '2026-01-01', 11000 from pricing.price_list as l",
            trade.skus[sku],
            trade.packs[sku][12],
        )


async def test_pasted_codes_are_own_codes_the_sellers_sku_codes_and_gtins(chain: Any) -> None:
    trade = chain
    await _coded(trade)
    text = "编码\t数量\t包装\nMINE\t2\nyours\t3\nk2\t4\nK2\t1\t箱\n12345678905\t5\nK0\t6箱\n012345678905\t1"
    basket = await _paste(trade, text)
    assert _out(basket) == []
    assert basket.row_count == 7
    assert sorted(_lines(basket)) == [("K0", 12, 8), ("K1", 1, 3), ("K1", 12, 6), ("K2", 1, 4), ("K2", 12, 1)]


async def test_every_bad_row_is_named_with_its_number_and_reason(chain: Any) -> None:
    trade = chain
    await _coded(trade)
    await _sql(trade, "update catalog.pack set is_orderable = false where id = %s", trade.packs[1][1])
    text = "K0,1\nNOPE,2\nK0,x\n\nK2,3,托盘\nK1,4\nYOURS,1\n,9\n"
    basket = await _paste(trade, text)
    assert _lines(basket) == [("K0", 1, 1)]
    assert _out(basket) == [
        (2, "orders.unknown-code"),
        (3, "orders.bad-quantity"),
        (5, "orders.unknown-pack"),
        (6, "orders.pack-needed"),
        (7, "pricing.not-orderable"),
        (8, "orders.no-code"),
    ]
    assert basket.left_out[2].words.zh == "没有该包装。可选：盒、箱。"
    assert basket.left_out[3].words.zh == "请注明包装：箱。"


async def test_one_code_of_two_brands_asks_for_another(chain: Any) -> None:
    trade = chain
    await _sql(
        trade,
        "insert into network.product_line (brand_id, code, name_zh, name_en) values (%s, 'B', '乙', 'B')",
        trade.seller.id,
    )
    await _sql(
        trade,
        "with made as (insert into catalog.sku (brand_id, product_line_id, tax_class_id, code, product_code, name_zh,"
        " name_en, base_unit, sort_key, search, created_at) select %s, l.id, s.tax_class_id, 'K0', 'K0', '酸奶',"
        " 'Yogurt', '杯', 'x', '{}', now()"
        " from network.product_line as l, catalog.sku as s where l.code = 'B' and s.id = %s"
        " returning id) insert into catalog.pack (sku_id, code, name_zh, name_en, units)"
        " select id, 'EA', '杯', 'Cup', 1 from made",
        trade.seller.id,
        trade.skus[0],
    )
    (left,) = (await _paste(trade, "K0\t1")).left_out
    assert left.code == "orders.ambiguous-code"
    assert left.words.zh == "多个商品使用该编码：牛奶0、酸奶，请改用其他编码。"


async def test_a_thousand_rows_take_as_many_statements_as_one(chain: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    trade = chain
    counts: list[int] = []
    original_all, original_tuples = Tx.all, Tx.tuples

    async def count_all(self: Tx, *given: Any, **named: Any) -> Any:
        counts[-1] += 1
        return await original_all(self, *given, **named)

    async def count_tuples(self: Tx, *given: Any, **named: Any) -> Any:
        counts[-1] += 1
        return await original_tuples(self, *given, **named)

    monkeypatch.setattr(Tx, "all", count_all)
    monkeypatch.setattr(Tx, "tuples", count_tuples)
    for rows in (1, 1_000):
        counts.append(0)
        basket = await _paste(trade, "\n".join(f"K{row % 3}\t{row + 1}" for row in range(rows)))
        assert basket.row_count == rows
        assert sum(line.packs for line in basket.lines) == rows * (rows + 1) // 2
    assert counts[0] == counts[1]
    with pytest.raises(Refusal) as refused:
        await _paste(trade, "K0\t1\n" * 2_001)
    assert refused.value.code == "orders.too-many-rows"
