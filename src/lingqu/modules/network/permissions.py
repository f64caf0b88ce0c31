"""Rights of this module and who has them from the start."""

from lingqu.kernel.errors import Words
from lingqu.modules.network.types import EVERY_KIND, Kind
from lingqu.runtime.module import Permission

EVERY_ROLE = frozenset({"sales", "warehouse", "accountant", "viewer"})

PERMISSIONS = (
    Permission(
        "network.read", Words("See organizations, links and nodes", "查看组织、交易关系与仓店"), EVERY_KIND, EVERY_ROLE
    ),
    Permission("network.edit", Words("Edit organizations, links and nodes", "维护组织、交易关系与仓店"), EVERY_KIND),
    Permission(
        "network.apply", Words("Apply for a new organization", "提交组织入驻申请"), EVERY_KIND, frozenset({"sales"})
    ),
    Permission("network.found", Words("Found a brand", "新建品牌"), frozenset({Kind.PLATFORM.value})),
    Permission("network.approve", Words("Decide on applications", "审批入驻申请"), EVERY_KIND),
    Permission("network.grant", Words("Give and revoke trade rights", "授予与撤销交易权限"), EVERY_KIND),
)
