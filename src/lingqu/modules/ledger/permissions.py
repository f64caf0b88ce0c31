"""Rights of this module and who has them from the start."""

from lingqu.kernel.errors import Words
from lingqu.modules.network.api import EVERY_KIND, TRADING_KINDS
from lingqu.runtime.module import Permission

PERMISSIONS = (
    Permission(
        "ledger.read",
        Words("See accounts, postings and entries", "查看账户、分录与记账"),
        EVERY_KIND,
        frozenset({"sales", "accountant", "viewer"}),
    ),
    Permission(
        "ledger.pay",
        Words("Record payments of buyers", "登记客户收付款"),
        TRADING_KINDS,
        frozenset({"accountant"}),
    ),
    Permission(
        "ledger.adjust",
        Words("Write entries by hand, write off, reverse, load opening balances", "手工记账、核销、冲正与期初余额"),
        TRADING_KINDS,
    ),
    Permission("ledger.backdate", Words("Date entries otherwise than today", "指定记账业务日期"), TRADING_KINDS),
)
