"""What the lean door serves: orders, one or many, and shelves. As the routes of orders, without their detours."""

import asyncio
from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import parse_qsl

import msgspec
from msgspec.structs import replace

from lingqu.kernel.scope import Scope
from lingqu.modules.orders.api import Batch, Intake, Keyed, NewOrder, Placed, Shelf, ShelfQuery, verdicts_of
from lingqu.roles.rights import Rights
from lingqu.runtime.http.app import PREFIX
from lingqu.runtime.http.door import Asked, Serve, Told
from lingqu.runtime.http.edge import NotSignedIn
from lingqu.runtime.http.fields import decode_body, decode_query, folded
from lingqu.runtime.idempotency import check_key

Done = TypeVar("Done")
_PERMISSION = "orders.place"
_encode = msgspec.json.encode


def table(intake: Intake, shelf: Shelf, rights: Rights) -> Mapping[tuple[str, str], Serve]:
    """List what the door serves."""

    def place(asked: Asked) -> "asyncio.Future[Told]":
        token = _token(asked)
        scope = rights.find(token)
        if scope is None:
            return asyncio.ensure_future(_place_read(asked, token))
        scope = _admitted(scope, asked)  # who may not call learns nothing of what was sent
        key, order = _order(asked)
        return _then(intake.begin(scope=scope, key=key, order=order), _placed)

    async def _place_read(asked: Asked, token: str) -> Told:
        scope = _admitted(await rights.read(token), asked)
        key, order = _order(asked)
        return _placed(await intake.place(scope=scope, key=key, order=order))

    def place_many(asked: Asked) -> "asyncio.Future[Told]":
        return asyncio.ensure_future(_place_many(asked, _token(asked)))

    async def _place_many(asked: Asked, token: str) -> Told:
        scope = _admitted(rights.find(token) or await rights.read(token), asked)
        body = decode_body(asked.body, Batch[Keyed])
        return Told(200, _encode(verdicts_of(await intake.place_all(scope=scope, orders=body.items))))

    def read_shelf(asked: Asked) -> "asyncio.Future[Told]":
        return asyncio.ensure_future(_read_shelf(asked, _token(asked)))

    async def _read_shelf(asked: Asked, token: str) -> Told:
        scope = _admitted(rights.find(token) or await rights.read(token), asked)
        query = decode_query(folded(parse_qsl(asked.query.decode("latin-1"), keep_blank_values=True)), ShelfQuery)
        return Told(200, _encode(await shelf.read(scope=scope, query=query)))

    return {
        ("POST", f"{PREFIX}/orders"): place,
        ("POST", f"{PREFIX}/orders/batch"): place_many,
        ("GET", f"{PREFIX}/shelf"): read_shelf,
    }


def _token(asked: Asked) -> str:
    """Take the token of the session or key. No cookie counts here: programs call, not pages."""
    authorization = asked.header(b"authorization") or ""
    if authorization[:7].lower() != "bearer ":
        raise NotSignedIn
    return authorization[7:].strip()


def _order(asked: Asked) -> tuple[str, NewOrder]:
    return check_key(asked.header(b"idempotency-key")), decode_body(asked.body, NewOrder)


def _admitted(scope: Scope | None, asked: Asked) -> Scope:
    if scope is None:
        raise NotSignedIn
    scope.require(_PERMISSION)
    return replace(scope, actor=replace(scope.actor, trace_id=asked.trace_id))


def _placed(placed: Placed) -> Told:
    return Told(201, _encode(placed), f'"{placed.version}"')


def _then(future: "asyncio.Future[Done]", tell: Callable[[Done], Told]) -> "asyncio.Future[Told]":
    """Turn an answer to come into what is told of it."""
    told: asyncio.Future[Told] = future.get_loop().create_future()

    def done(answered: "asyncio.Future[Done]") -> None:
        error = answered.exception()
        if error is None:
            told.set_result(tell(answered.result()))
        else:
            told.set_exception(error)
            told.exception()  # whoever asked may be gone

    future.add_done_callback(done)
    return told
