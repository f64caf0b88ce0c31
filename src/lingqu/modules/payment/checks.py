"""What must always hold of payment; `lingqu verify` runs these."""

from lingqu.kernel.errors import Words
from lingqu.runtime.check import Check
from lingqu.runtime.sql import statements

SQL = statements(__package__)

CHECKS = (
    Check(
        "payment.received-once",
        SQL["check_receipts"],
        Words("Money received online is booked exactly once", "在线收款入账且仅入账一次"),
    ),
    Check(
        "payment.always-a-step",
        SQL["check_steps"],
        Words("A payment on its way has a step to take", "处理中的在线支付都有下一步"),
    ),
    Check(
        "payment.held-until-refunded",
        SQL["check_holds"],
        Words("Money to be refunded is held until it is", "待退款项在退款完成前保持冻结"),
    ),
)
