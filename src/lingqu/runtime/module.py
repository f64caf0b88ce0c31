"""What a module hands to the roles: its name, routes, consumers, schedules and jobs. Read only by ``lingqu.roles``."""

from collections.abc import Sequence

from msgspec import Struct

from lingqu.kernel.errors import Words
from lingqu.runtime.check import Check
from lingqu.runtime.http.route import Route
from lingqu.runtime.inbox import Consumer
from lingqu.runtime.jobs import Job, Schedule


class Permission(Struct, frozen=True):
    """A right that routes ask for, and who has it from the start.

    ``kinds`` are the kinds of organization whose users can hold it at all; ``roles`` are the built-in roles that do
    (``manager`` always does). An organization may make roles of its own from the rights of its kind.
    """

    code: str
    words: Words
    kinds: frozenset[str]
    roles: frozenset[str] = frozenset()


class Module(Struct, frozen=True):
    """One bounded context as the roles see it; ``package`` is where its SQL and migrations lie."""

    name: str
    package: str
    routes: Sequence[Route] = ()
    consumers: Sequence[Consumer] = ()
    schedules: Sequence[Schedule] = ()
    jobs: Sequence[Job] = ()
    permissions: Sequence[Permission] = ()
    checks: Sequence[Check] = ()
