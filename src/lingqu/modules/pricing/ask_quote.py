"""Answer what an order would cost, and why."""

from collections.abc import Collection
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import organization_terms
from lingqu.modules.pricing.lists import Count, Currency, Id
from lingqu.modules.pricing.load import Part, load_book
from lingqu.modules.pricing.types import PricedLine, Quote
from lingqu.runtime.tx import Tx

_OF_OTHERS: Collection[str] = frozenset({"organization", "level", "territory"})
"""Conditions on which a price loses that is for others: a buyer does not read of those."""


class QuoteLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pack and how many of it."""

    sku_id: Id
    pack_id: Id
    packs: Count


class QuoteAsk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Without a buyer a consumer at the seller's counter asks; without a day it is the seller's today."""

    seller_id: Id
    buyer_id: Id | None = None
    business_on: date | None = None
    currency: Currency | None = None
    lines: Annotated[tuple[QuoteLine, ...], Meta(min_length=1, max_length=2000)]


async def ask_quote(tx: Tx, *, scope: Scope, ask: QuoteAsk) -> Quote:
    """Quote for one of the two sides, from prices read this moment.

    The seller's side is told of every price that lost; the buyer's only of those meant for it.

    Raises: NotFound where the caller is on neither side.
    """
    is_seller = scope.sees(ask.seller_id)
    if not is_seller and (ask.buyer_id is None or not scope.sees(ask.buyer_id)):
        raise NotFound(kind="seller", id=ask.seller_id)
    found = await organization_terms(tx, organization_ids=[ask.seller_id])
    if ask.seller_id not in found:
        raise NotFound(kind="seller", id=ask.seller_id)
    part = Part(pack_ids=[line.pack_id for line in ask.lines], buyer_ids=[] if ask.buyer_id is None else [ask.buyer_id])
    book = await load_book(tx, seller_ids=[ask.seller_id], part=part)
    quote = book.quote(
        seller_id=ask.seller_id,
        buyer_id=ask.buyer_id,
        business_on=ask.business_on or business_date(tx.now, found[ask.seller_id].time_zone),
        currency=ask.currency,
        lines=[(line.sku_id, line.pack_id, line.packs) for line in ask.lines],
    )
    return quote if is_seller else replace(quote, lines=tuple(_for_buyer(line) for line in quote.lines))


def _for_buyer(line: PricedLine) -> PricedLine:
    return replace(line, trace=tuple(step for step in line.trace if step.lost_on not in _OF_OTHERS))
