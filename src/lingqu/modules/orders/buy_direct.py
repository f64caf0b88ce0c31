"""Write out the order that buys, at its link's own price, what a supplier is to send straight to a buyer: pure."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from lingqu.kernel.ids import derived_id_at, unix_ms_of
from lingqu.modules.orders.judge import Case, judge
from lingqu.modules.orders.judged import waiting_until
from lingqu.modules.orders.market import Market, deal_between
from lingqu.modules.orders.prepare import priced_lines
from lingqu.modules.orders.prepared import Prepared, PreparedLine, sums_of
from lingqu.modules.orders.types import Address, NewLine
from lingqu.modules.routing.api import DropReason


def buy(
    market: Market,
    order: Prepared,
    *,
    supplier_id: int,
    lines: Sequence[PreparedLine],
    nodes: dict[int, int],
    ship_to: Address,
    now: datetime,
) -> Prepared | DropReason:
    """Price what ``order`` sells and a supplier sends, as its seller's own order; or say why it cannot be bought so.

    Shapes: one line for each of ``lines``, in their order, each from its own stock key; ``nodes`` are those of the
            lines' bins.
    """
    known = market.known.get((supplier_id, order.seller_id))
    deal = None if known is None else deal_between(known, order.business_on)
    if known is None or deal is None:
        return "no-terms"
    wanted = [NewLine(sku_id=line.sku_id, packs=line.packs, pack_id=line.pack_id) for line in lines]
    quote = market.price(seller_id=supplier_id, buyer_id=order.seller_id, business_on=order.business_on, lines=wanted)
    if not quote.is_sellable:
        return "no-terms"
    priced = tuple(replace(one, key=line.key) for one, line in zip(priced_lines(quote, bin_id=0), lines, strict=True))
    goods, tax, total = sums_of(priced, quote.freight_minor)
    watch, link, judged = known.watch, known.link, None
    if watch is not None and watch.release_above_minor is not None and total > watch.release_above_minor:
        return "waits"
    if watch is not None or link.approval_above_minor is not None:
        case = Case(book=market.book, quote=quote, level=known.buyer.level, total_minor=total)
        judged = judge(watch, link, case)
    if waiting_until(judged, now) is not None:
        return "waits"
    return Prepared(
        deal=deal,
        id=id_of(order, supplier_id),
        channel=order.channel,
        epoch=min(quote.epoch, known.epoch),
        approval_status="none",
        shortage_policy="all-or-nothing",
        freight_minor=quote.freight_minor,
        ship_from=nodes[priced[0].key >> 32],
        ship_to=ship_to,
        requested_on=order.requested_on,
        expires_at=None,
        placed_by=None,
        actor_party=known.buyer.party_id,
        body_hash=order.body_hash,
        trace_id=order.trace_id,
        po_number="",
        note="",
        receiving_node_id=None,
        draft_id=None,
        lines=priced,
        goods_minor=goods,
        tax_minor=tax,
        total_minor=total,
        judged=judged,
    )


def id_of(order: Prepared, supplier_id: int) -> UUID:
    """Name the order that buys from one supplier: the same however often its placing is tried."""
    return derived_id_at(unix_ms_of(order.id), actor=f"direct/{supplier_id}", key=str(order.id))
