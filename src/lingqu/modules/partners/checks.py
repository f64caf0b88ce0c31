"""What must always hold of partners; `lingqu verify` runs these."""

from lingqu.kernel.errors import Words
from lingqu.runtime.check import Check
from lingqu.runtime.sql import statements

SQL = statements(__package__)

CHECKS = (
    Check(
        "partners.lanes-follow-webhooks",
        SQL["check_lanes"],
        Words("A webhook is served exactly while it is active", "Webhook 仅在启用时推送"),
    ),
    Check(
        "partners.nothing-waits-unseen",
        SQL["check_wakes"],
        Words("Every waiting delivery has a time at which it is tried", "待推送的消息都有下次推送时间"),
    ),
)
