"""The refusals that more than one step of an order can give; the others stand beside their rule."""

from collections.abc import Sequence

from lingqu.kernel.errors import FieldError, Refusal, Words
from lingqu.modules.orders.types import ShortLine
from lingqu.modules.stock.api import OutOfStock

_SHORT = Words("Asked {asked}, free {free}.", "需要 {asked}，可用 {free}。")


def out_of_stock(lines: Sequence[ShortLine]) -> OutOfStock:
    """Refuse an order, naming each line with what it asked for and what was free."""
    return OutOfStock(
        errors=[
            FieldError(
                f"/lines/{line.line_no - 1}",
                "short",
                _SHORT,
                {"line_no": line.line_no, "sku_id": line.sku_id, "asked": line.asked, "free": line.free},
            )
            for line in lines
        ]
    )


class MoneyShort(Refusal):
    """Balance and credit line together do not reach."""

    code = "orders.money-short"
    status = 409
    title = Words("Not enough money", "余额不足")
    detail = Words(
        "The order needs {needed_minor} (minor units), {available_minor} are available.",
        "订单需要 {needed_minor}（分），可用 {available_minor}。",
    )


class OtherSide(Refusal):
    """The step belongs to the other side of the order."""

    code = "orders.other-side"
    status = 403
    title = Words("Not your step", "该操作属于对方")
    detail = Words("Only the other party of the order can do this.", "该操作只能由订单的另一方执行。")


class TooMany(Refusal):
    """A step names more than the line has left."""

    code = "orders.too-many"
    status = 422
    title = Words("More than there is", "数量超出")
    detail = Words(
        "Line {line_no}: {asked} asked, {possible} possible.", "第 {line_no} 行：请求 {asked}，最多 {possible}。"
    )


class SentBySupplier(Refusal):
    """What stands back to back with another order is not changed on one side."""

    code = "orders.sent-by-supplier"
    status = 409
    title = Words("A supplier sends this straight to the buyer", "该商品由供应商直发")
    detail = Words(
        "Goods that a supplier sends straight to the buyer are bought and sold in one; close what is not wanted and "
        "order anew.",
        "供应商直发的商品购销一体，不能单方修改；请关闭不需要的部分后重新下单。",
    )
