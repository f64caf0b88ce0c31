"""Rights of this module and who has them from the start."""

from lingqu.kernel.errors import Words
from lingqu.runtime.module import Permission

_TRADING = frozenset({"brand", "supplier", "distributor", "dealer"})

PERMISSIONS = (
    Permission(
        "pricing.read",
        Words("See price lists, limits and terms", "查看价格表、限价与交易条款"),
        _TRADING | {"platform"},
        frozenset({"sales", "accountant", "viewer"}),
    ),
    Permission(
        "pricing.edit",
        Words("Edit price lists, limits and terms", "维护价格表、限价与交易条款"),
        _TRADING | {"platform"},
    ),
    Permission(
        "pricing.quote",
        Words("Ask what something costs", "查询报价"),
        _TRADING | {"platform"},
        frozenset({"sales", "accountant", "viewer"}),
    ),
)
