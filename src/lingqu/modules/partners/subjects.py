"""Which events a webhook can be told of: whom each concerns, what it tells of, and who may ask for it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Words
from lingqu.kernel.event import Event
from lingqu.modules.catalog.events import SKUAdded, SKUChanged, SKUPicturesChanged
from lingqu.modules.credit.events import CreditChanged
from lingqu.modules.ledger.events import EntryWritten
from lingqu.modules.membership.events import MemberEnrolled, MemberRegistered
from lingqu.modules.network.events import (
    LinkChanged,
    LinkProposalEnded,
    LinkProposed,
    NodeChanged,
    OrganizationEdited,
    OrganizationMoved,
)
from lingqu.modules.orders import events as orders
from lingqu.modules.partners.events import Ping
from lingqu.modules.payment.events import PaymentEnded, PaymentReceived
from lingqu.modules.pricing.events import OrderRuleChanged, PriceListChanged, PricesChanged, TermsChanged
from lingqu.modules.stock.events import LotBlocked, LotUnblocked, StockAdjusted, TransferChanged
from lingqu.modules.territory.events import TerritoryEnded, TerritoryGranted


class Concern(Struct, frozen=True):
    """Whom an event concerns; nobody else is told of it."""

    organization_ids: tuple[int, ...] = ()
    party_ids: tuple[UUID, ...] = ()


class Told(Struct, frozen=True):
    """A kind of event that can be told."""

    event: type[Event]
    words: Words
    permission: str
    concern: Callable[[Any], Concern]
    object: Callable[[Any], str]


def _sides(event: Any) -> Concern:
    return Concern(tuple(side for side in (event.seller_id, event.buyer_id) if side is not None))


def _seller(event: Any) -> Concern:
    return Concern((event.seller_id,))


def _own(event: Any) -> Concern:
    return Concern((event.organization_id,))


def _brand(event: Any) -> Concern:
    return Concern((event.brand_id,))


def _accounts(event: Any) -> Concern:
    return Concern(party_ids=tuple(side for side in (event.owner, event.counterparty) if side is not None))


def _nobody(_: Any) -> Concern:
    return Concern()


def _by(kind: str, field: str) -> Callable[[Any], str]:
    return lambda event: f"{kind}:{getattr(event, field)}"


def _order(event: type[orders.OrderEvent], en: str, zh: str) -> Told:
    return Told(event, Words(en, zh), "orders.read", _sides, _by("order", "order_id"))


def _joint(event: type[orders.JointReturnEvent], en: str, zh: str) -> Told:
    return Told(event, Words(en, zh), "orders.read", _sides, _by("joint-return", "joint_id"))


_TOLD = (
    _order(orders.OrderPlaced, "Order placed", "订单已下单"),
    _order(orders.OrderApproved, "Order approved", "订单已审批"),
    _order(orders.OrderConsented, "Buyer agreed to an order entered for it", "客户已同意代下的订单"),
    # By which rule is the seller's own.
    Told(
        orders.OrderJudgedAgain,
        Words("Changed order judged again", "变更后的订单已重新判定"),
        "orders.read",
        _seller,
        _by("order", "order_id"),
    ),
    _order(orders.OrderConfirmed, "Order confirmed", "订单已确认"),
    _order(orders.OrderShipped, "Order shipped", "订单已发货"),
    _order(orders.OrderReceived, "Order received", "订单已收货"),
    _order(orders.OrderCompleted, "Order completed", "订单已完成"),
    _order(orders.OrderCancelled, "Order cancelled", "订单已取消"),
    _order(orders.OrderLinesClosed, "Rest of an order closed", "订单未发余量已关闭"),
    _order(orders.OrderChanged, "Order changed", "订单已变更"),
    _order(orders.ChangeProposed, "Change of an order proposed", "提出订单变更"),
    _order(orders.ChangeDeclined, "Change of an order declined", "订单变更未采纳"),
    _order(orders.BackOrdersServed, "Goods came for a back order", "欠货到货已预留"),
    _order(orders.OrderExpired, "Order expired", "订单已失效"),
    _order(orders.SaleRefunded, "Counter sale refunded", "零售已退款"),
    _order(orders.ReturnRequested, "Return asked for", "申请退货"),
    _order(orders.ReturnAccepted, "Return refunded", "退货已退款"),
    _order(orders.ReturnRejected, "Return turned down", "退货被拒绝"),
    _order(orders.DirectPlaced, "Order placed for direct delivery", "直发订单已下单"),
    Told(
        orders.DirectReleased,
        Words("Direct delivery given up", "供应商放弃直发"),
        "orders.read",
        _seller,
        _by("order", "order_id"),
    ),
    _joint(orders.JointReturnRequested, "Return over many orders asked for", "申请合并退货"),
    _joint(orders.JointReturnDecided, "Return over many orders decided", "合并退货已处理"),
    Told(orders.OrderHeld, Words("Order on hold", "订单已挂起"), "orders.read", _seller, _by("order", "order_id")),
    Told(StockAdjusted, Words("Stock adjusted", "库存调整"), "stock.read", _own, _by("node", "node_id")),
    Told(LotBlocked, Words("Lot blocked", "批次冻结"), "stock.read", _own, _by("node", "node_id")),
    Told(LotUnblocked, Words("Lot unblocked", "批次解冻"), "stock.read", _own, _by("node", "node_id")),
    Told(TransferChanged, Words("Transfer moved on", "调拨进展"), "stock.read", _own, _by("transfer", "transfer_id")),
    Told(CreditChanged, Words("Credit line changed", "授信变更"), "credit.read", _sides, _by("credit", "agreement_id")),
    Told(EntryWritten, Words("Entry written", "记账"), "ledger.read", _accounts, _by("entry", "entry_id")),
    Told(PaymentReceived, Words("Paid online", "在线收款到账"), "payment.read", _sides, _by("payment", "payment_id")),
    Told(
        PaymentEnded,
        Words("Online payment ended", "在线支付结束"),
        "payment.read",
        _sides,
        _by("payment", "payment_id"),
    ),
    Told(MemberRegistered, Words("Member registered", "会员注册"), "membership.read", _own, _by("member", "member_id")),
    Told(MemberEnrolled, Words("Member enrolled", "会员入店"), "membership.read", _own, _by("member", "member_id")),
    Told(PriceListChanged, Words("Price list changed", "价格表变更"), "pricing.read", _seller, _by("list", "list_id")),
    Told(PricesChanged, Words("Prices changed", "价格变更"), "pricing.read", _seller, _by("list", "list_id")),
    Told(
        TermsChanged, Words("Order terms changed", "交易条款变更"), "pricing.read", _seller, _by("terms", "seller_id")
    ),
    Told(OrderRuleChanged, Words("Order rule changed", "起订规则变更"), "pricing.read", _seller, _by("sku", "sku_id")),
    Told(SKUAdded, Words("Product added", "新增商品"), "catalog.read", _brand, _by("sku", "sku_id")),
    Told(SKUChanged, Words("Product changed", "商品变更"), "catalog.read", _brand, _by("sku", "sku_id")),
    Told(SKUPicturesChanged, Words("Pictures changed", "商品图片变更"), "catalog.read", _brand, _by("sku", "sku_id")),
    Told(LinkChanged, Words("Trade link changed", "供货关系变更"), "network.read", _sides, _by("link", "link_id")),
    Told(
        LinkProposed,
        Words("Trade link proposed", "提议供货关系"),
        "network.read",
        _sides,
        _by("proposal", "proposal_id"),
    ),
    Told(
        LinkProposalEnded,
        Words("Proposed trade link answered", "供货关系提议有结果"),
        "network.read",
        _sides,
        _by("proposal", "proposal_id"),
    ),
    Told(NodeChanged, Words("Node changed", "仓店变更"), "network.read", _own, _by("node", "node_id")),
    Told(
        OrganizationMoved,
        Words("Organization changed its standing", "组织状态变更"),
        "network.read",
        _own,
        _by("organization", "organization_id"),
    ),
    Told(
        OrganizationEdited,
        Words("Organization edited", "组织资料变更"),
        "network.read",
        _own,
        _by("organization", "organization_id"),
    ),
    Told(
        TerritoryGranted,
        Words("Territory granted", "片区授予"),
        "territory.read",
        _own,
        _by("organization", "organization_id"),
    ),
    Told(
        TerritoryEnded,
        Words("Territory ended", "片区终止"),
        "territory.read",
        _own,
        _by("organization", "organization_id"),
    ),
)

TOLD: Mapping[str, Told] = {told.event.subject: told for told in _TOLD}
"""By subject."""

PING = Told(Ping, Words("Trial", "测试推送"), "partners.webhooks", _nobody, _by("webhook", "webhook_id"))
