"""A price that is no longer the one the caller saw."""

from lingqu.kernel.errors import Refusal, Words


class Changed(Refusal):
    """The price is no longer what the caller expected."""

    code = "pricing.changed"
    status = 409
    title = Words("The price has changed", "价格已变动")
    detail = Words(
        "You expected {expected_minor}, the order now costs {total_minor} (minor units).",
        "您预期 {expected_minor}，当前为 {total_minor}（最小货币单位）。",
    )
