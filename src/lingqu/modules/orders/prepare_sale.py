"""Check and price a counter sale: pure, like `prepare`, but at the consumers' price and paid into the till."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.ledger.api import account_id
from lingqu.modules.orders.dated import dated
from lingqu.modules.orders.deal import deal
from lingqu.modules.orders.market import Market
from lingqu.modules.orders.prepare import check_quote, priced_lines
from lingqu.modules.orders.prepared import Prepared, sums_of
from lingqu.modules.orders.sell import NewSale, Sale
from lingqu.modules.orders.types import NOWHERE
from lingqu.modules.pricing.api import Changed


class IncomingSale(Struct, frozen=True, kw_only=True):
    """A sale with who sent it and the id it will bear. ``buyer`` is the member's party; None: a walk-in."""

    id: UUID
    scope: Scope
    sale: NewSale
    buyer: UUID | None
    body_hash: bytes
    now: datetime
    earns_points: bool = True


def prepare_sale(market: Market, incoming: IncomingSale) -> Sale:
    """Check and price one sale.

    Raises: NotFound, CannotSell, Changed.
    """
    sale, scope = incoming.sale, incoming.scope
    seller = market.sellers.get(scope.organization_id)
    if seller is None or seller.node_id is None or seller.sellable_bin_id is None:
        raise NotFound(kind="seller", id=scope.organization_id)
    on = dated(sale.business_on, scope=scope, now=incoming.now, zone=seller.time_zone)
    quote = market.price(seller_id=seller.id, buyer_id=None, business_on=on, lines=sale.lines)
    check_quote(quote)
    lines = priced_lines(quote, bin_id=seller.sellable_bin_id)
    goods, tax, total = sums_of(lines, 0)
    order = Prepared(
        deal=deal(
            cell_id=seller.home_cell,
            seller=seller.party_id,
            seller_id=seller.id,
            buyer=incoming.buyer or seller.walk_in_party_id,
            buyer_id=None,
            business_on=on,
            title_passes="shipment",
            currency=quote.currency,
            accounts=(account_id(kind="cash", owner=seller.party_id, currency=quote.currency),),
            is_retail=True,
        ),
        id=incoming.id,
        channel="pos",
        epoch=quote.epoch,
        approval_status="none",
        shortage_policy="all-or-nothing",
        freight_minor=0,
        ship_from=seller.node_id,
        ship_to=NOWHERE,
        requested_on=None,
        expires_at=None,
        placed_by=scope.actor.user_id,
        actor_party=scope.actor.party_id,
        body_hash=incoming.body_hash,
        trace_id=scope.actor.trace_id,
        po_number="",
        note=sale.note,
        receiving_node_id=None,
        draft_id=None,
        lines=lines,
        goods_minor=goods,
        tax_minor=tax,
        total_minor=total,
    )
    if sale.expected_total_minor is not None and sale.expected_total_minor != order.total_minor:
        raise Changed(expected_minor=sale.expected_total_minor, total_minor=order.total_minor)
    return Sale(order, sale.tender, incoming.buyer, incoming.earns_points)
