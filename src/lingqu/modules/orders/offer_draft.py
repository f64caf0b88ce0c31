"""What a kept basket would cost now, and what of it is short: for whoever submits or releases it."""

from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.orders.drafts import Draft, read_draft
from lingqu.modules.orders.keys import hash_of
from lingqu.modules.orders.market import Market
from lingqu.modules.orders.prepare import Incoming, prepare
from lingqu.modules.orders.prepared import Prepared
from lingqu.modules.stock.api import find_free
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class OfferLine(Struct, frozen=True, kw_only=True):
    """A line as it would be ordered now; ``is_short``: the seller has less of it than asked."""

    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    pack_name_zh: str
    pack_name_en: str
    packs: int
    price_minor: int
    total_minor: int
    is_short: bool


class DraftOffer(Struct, frozen=True, kw_only=True):
    """A basket as it would be ordered now, beside what it cost when it was submitted."""

    draft: Draft
    currency: str
    total_minor: int
    freight_minor: int
    lines: list[OfferLine]


class _Names(Struct, frozen=True):
    sku_id: int
    pack_id: int
    sku_code: str
    name_zh: str
    name_en: str
    pack_name_zh: str
    pack_name_en: str


async def offer_draft(tx: Tx, *, scope: Scope, draft_id: UUID) -> DraftOffer:
    """Price a basket of the caller's organization as an order would be priced now.

    Raises: NotFound, and what placing refuses of prices and links.
    """
    draft = await read_draft(tx, scope=scope, draft_id=draft_id)
    order = await price_draft(tx, scope=scope, draft=draft)
    names = await tx.all(
        SQL["name_goods"],
        _Names,
        sku_ids=[line.sku_id for line in order.lines],
        pack_ids=[line.pack_id for line in order.lines],
    )
    called = {(one.sku_id, one.pack_id): one for one in names}
    free: dict[int, int] = {}
    for key, quantity, _ in await find_free(tx, cell_id=order.cell_id, keys=order.keys, business_on=order.business_on):
        sku_id = key & 0xFFFFFFFF
        free[sku_id] = free.get(sku_id, 0) + max(quantity, 0)
    lines = []
    for line in order.lines:
        name = called[line.sku_id, line.pack_id]
        free[line.sku_id] = free.get(line.sku_id, 0) - line.quantity
        lines.append(
            OfferLine(
                sku_id=line.sku_id,
                sku_code=name.sku_code,
                name_zh=name.name_zh,
                name_en=name.name_en,
                pack_name_zh=name.pack_name_zh,
                pack_name_en=name.pack_name_en,
                packs=line.packs,
                price_minor=line.price_minor,
                total_minor=line.total_minor,
                is_short=free[line.sku_id] < 0,
            )
        )
    return DraftOffer(
        draft=draft,
        currency=order.currency,
        total_minor=order.total_minor,
        freight_minor=order.freight_minor,
        lines=lines,
    )


async def price_draft(
    tx: Tx, *, scope: Scope, draft: Draft, expected_total_minor: int | None = None, market: Market | None = None
) -> Prepared:
    """Prepare the order that a basket would become now, in the name of whoever submitted it.

    Raises: NoLink, CannotSell, Changed, NobodyServes, Backdated, Invalid.
    """
    market = market or Market()
    await market.load(tx, [(draft.seller_id, draft.buyer_id)])
    actor = Actor(
        scope.party_id,
        scope.actor.user_id if draft.submitted_by is None else draft.submitted_by,
        scope.actor.name if draft.submitted_by is None else draft.submitted_by_name,
        scope.actor.channel,
        scope.actor.trace_id,
    )
    order = replace(draft.content, draft_id=draft.id, expected_total_minor=expected_total_minor)
    return prepare(
        market,
        Incoming(
            id=uuid7(at=tx.now),
            scope=replace(scope, actor=actor),
            order=order,
            body_hash=hash_of(order),
            now=tx.now,
            is_released=True,
        ),
    )
