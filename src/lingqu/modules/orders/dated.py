"""The business date of an order or a step: today in the seller's zone, or another by permission."""

from datetime import date, datetime

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope


class Backdated(Refusal):
    """A business date other than today needs a permission."""

    code = "orders.backdated"
    status = 403
    title = Words("Date not allowed", "日期不被允许")
    detail = Words(
        "{on} is not today ({today}); your role may not date orders otherwise.",
        "{on} 不是今天（{today}），您的角色无权指定其他日期。",
    )


def dated(given: date | None, *, scope: Scope, now: datetime, zone: str) -> date:
    """Choose the business date.

    Raises: Backdated.
    """
    today = business_date(now, zone)
    if given is None or given == today:
        return today
    if not scope.allows("orders.backdate"):
        raise Backdated(on=given, today=today)
    return given
