"""Rights of this module and who has them from the start."""

from lingqu.kernel.errors import Words
from lingqu.runtime.module import Permission

_TRADING = frozenset({"brand", "supplier", "distributor", "dealer"})

PERMISSIONS = (
    Permission(
        "catalog.read",
        Words("See SKUs, packs and categories", "查看商品、包装与分类"),
        _TRADING | {"platform"},
        frozenset({"sales", "warehouse", "accountant", "viewer"}),
    ),
    Permission(
        "catalog.edit",
        Words("Edit SKUs, packs and categories", "维护商品、包装与分类"),
        frozenset({"platform", "brand", "supplier"}),
    ),
    Permission(
        "catalog.label", Words("Keep own barcodes", "维护自有条码"), _TRADING, frozenset({"sales", "warehouse"})
    ),
    Permission("catalog.tax", Words("Edit tax classes", "维护税率"), frozenset({"platform"})),
)
