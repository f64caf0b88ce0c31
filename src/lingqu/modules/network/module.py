"""What the roles need to know of this module."""

from lingqu.modules.network import http, http_links, http_proposals
from lingqu.modules.network.jobs import SCHEDULES
from lingqu.modules.network.permissions import PERMISSIONS
from lingqu.runtime.module import Module

MODULE = Module(
    name="network",
    package=__package__,
    routes=(*http.ROUTES, *http_links.ROUTES, *http_proposals.ROUTES),
    permissions=PERMISSIONS,
    schedules=SCHEDULES,
)
