"""Rights of this module and who has them from the start."""

from lingqu.kernel.errors import Words
from lingqu.modules.network.api import EVERY_KIND, TRADING_KINDS
from lingqu.runtime.module import Permission

PERMISSIONS = (
    Permission(
        "membership.read",
        Words("See members and their points", "查看会员与积分"),
        EVERY_KIND,
        frozenset({"sales", "accountant", "viewer"}),
    ),
    Permission(
        "membership.edit",
        Words("Register members and see their phone numbers", "登记会员并查看手机号"),
        TRADING_KINDS,
        frozenset({"sales"}),
    ),
    Permission("membership.points", Words("Adjust members' points", "调整会员积分"), TRADING_KINDS),
)
