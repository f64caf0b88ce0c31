"""One refusal for every code that must be unique among its kind."""

from lingqu.kernel.errors import Refusal, Words


class CodeTaken(Refusal):
    """Another one of the kind has this code or number already."""

    code = "catalog.code-taken"
    status = 409
    title = Words("Code taken", "编码已被使用")
    detail = Words("Another {kind} has {taken} already.", "{taken} 已被其他{kind}使用。")
