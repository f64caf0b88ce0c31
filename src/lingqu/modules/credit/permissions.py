"""Rights of this module and who has them from the start."""

from lingqu.kernel.errors import Words
from lingqu.modules.network.api import EVERY_KIND, TRADING_KINDS
from lingqu.runtime.module import Permission

PERMISSIONS = (
    Permission(
        "credit.read",
        Words("See credit lines and what is overdue", "查看授信与逾期"),
        EVERY_KIND,
        frozenset({"sales", "accountant", "viewer"}),
    ),
    Permission("credit.grant", Words("Grant, change and suspend credit lines", "授予、调整与暂停授信"), TRADING_KINDS),
)
