"""Rights of this module and who has them from the start."""

from lingqu.kernel.errors import Words
from lingqu.modules.network.api import EVERY_KIND, TRADING_KINDS
from lingqu.runtime.module import Permission

PERMISSIONS = (
    Permission(
        "payment.read",
        Words("See online payments", "查看在线支付"),
        EVERY_KIND,
        frozenset({"sales", "accountant", "viewer"}),
    ),
    Permission("payment.pay", Words("Pay sellers online", "在线付款"), TRADING_KINDS, frozenset({"accountant"})),
    Permission(
        "payment.operate",
        Words("Retry or give up stuck online payments", "处理异常的在线支付"),
        frozenset({"platform"}),
    ),
)
