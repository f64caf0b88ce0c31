"""The HTTP side of a replay: requests as somebody, repeated until the installation answers."""

from collections.abc import Sequence
from types import TracebackType
from typing import Self, TypeVar

import httpx
import msgspec

from lingqu.modules.identity.api import end_user_sessions, open_session
from lingqu.roles.iowa.partners import Person
from lingqu.roles.iowa.patience import Passing, patiently
from lingqu.runtime.db import Database
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.http.app import PREFIX
from lingqu.runtime.tx import Tx

Answer = TypeVar("Answer")

_TIMEOUT_S = 120.0
_AGENT = "lingqu replay"


class Desk:
    """Sends requests. What the other end was killed over is sent again: every request may be repeated.

    Sessions are opened in the database when somebody first acts, so that thousands can; they end with the desk.
    """

    def __init__(self, address: str, database: Database, *, connections: int) -> None:
        self._database = database
        self._tokens: dict[Person, str] = {}
        self._client = httpx.AsyncClient(
            base_url=address + PREFIX,
            timeout=_TIMEOUT_S,
            limits=httpx.Limits(max_connections=connections, max_keepalive_connections=connections),
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._client.aclose()
        if kind is None:
            people = sorted(person.user_id for person in self._tokens)
            await patiently(lambda: self._database.run(lambda tx: _end_sessions(tx, people)))

    async def post(self, person: Person, path: str, body: object, shape: type[Answer]) -> Answer:
        """Send a body and read the answer.

        Raises: CannotRun if the installation stays away, or refuses the request as a whole.
        """
        content = msgspec.json.encode(body)
        return msgspec.json.decode(await patiently(lambda: self._send(person, "POST", path, content)), type=shape)

    async def get(self, person: Person, path: str, shape: type[Answer]) -> Answer:
        """Read something.

        Raises: as `post`.
        """
        return msgspec.json.decode(await patiently(lambda: self._send(person, "GET", path, b"")), type=shape)

    async def _send(self, person: Person, method: str, path: str, content: bytes) -> bytes:
        token = self._tokens.get(person) or await self._sign_in(person)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        try:
            response = await self._client.request(method, path, content=content, headers=headers)
        except httpx.TransportError as error:
            raise Passing(repr(error)) from None
        if response.is_success:
            return response.content
        if response.status_code == httpx.codes.UNAUTHORIZED:
            self._tokens.pop(person, None)
        if response.is_server_error or response.status_code == httpx.codes.UNAUTHORIZED:
            raise Passing(response.text)
        raise CannotRun(f"{method} {path} was refused: {response.text}")

    async def _sign_in(self, person: Person) -> str:
        opened = await self._database.run(
            lambda tx: open_session(tx, user_id=person.user_id, party_id=person.party_id, user_agent=_AGENT)
        )
        self._tokens[person] = opened.token
        return opened.token


async def _end_sessions(tx: Tx, user_ids: Sequence[int]) -> None:
    for user_id in user_ids:
        await end_user_sessions(tx, user_id=user_id)
