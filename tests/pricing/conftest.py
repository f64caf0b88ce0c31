from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.network.api import scope_of_party
from lingqu.modules.pricing.book import PriceBook
from lingqu.modules.pricing.seller import Seller
from lingqu.modules.pricing.types import Assignment, Audience, Limit, Link, OrderRule, Pack, PriceList, Rung, Terms
from lingqu.runtime.tx import Tx

SELLER, BUYER, BRAND, UPSTREAM = 1, 2, 3, 4
COUNTY, PROVINCE, COUNTRY = 156430102, 156430000, 156000000


def _rung(item_id: int, given: Mapping[str, Any]) -> Rung:
    return Rung(
        item_id,
        given.get("min_packs", 1),
        given.get("valid_from", date(2026, 1, 1)),
        given.get("valid_until", date.max),
        given["price"],
    )


@pytest.fixture
def make_book() -> Callable[..., PriceBook]:
    """Give a function that makes a book of one seller from short descriptions.

    A list is a dict of audience, what the audience needs, and rungs (dicts of price, min_packs, valid_from,
    valid_until); its id is its place, the id of a rung is 10 × list + place. The pack 7 of SKU 5 holds 12 units.
    """

    def make(*lists: Mapping[str, Any], **given: Any) -> PriceBook:
        made = [
            PriceList(
                number,
                f"L{number}",
                f"List {number}",
                one.get("currency", "CNY"),
                one.get("is_tax_included", True),
                one.get("valid_from", date(2026, 1, 1)),
                one.get("valid_until", date.max),
                {
                    7: tuple(
                        sorted(
                            (_rung(10 * number + place, rung) for place, rung in enumerate(one["rungs"])),
                            key=lambda r: (r.min_packs, r.valid_from),
                            reverse=True,
                        )
                    )
                },
            )
            for number, one in enumerate(lists, start=1)
        ]
        assignments = [
            Assignment(
                number,
                SELLER,
                number,
                Audience(one.get("audience", "everybody")),
                one.get("organization_id"),
                one.get("level"),
                tuple(one.get("regions", ())),
            )
            for number, one in enumerate(lists, start=1)
        ]
        link = Link(
            SELLER,
            BUYER,
            "gold",
            COUNTY,
            given.get("link_from", date(2026, 1, 1)),
            given.get("link_until", date.max),
            given.get("is_whole", True),
            given.get("lines", frozenset()),
        )
        terms: Terms = given.get("terms", Terms(SELLER, None))
        rule: OrderRule | None = given.get("rule")
        limit: Limit | None = given.get("limit")
        book = PriceBook()
        book.put(
            sellers=[
                Seller(
                    seller_id=SELLER,
                    kind="distributor",
                    currency="CNY",
                    epoch=9,
                    lists=made,
                    assignments=assignments,
                    links=[link],
                    terms={terms.buyer_id: terms},
                    order_rules={} if rule is None else {rule.sku_id: rule},
                    upstream=[UPSTREAM],
                )
            ],
            packs=[
                Pack(
                    7,
                    5,
                    12,
                    31,
                    BRAND,
                    given.get("tax_ppm", 130_000),
                    given.get("status", "active"),
                    given.get("is_orderable", True),
                )
            ],
            limits={} if limit is None else {limit.setter_id: {7: (limit,)}},
            parents={COUNTY: PROVINCE, PROVINCE: COUNTRY, COUNTRY: None},
        )
        return book

    return make


SEED = (Path(__file__).parent / "seed.sql").read_text(encoding="utf-8")


@pytest.fixture
async def seeded(tx: Tx) -> Tx:
    """Give a transaction, rolled back later, in which the organizations and prices of seed.sql stand."""
    await tx.connection.execute(SEED)
    return tx


@pytest.fixture
async def world(seeded: Tx) -> SimpleNamespace:
    """Give the scopes of the organizations of seed.sql, and of one that stands above the distributor."""
    parties = dict(await (await seeded.connection.execute("select id, party_id from network.organization")).fetchall())

    async def scope(organization_id: int) -> Scope:
        found = await scope_of_party(seeded, actor=Actor(parties[organization_id]), permissions=frozenset())
        assert found is not None
        return found

    names = ("brand", "supplier", "distributor", "dealer")
    scopes = {name: await scope(number) for number, name in enumerate(names, start=1)}
    above = replace(scopes["supplier"], organization_ids=(2, 3))
    return SimpleNamespace(**scopes, above=above)
