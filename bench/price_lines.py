"""Time one line of an order: priced for placing, and quoted with its trace.

Run: python bench/price_lines.py. Prints microseconds per line and how many times longer the traced form takes.
"""

import random
import time
from collections.abc import Callable
from datetime import date

from lingqu.modules.pricing.book import PriceBook
from lingqu.modules.pricing.line import Ask
from lingqu.modules.pricing.seller import Seller
from lingqu.modules.pricing.types import (
    Assignment,
    Audience,
    Limit,
    Link,
    OrderRule,
    Pack,
    PriceList,
    Quote,
    Rung,
    Terms,
)

SKUS, BUYERS, LINES, ORDERS = 2_000, 1_000, 20, 400
START, DAY = date(2026, 1, 1), date(2026, 3, 2)
SELLER, BRAND = 1, 2
OWN_LISTS, OWN_SHARE = range(1, 5), 0.3


def main() -> None:
    """Print the figures of one book that uses every feature."""
    chance = random.Random(7)  # noqa: S311 - a fixed seed makes figures comparable
    book = _book(chance)
    orders = [(1000 + chance.randrange(BUYERS), [_ask(chance) for _ in range(LINES)]) for _ in range(ORDERS)]
    placed = _time(book.price_lines, orders)
    quoted = _time(book.quote, orders)
    print(f"price_lines {placed:.2f} us/line  quote {quoted:.2f} us/line  ratio {quoted / placed:.1f}")  # noqa: T201


def _time(price: Callable[..., Quote], orders: list[tuple[int, list[Ask]]]) -> float:
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        for buyer_id, lines in orders:
            price(seller_id=SELLER, buyer_id=buyer_id, business_on=DAY, lines=lines)
        best = min(best, time.perf_counter() - started)
    return best / (len(orders) * LINES) * 1e6


def _ask(chance: random.Random) -> Ask:
    sku_id = chance.randrange(1, SKUS)
    return sku_id, sku_id * 2 + chance.randrange(2), chance.choice([1, 2, 5, 12, 40])


def _ladder(chance: random.Random, list_id: int, pack_id: int) -> tuple[Rung, ...]:
    base = chance.randrange(1_000, 90_000)
    return tuple(
        Rung(list_id * 100_000 + pack_id * 3 + place, min_packs, START, date.max, base * (100 - min_packs // 2) // 100)
        for place, min_packs in enumerate((24, 10, 5 if list_id in OWN_LISTS else 1))
    )


def _book(chance: random.Random) -> PriceBook:
    audiences = [
        *((Audience.ORGANIZATION, 1000 + number, None, ()) for number in range(4)),
        (Audience.LEVEL, None, "gold", ()),
        (Audience.TERRITORY, None, None, (156430000,)),
        (Audience.EVERYBODY, None, None, ()),
    ]
    packs = range(2, 2 * SKUS)
    lists = [
        PriceList(
            number,
            f"L{number}",
            "",
            "CNY",
            number % 2 == 0,
            START,
            date.max,
            {
                pack: _ladder(chance, number, pack)
                for pack in packs
                if number == len(audiences) or chance.random() < OWN_SHARE
            },
        )
        for number in range(1, len(audiences) + 1)
    ]
    book = PriceBook()
    book.put(
        sellers=[
            Seller(
                seller_id=SELLER,
                kind="distributor",
                currency="CNY",
                epoch=1,
                lists=lists,
                assignments=[
                    Assignment(number, SELLER, number, *audience) for number, audience in enumerate(audiences, start=1)
                ],
                links=[
                    Link(
                        SELLER,
                        1000 + n,
                        chance.choice(["gold", "silver"]),
                        156430102,
                        START,
                        date.max,
                        False,
                        frozenset({1}),
                    )
                    for n in range(BUYERS)
                ],
                terms={None: Terms(SELLER, None, 0, 2_000, 100_000)},
                order_rules={sku: OrderRule(SELLER, sku, 2, 1) for sku in range(1, SKUS, 10)},
                upstream=[BRAND],
            )
        ],
        packs=[Pack(pack, pack // 2, 12, 1, BRAND, 130_000, "active", True) for pack in packs],
        limits={
            BRAND: {
                pack: (Limit(BRAND, pack, "distributor", "trade", "CNY", True, 1, None, START, date.max),)
                for pack in packs
                if pack % 5 == 0
            }
        },
        parents={156430102: 156430000, 156430000: 156000000, 156000000: None},
    )
    return book


if __name__ == "__main__":
    main()
