"""Every reason why a line or an order cannot be sold as asked, with its words."""

from typing import Any

from lingqu.kernel.errors import Words
from lingqu.modules.pricing.types import Fault

WORDS = {
    "unknown-pack": Words("The seller has no such pack of this SKU.", "卖方没有该商品的此包装。"),
    "not-offered": Words("The seller does not offer this SKU to you.", "卖方未向您供应该商品。"),
    "not-active": Words("This SKU is no longer sold.", "该商品已停止销售。"),
    "not-orderable": Words("This pack cannot be ordered; choose another.", "该包装不可订购，请选择其他包装。"),
    "no-price": Words(
        "No price holds for this pack at this quantity on this day.", "该包装在此数量和日期没有适用价格。"
    ),
    "below-minimum": Words(
        "At least {min_quantity} base units must be ordered, {quantity} are.",
        "起订量为 {min_quantity} 个基本单位，当前为 {quantity}。",
    ),
    "not-a-multiple": Words(
        "The quantity must be a multiple of {multiple_of} base units, {quantity} is not.",
        "数量须为 {multiple_of} 个基本单位的整数倍，当前为 {quantity}。",
    ),
    "below-floor": Words(
        "The price {price_minor} lies under the floor {floor_minor} (minor units).",
        "价格 {price_minor} 低于价格下限 {floor_minor}（最小货币单位）。",
    ),
    "above-ceiling": Words(
        "The price {price_minor} lies over the ceiling {ceiling_minor} (minor units).",
        "价格 {price_minor} 高于价格上限 {ceiling_minor}（最小货币单位）。",
    ),
    "below-minimum-amount": Words(
        "An order must amount to {minimum_minor} at least, this one to {amount_minor} (minor units).",
        "订单金额不得低于 {minimum_minor}，当前为 {amount_minor}（最小货币单位）。",
    ),
}


def fault(code: str, **facts: Any) -> Fault:
    """Make the fault ``code``; ``facts`` fill its words."""
    words = WORDS[code]
    return Fault(f"pricing.{code}", Words(words.en.format(**facts), words.zh.format(**facts)), facts)
