"""What the roles need to know of this module."""

from lingqu.kernel.errors import Words
from lingqu.modules.network.api import EVERY_KIND
from lingqu.modules.territory.http import ROUTES
from lingqu.runtime.module import Module, Permission

_ABOVE_DISTRIBUTORS = frozenset({"platform", "brand"})

MODULE = Module(
    name="territory",
    package=__package__,
    routes=ROUTES,
    permissions=(
        Permission(
            "territory.read",
            Words("See territories", "查看片区"),
            EVERY_KIND,
            frozenset({"sales", "warehouse", "accountant", "viewer"}),
        ),
        Permission("territory.edit", Words("Give territories to distributors", "分配经销商片区"), _ABOVE_DISTRIBUTORS),
        Permission(
            "territory.divide",
            Words("Divide a territory among dealers", "划分小经销商片区"),
            _ABOVE_DISTRIBUTORS | {"distributor"},
            frozenset({"sales"}),
        ),
    ),
)
