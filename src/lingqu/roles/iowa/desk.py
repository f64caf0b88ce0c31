"""The HTTP side of a replay: requests as somebody, repeated until the installation answers."""

from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from lingqu.modules.identity.api import end_user_sessions, open_session
from lingqu.roles.iowa.partners import Person
from lingqu.roles.iowa.patience import Passing, patiently
from lingqu.roles.iowa.wire import Wire
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
        self._wire = Wire(address + PREFIX, connections=connections, timeout_s=_TIMEOUT_S)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._wire.close()
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

    async def admit(self, people: Iterable[Person]) -> None:
        """Open the sessions of all who have none yet, in one transaction.

        Raises: CannotRun if the database stays away.
        """
        new = [person for person in dict.fromkeys(people) if person not in self._tokens]
        if new:
            tokens = await patiently(lambda: self._database.run(lambda tx: _open_sessions(tx, new)))
            self._tokens |= dict(zip(new, tokens, strict=True))

    async def _send(self, person: Person, method: str, path: str, content: bytes) -> bytes:
        if person not in self._tokens:
            await self.admit([person])
        try:
            told = await self._wire.send(method, path, token=self._tokens[person], content=content)
        except (OSError, EOFError, TimeoutError) as error:
            raise Passing(repr(error)) from None
        if told.is_success:
            return told.body
        if told.is_unauthorized:
            self._tokens.pop(person, None)
        if told.may_pass:
            raise Passing(told.body.decode(errors="replace"))
        raise CannotRun(f"{method} {path} was refused: {told.body.decode(errors='replace')}")


async def _open_sessions(tx: Tx, people: Sequence[Person]) -> list[str]:
    return [
        (await open_session(tx, user_id=person.user_id, party_id=person.party_id, user_agent=_AGENT)).token
        for person in people
    ]


async def _end_sessions(tx: Tx, user_ids: Sequence[int]) -> None:
    for user_id in user_ids:
        await end_user_sessions(tx, user_id=user_id)
