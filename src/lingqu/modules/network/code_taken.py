"""One refusal for every code that must be unique among its kind."""

from typing import ClassVar

from lingqu.kernel.errors import Refusal, Words


class CodeTaken(Refusal):
    """Another one of the kind has this code already."""

    code = "network.code-taken"
    status: ClassVar[int] = 409
    title = Words("Code taken", "编码已被使用")
    detail = Words("Another {kind} has the code {taken} already.", "已有{kind}使用编码 {taken}。")
