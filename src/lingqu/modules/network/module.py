"""What the roles need to know of this module."""

from lingqu.modules.network import http, http_links
from lingqu.modules.network.permissions import PERMISSIONS
from lingqu.runtime.module import Module

MODULE = Module(
    name="network",
    package=__package__,
    routes=(*http.ROUTES, *http_links.ROUTES),
    permissions=PERMISSIONS,
)
