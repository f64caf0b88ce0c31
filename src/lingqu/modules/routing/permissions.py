"""Rights of this module and who has them from the start."""

from lingqu.kernel.errors import Words
from lingqu.runtime.module import Permission

_SELLERS = frozenset({"brand", "supplier", "distributor"})

PERMISSIONS = (
    Permission(
        "routing.read",
        Words("See routing rules and why a warehouse was chosen", "查看寻源规则与选仓原因"),
        _SELLERS | {"platform"},
        frozenset({"sales", "warehouse", "viewer"}),
    ),
    Permission("routing.edit", Words("Edit routing rules", "维护寻源规则"), _SELLERS),
    Permission(
        "routing.plan",
        Words("Plan for waiting orders and apply plans", "制定并执行欠货优化方案"),
        _SELLERS,
        frozenset({"warehouse"}),
    ),
)
