"""What a module hands to the roles: its name, routes, consumers and schedules. Read only by ``lingqu.roles``."""

from collections.abc import Sequence

from msgspec import Struct

from lingqu.runtime.http.route import Route
from lingqu.runtime.inbox import Consumer
from lingqu.runtime.jobs import Schedule


class Module(Struct, frozen=True):
    """One bounded context as the roles see it; ``package`` is where its SQL and migrations lie."""

    name: str
    package: str
    routes: Sequence[Route] = ()
    consumers: Sequence[Consumer] = ()
    schedules: Sequence[Schedule] = ()
    permissions: Sequence[str] = ()
