"""Routes: a plain async function and what the edge needs to know about it.

A route function names what it wants, and the edge supplies it:

``tx``        the open transaction
``scope``     the caller's scope
``body``      the decoded request body, a struct; as it came, where the function asks for ``bytes``
``query``     the decoded query string, a struct
``if_match``  the version from the If-Match header (required where asked for)
``key``       the Idempotency-Key (required where asked for)
``request``   facts about the connection (`Connection`), for the few that need them: login, logout

A parameter named in the path is that part of it, such as ``organization_id`` in
``/organizations/{organization_id:int}``; every other one is a service that the role keeps for the life of its
process, such as the intake of orders (`Edge.services`).

A function that asks for no ``tx`` runs after the caller was identified with no transaction open: it waits for a
batch that has a transaction, an idempotency and an audit of its own.

A route with a function ``together`` answers requests of the same moment in one transaction (`Asked`, ADR 0028). It
gives one result per request, or the refusal of that request, and names each request's actor wherever one is written.
"""

import functools
import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin, get_type_hints

from msgspec import Struct

from lingqu.kernel.errors import Refusal
from lingqu.kernel.scope import Scope

Body = TypeVar("Body")
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

PUBLIC = "public"
"""Permission of a route that asks for no login."""
SIGNED_IN = "signed-in"
"""Permission of a route that every signed-in user may call; its rows are still limited by scope."""


class Connection(Struct, frozen=True):
    """What a route may know of the connection."""

    address: str
    user_agent: str
    token: str | None
    language: str
    is_secure: bool = False
    headers: Mapping[str, str] = {}
    if_none_match: str = ""


class Answer(Struct, Generic[Body], frozen=True):
    """An answer that needs headers of its own (cookies, a file); most routes return their struct plainly."""

    body: Body
    headers: dict[str, str] = {}
    content_type: str = "application/json"
    status: int | None = None


class Asked(Struct, Generic[Body], frozen=True):
    """One of several requests that are answered together: who asks, and for what."""

    scope: Scope
    body: Body


Together = Callable[..., Awaitable[Sequence[Any]]]
"""``(tx, asked) -> results``: answers requests of one route in one transaction; a result may be a refusal."""


class Route(Struct, frozen=True, kw_only=True):
    """One line of the route table. The access matrix, OpenAPI and the edge all read it."""

    method: Method
    path: str
    function: Callable[..., Awaitable[Any]]
    permission: str
    summary: str
    status: int
    refusals: Sequence[type[Refusal]] = ()
    is_audited: bool = True
    together: Together | None = None
    module: str = ""

    @property
    def name(self) -> str:
        """The operation's name: the function's, which says a verb and a noun."""
        return self.function.__name__

    @property
    def parameters(self) -> dict[str, Any]:
        """Names and types of what the function asks for."""
        return _parameters(self.function)

    @property
    def path_parameters(self) -> dict[str, Any]:
        """Names and types of the parts of the path."""
        return {name: kind for name, kind in self.parameters.items() if f"{{{name}:" in self.path}

    @property
    def is_outside_tx(self) -> bool:
        """Tell whether the function runs with no transaction open."""
        return "tx" not in self.parameters

    @property
    def result(self) -> Any:
        """Type of the answer; of `Answer`, the type of its body."""
        declared = get_type_hints(self.function, include_extras=True)["return"]
        return get_args(declared)[0] if get_origin(declared) is Answer else declared

    @property
    def is_write(self) -> bool:
        """Tell whether the route changes something."""
        return self.method != "GET" and self.is_audited


@functools.cache
def _parameters(function: Callable[..., Awaitable[Any]]) -> dict[str, Any]:
    """Read a function's parameters once: every request asks."""
    hints = get_type_hints(function, include_extras=True)
    return {name: hints[name] for name in inspect.signature(function).parameters}


_Function = Callable[..., Awaitable[Any]]


def get(
    path: str, *, permission: str, summary: str, refusals: Sequence[type[Refusal]] = ()
) -> Callable[[_Function], Route]:
    """Declare a read."""
    return _declare("GET", path, permission=permission, summary=summary, status=200, refusals=refusals)


def post(
    path: str,
    *,
    permission: str,
    summary: str,
    status: int = 201,
    refusals: Sequence[type[Refusal]] = (),
    is_audited: bool = True,
    together: Together | None = None,
) -> Callable[[_Function], Route]:
    """Declare a creation or an action. ``is_audited=False`` marks one that changes no record, such as a quote."""
    return _declare(
        "POST",
        path,
        permission=permission,
        summary=summary,
        status=status,
        refusals=refusals,
        is_audited=is_audited,
        together=together,
    )


def put(
    path: str, *, permission: str, summary: str, status: int = 200, refusals: Sequence[type[Refusal]] = ()
) -> Callable[[_Function], Route]:
    """Declare a replacement of a whole resource."""
    return _declare("PUT", path, permission=permission, summary=summary, status=status, refusals=refusals)


def patch(
    path: str, *, permission: str, summary: str, status: int = 200, refusals: Sequence[type[Refusal]] = ()
) -> Callable[[_Function], Route]:
    """Declare an edit of some fields."""
    return _declare("PATCH", path, permission=permission, summary=summary, status=status, refusals=refusals)


def delete(
    path: str, *, permission: str, summary: str, status: int = 204, refusals: Sequence[type[Refusal]] = ()
) -> Callable[[_Function], Route]:
    """Declare a removal."""
    return _declare("DELETE", path, permission=permission, summary=summary, status=status, refusals=refusals)


def _declare(
    method: Method,
    path: str,
    *,
    permission: str,
    summary: str,
    status: int,
    refusals: Sequence[type[Refusal]],
    is_audited: bool = True,
    together: Together | None = None,
) -> Callable[[_Function], Route]:
    def wrap(function: _Function) -> Route:
        names = function.__module__.split(".")
        return Route(
            method=method,
            path=path,
            function=function,
            permission=permission,
            summary=summary,
            status=status,
            refusals=refusals,
            is_audited=is_audited,
            together=together,
            module=names[2] if names[:2] == ["lingqu", "modules"] else "",
        )

    return wrap
