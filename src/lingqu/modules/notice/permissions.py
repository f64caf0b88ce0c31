"""Rights of this module and who has them from the start."""

from lingqu.kernel.errors import Words
from lingqu.runtime.module import Permission

PERMISSIONS = (
    Permission(
        "notice.rules",
        Words("Set when people are reminded of what waits", "设置待办提醒"),
        frozenset({"platform", "brand", "supplier", "distributor", "dealer"}),
    ),
)
