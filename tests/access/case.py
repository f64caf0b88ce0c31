"""What a module says about a route, so that the matrix can call it as everybody."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from tests.access.world import World


class Target(Struct, frozen=True, kw_only=True):
    """One thing that the route can be asked about.

    ``owners`` are the places (`"east"`), or callers (`"east/manager"`), who may see it; whoever has an owner in its
    scope may too. None: the route names nothing that belongs to anybody, such as `GET /me`.
    ``by`` is the caller who must be served: it proves that the refusals of the others are no accident.
    ``id`` is what stands for the thing in a list.
    """

    owners: frozenset[str] | None
    by: str | None = None
    path: Mapping[str, Any] = {}
    query: Mapping[str, Any] = {}
    body: Any = None
    if_match: int | None = None
    id: Any = None


class Case(Struct, frozen=True, kw_only=True):
    """A route's targets. ``is_list``: everybody is answered 200, and only with the ids it may see (``item`` names
    the field that holds them); otherwise a caller without an owner in its scope is answered 403 or 404.
    ``is_bulk``: the route answers 200 with a verdict per item, and every foreign item must be refused.
    ``query``: what the list must be asked with."""

    targets: Callable[[World], Sequence[Target]]
    is_list: bool = False
    is_bulk: bool = False
    item: str = "id"
    query: Callable[[World], Mapping[str, Any]] = lambda _: {}
