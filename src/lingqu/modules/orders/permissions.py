"""The rights that routes of orders ask for, and who has them from the start."""

from lingqu.kernel.errors import Words
from lingqu.modules.network.api import TRADING_KINDS
from lingqu.runtime.module import Permission


def _right(code: str, en: str, zh: str, *roles: str) -> Permission:
    return Permission(f"orders.{code}", Words(en, zh), TRADING_KINDS, frozenset(roles))


PERMISSIONS = (
    Permission(
        "orders.read",
        Words("See orders", "查看订单"),
        TRADING_KINDS | {"platform"},
        frozenset({"sales", "warehouse", "accountant", "viewer"}),
    ),
    _right("place", "Place orders and keep drafts", "下单与保存草稿", "sales"),
    _right("on-behalf", "Place orders for a buyer", "代客下单", "sales"),
    _right("approve", "Approve orders that wait", "审批订单"),
    _right("approve-final", "Approve orders on the last level", "终审订单"),
    _right("rules", "Set approval rules and what happens to late payers", "维护审批规则与逾期策略"),
    _right("release", "Release one's own organization's baskets", "审批本组织采购单"),
    _right("confirm", "Confirm orders", "确认订单", "sales"),
    _right("reroute", "Choose another warehouse for an order", "人工改仓", "warehouse"),
    _right("ship", "Ship orders", "发货", "warehouse"),
    _right("receive", "Receive shipments", "收货", "warehouse"),
    _right("cancel", "Cancel orders", "取消订单", "sales"),
    _right("change", "Change placed orders and decide proposed changes", "修改已下订单、处理变更", "sales"),
    _right("share", "Set how scarce goods are shared among waiting orders", "设置欠货的到货分配规则"),
    _right("return", "Ask to return goods", "申请退货", "sales"),
    _right("accept-return", "Decide returns", "处理退货", "warehouse"),
    _right("sell", "Sell and refund at the counter", "柜台销售与退款", "sales"),
    _right("cost", "See cost and margin", "查看成本与毛利", "accountant"),
    _right("backdate", "Date steps otherwise than today", "指定业务日期"),
)
