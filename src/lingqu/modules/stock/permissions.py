"""Rights of this module and who has them from the start."""

from lingqu.kernel.errors import Words
from lingqu.modules.network.api import EVERY_KIND, TRADING_KINDS
from lingqu.runtime.module import Permission

PERMISSIONS = (
    Permission(
        "stock.read",
        Words("See stock, lots and moves", "查看库存、批次与流水"),
        EVERY_KIND,
        frozenset({"sales", "warehouse", "accountant", "viewer"}),
    ),
    Permission(
        "stock.value", Words("See cost and value of stock", "查看库存成本与金额"), EVERY_KIND, frozenset({"accountant"})
    ),
    Permission(
        "stock.adjust",
        Words("Adjust, count and block stock", "库存调整、盘点与冻结"),
        TRADING_KINDS,
        frozenset({"warehouse"}),
    ),
    Permission(
        "stock.transfer",
        Words("Send goods between own nodes", "仓店间调拨"),
        TRADING_KINDS,
        frozenset({"warehouse"}),
    ),
    Permission("stock.open", Words("Load opening stock", "录入期初库存"), TRADING_KINDS),
)
