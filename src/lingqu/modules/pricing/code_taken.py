"""One refusal for every code that must be unique among its kind."""

from lingqu.kernel.errors import Refusal, Words


class CodeTaken(Refusal):
    """Another price list of the seller has this code already."""

    code = "pricing.code-taken"
    status = 409
    title = Words("Code taken", "编码已被使用")
    detail = Words("Another price list has the code {taken} already.", "已有价格表使用编码 {taken}。")
