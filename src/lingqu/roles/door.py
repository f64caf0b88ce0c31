"""What the lean door serves: orders, one or many, and shelves. As the routes of orders, without their detours."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from lingqu.kernel.scope import Scope
from lingqu.modules.orders.api import (
    Batch,
    Intake,
    Keyed,
    NewOrder,
    Placed,
    Shelf,
    ShelfPage,
    ShelfQuery,
    Verdicts,
    verdicts_of,
)
from lingqu.roles.rights import Rights
from lingqu.runtime.batch import follow
from lingqu.runtime.http.app import PREFIX
from lingqu.runtime.http.door import Asked, Serve, ToCome, Told
from lingqu.runtime.http.edge import NotSignedIn
from lingqu.runtime.http.fields import decode_body, decode_query, folded
from lingqu.runtime.idempotency import check_key

_PERMISSION = "orders.place"
_encode = msgspec.json.Encoder().encode


def table(intake: Intake, shelf: Shelf, rights: Rights) -> Mapping[tuple[str, str], Serve]:
    """List what the door serves."""

    def place(asked: Asked) -> ToCome:
        token = _token(asked)
        scope = rights.find(token)
        if scope is None:
            return _later(_place_read(asked, token), _placed)
        scope.require(_PERMISSION)  # who may not call learns nothing of what was sent
        key, order = _order(asked)
        answer = ToCome(_placed)
        intake.begin(answer, scope=scope, key=key, order=order, trace_id=asked.trace_id)
        return answer

    async def _place_read(asked: Asked, token: str) -> Placed:
        scope = _admitted(await rights.read(token), asked)
        key, order = _order(asked)
        return await intake.place(scope=scope, key=key, order=order)

    def place_many(asked: Asked) -> ToCome:
        return _later(_place_many(asked, _token(asked)), _found)

    async def _place_many(asked: Asked, token: str) -> Verdicts[Placed]:
        scope = _admitted(rights.find(token) or await rights.read(token), asked)
        body = decode_body(asked.body, Batch[Keyed])
        return verdicts_of(await intake.place_all(scope=scope, orders=body.items))

    def read_shelf(asked: Asked) -> Told | ToCome:
        token = _token(asked)
        scope = rights.find(token)
        if scope is None:
            return _later(_look_at_shelf(asked, token), _found)
        scope, query = _admitted(scope, asked), _shelf_query(asked)
        page = shelf.find(scope=scope, query=query)
        if page is not None:
            return _found(page)
        return _later(shelf.read(scope=scope, query=query), _found)

    async def _look_at_shelf(asked: Asked, token: str) -> ShelfPage:
        scope = _admitted(await rights.read(token), asked)
        return await shelf.read(scope=scope, query=_shelf_query(asked))

    return {
        ("POST", f"{PREFIX}/orders"): place,
        ("POST", f"{PREFIX}/orders/batch"): place_many,
        ("GET", f"{PREFIX}/shelf"): read_shelf,
    }


def _later(work: Coroutine[Any, Any, Any], tell: Callable[[Any], Told]) -> ToCome:
    answer = ToCome(tell)
    follow(asyncio.ensure_future(work), answer)
    return answer


def _token(asked: Asked) -> str:
    """Take the token of the session or key. No cookie counts here: programs call, not pages."""
    authorization = asked.headers.get(b"authorization", b"")
    if authorization[:7].lower() != b"bearer ":
        raise NotSignedIn
    return authorization[7:].decode("latin-1").strip()


def _order(asked: Asked) -> tuple[str, NewOrder]:
    return check_key(asked.header(b"idempotency-key")), decode_body(asked.body, NewOrder)


def _admitted(scope: Scope | None, asked: Asked) -> Scope:
    if scope is None:
        raise NotSignedIn
    scope.require(_PERMISSION)
    return scope.traced(asked.trace_id)


def _shelf_query(asked: Asked) -> ShelfQuery:
    return decode_query(folded(parse_qsl(asked.query.decode("latin-1"), keep_blank_values=True)), ShelfQuery)


def _placed(placed: Placed) -> Told:
    return Told(201, _encode(placed), f'"{placed.version}"')


def _found(answer: object) -> Told:
    return Told(200, _encode(answer))
