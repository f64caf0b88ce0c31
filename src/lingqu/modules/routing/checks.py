"""What must always be true of routing, told by SQL that knows nothing of how plans are made."""

from lingqu.kernel.errors import Words
from lingqu.runtime.check import Check
from lingqu.runtime.sql import statements

SQL = statements(__package__)

CHECKS = (
    Check(
        "routing.plans-are-best",
        SQL["check_plans_are_best"],
        Words(
            "A plan of what waits costs no more than greedy or doing nothing, and no less than its bound",
            "欠货方案的费用不高于逐单分配与不调整，也不低于其下界",
        ),
    ),
    Check(
        "routing.plans-are-settled",
        SQL["check_plans_are_settled"],
        Words("An applied plan made or skipped each of its moves", "已执行的欠货方案，每张订单都已执行或跳过"),
    ),
)
