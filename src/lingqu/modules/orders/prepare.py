"""Check and price a request against the market: pure, so that it can run again when prices moved."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.orders.behalf import NotOnBehalf
from lingqu.modules.orders.dated import dated
from lingqu.modules.orders.deal import Deal
from lingqu.modules.orders.judge import Case, Question, Watch, judge, with_consent
from lingqu.modules.orders.judged import waiting_until
from lingqu.modules.orders.market import Known, Market, deal_between
from lingqu.modules.orders.prepared import Prepared, PreparedLine
from lingqu.modules.orders.rules import Judgement
from lingqu.modules.orders.types import NOWHERE, NewOrder
from lingqu.modules.pricing.api import Changed, PriceBook, Quote
from lingqu.modules.routing.api import NobodyServes, minute_of
from lingqu.modules.stock.api import key_of


class NoLink(Refusal):
    """The buyer may not order from this seller now."""

    code = "orders.no-link"
    status = 403
    title = Words("No open trade link", "没有有效的供货关系")
    detail = Words(
        "There is no open trade link from seller {seller_id} to the buyer on this day.",
        "买方与卖方 {seller_id} 在该日期没有有效的供货关系。",
    )


class CannotSell(Refusal):
    """The seller does not sell some lines as asked; each is named."""

    code = "orders.cannot-sell"
    status = 422
    title = Words("Some lines cannot be ordered", "部分行无法订购")


class NeedsRelease(Refusal):
    """The buyer wants somebody of its own to agree before an order of this size leaves."""

    code = "orders.needs-release"
    status = 409
    title = Words("Your organization approves this first", "须先经本组织审批")
    detail = Words(
        "Orders above {above_minor} (minor units) leave after approval by your own organization; this one comes to "
        "{total_minor}. Keep it as a basket and submit it.",
        "金额超过 {above_minor}（分）的订单须先经本组织审批，本单为 {total_minor}。请保存为采购单并提交审批。",
    )


class Incoming(Struct, frozen=True, kw_only=True, gc=False):
    """A request with who sent it and the id it will bear. ``is_released``: the buyer's own approver said yes.

    ``trace_id``: of the request, where its scope is one that many share.
    """

    id: UUID
    scope: Scope
    order: NewOrder
    body_hash: bytes
    now: datetime
    trace_id: str = ""
    is_released: bool = False

    @property
    def buyer_id(self) -> int:
        """Who buys: the caller's own organization unless the seller orders on behalf of another."""
        return self.order.buyer_id or self.scope.organization_id


def prepare(market: Market, incoming: Incoming) -> Prepared:
    """Check and price one order.

    Raises: NotFound, NoLink, Backdated, NobodyServes, CannotSell, Changed, NeedsRelease, NotOnBehalf, Invalid.
    """
    order, scope, buyer_id = incoming.order, incoming.scope, incoming.buyer_id
    if buyer_id != scope.organization_id:
        if order.seller_id != scope.organization_id:
            raise NotFound(kind="organization", id=buyer_id)
        scope.require("orders.on-behalf")
    standing = market.today((order.seller_id, buyer_id), incoming.now)
    if standing is None:
        raise NoLink(seller_id=order.seller_id)
    known, on, deal = standing.known, standing.on, standing.deal
    if order.business_on is not None and order.business_on != on:
        on = dated(order.business_on, scope=scope, now=incoming.now, zone=known.seller.time_zone)
        deal = deal_between(known, on)
    if deal is None:
        raise NoLink(seller_id=order.seller_id)
    if known.course is not None and not known.course.node_ids:
        raise NobodyServes
    if order.requested_on is not None:
        _check_request(order.requested_on, on)
    quote = market.price(seller_id=order.seller_id, buyer_id=buyer_id, business_on=on, lines=order.lines)
    check_quote(quote)
    return _prepared(incoming, known, deal, quote, market.book)


def _check_request(requested_on: date, on: date) -> None:
    if requested_on < on:
        words = Words("The requested date lies before the order's own.", "要求日期早于订单日期。")
        raise Invalid(errors=[FieldError("/requested_on", "range", words)])


def check_quote(quote: Quote) -> None:
    """Refuse what the seller does not sell as asked.

    Raises: CannotSell naming each line and why.
    """
    if quote.is_sellable:
        return
    errors = [fault.at(f"/lines/{i}") for i, line in enumerate(quote.lines) for fault in line.faults]
    errors += [fault.at("") for fault in quote.faults]
    raise CannotSell(errors=errors)


def priced_lines(quote: Quote, *, bin_id: int) -> tuple[PreparedLine, ...]:
    """Turn a quote's lines into an order's, with goods to come from one bin."""
    bin_key = key_of(bin_id=bin_id, sku_id=0)
    return tuple(
        [
            PreparedLine(
                number,
                line.sku_id,
                line.pack_id,
                bin_key + line.sku_id,
                line.packs,
                line.packs,
                line.units_per_pack,
                line.quantity,
                line.price_minor,
                line.is_tax_included,
                line.tax_ppm,
                line.tax_minor,
                line.total_minor if line.is_tax_included else line.total_minor + line.tax_minor,
                line.item_id,
            )
            for number, line in enumerate(quote.lines, start=1)
        ]
    )


def _prepared(incoming: Incoming, known: Known, deal: Deal, quote: Quote, book: PriceBook) -> Prepared:
    order, actor, link, seller = incoming.order, incoming.scope.actor, known.link, known.seller
    if seller.node_id is None or seller.sellable_bin_id is None:
        raise AssertionError("a seller without a node has no deals")
    total = quote.total_minor
    if order.expected_total_minor is not None and order.expected_total_minor != total:
        raise Changed(expected_minor=order.expected_total_minor, total_minor=total)
    watch, judged, expires_at = known.watch, None, None
    if watch is not None or link.approval_above_minor is not None:
        judged = _judged(incoming, known, quote, book)
        expires_at = waiting_until(judged, incoming.now)
    return Prepared(
        deal=deal,
        id=incoming.id,
        channel=actor.channel,
        epoch=min(quote.epoch, known.epoch),
        approval_status="none" if expires_at is None else "waiting",
        shortage_policy=order.shortage_policy or link.shortage_policy,
        freight_minor=quote.freight_minor,
        ship_from=seller.node_id,
        ship_to=order.ship_to or NOWHERE,
        requested_on=order.requested_on,
        expires_at=expires_at,
        placed_by=actor.user_id,
        actor_party=actor.party_id,
        body_hash=incoming.body_hash,
        trace_id=incoming.trace_id or actor.trace_id,
        po_number=order.po_number,
        note=order.note,
        receiving_node_id=order.receiving_node_id,
        draft_id=order.draft_id,
        course=known.course,
        minute=0 if known.course is None else minute_of(incoming.now, seller.time_zone),
        lines=priced_lines(quote, bin_id=seller.sellable_bin_id),
        goods_minor=total - quote.freight_minor - quote.tax_minor,
        tax_minor=quote.tax_minor,
        total_minor=total,
        judged=judged,
    )


def _judged(incoming: Incoming, known: Known, quote: Quote, book: PriceBook) -> Judgement | Question | None:
    """Ask the seller's rules, and the buyer's own."""
    watch, link, buyer = known.watch, known.link, known.buyer
    if watch is not None:
        check_release(watch, incoming, quote.total_minor)
    case = Case(book=book, quote=quote, level=buyer.level, total_minor=quote.total_minor)
    judged = judge(watch, link, case)
    if watch is not None and watch.on_behalf != "allowed" and buyer.id != incoming.scope.organization_id:
        if watch.on_behalf == "never":
            raise NotOnBehalf
        judged = with_consent(judged, link, case)
    return judged


def check_release(watch: Watch, incoming: Incoming, total_minor: int) -> None:
    """Refuse an order that the buyer's own people must release first. One that the seller enters is not theirs.

    Raises: NeedsRelease.
    """
    above = watch.release_above_minor
    is_own = incoming.buyer_id == incoming.scope.organization_id
    if above is not None and total_minor > above and is_own and not incoming.is_released:
        raise NeedsRelease(above_minor=above, total_minor=total_minor)
