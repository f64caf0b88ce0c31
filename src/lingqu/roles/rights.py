"""Who calls, remembered: a token's scope is read once and forgotten as soon as anything that made it changes.

Every process looks ten times a second whether a right or the tree changed or a session ended. While it cannot look,
it remembers nothing and every call is read anew.
"""

import asyncio
import time
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from msgspec import Struct
from psycopg import Error as DatabaseError

from lingqu.kernel.errors import Unavailable
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.api import find_sessions, read_rights
from lingqu.modules.network.api import read_revision, scopes_of
from lingqu.runtime.batch import Batcher
from lingqu.runtime.db import Database
from lingqu.runtime.token import parse_token
from lingqu.runtime.tx import Tx

_LOOK_S = 0.1
_BLIND_S = 1.0  # after so long without a look nothing remembered counts
_LATE = timedelta(seconds=60)  # no transaction that ends a session takes longer to commit
_KEEP_S = 240.0  # shorter than what a session's being in use is noted by
_MOST = 200_000
_STRANGERS_WAIT_S = 0.02  # reading two hundred costs little more than reading twenty


class _Kept(Struct, frozen=True):
    scope: Scope
    until: float


class _Found(Struct, frozen=True):
    scope: Scope
    token_hash: bytes
    left_s: float


class Rights:
    """The scopes of the tokens that called lately."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[str, _Kept] = {}
        self._tokens: dict[bytes, str] = {}
        self._revision: tuple[UUID, UUID] | None = None
        self._generation = 0
        self._looked_at = 0.0
        self._reading: Batcher[str, Scope | None] = Batcher("rights.read", self._read_many, wait_s=_STRANGERS_WAIT_S)

    def find(self, token: str) -> Scope | None:
        """Find a scope in memory; None where it must be read."""
        kept = self._kept.get(token)
        now = time.monotonic()
        if kept is None or now > kept.until or now - self._looked_at > _BLIND_S:
            return None
        return kept.scope

    async def read(self, token: str) -> Scope | None:
        """Read a scope and remember it; None: nobody that we know."""
        return await self._reading.submit(token)

    async def _read_many(self, tokens: Sequence[str]) -> list[Scope | None]:
        generation = self._generation
        found = await self._database.run(lambda tx: _read(tx, list(dict.fromkeys(tokens))))
        if generation == self._generation:
            for token, one in found.items():
                self._keep(token, one)
        return [found[token].scope if token in found else None for token in tokens]

    async def watch(self, stop: asyncio.Event) -> None:
        """Look for changes until told to stop."""
        while not stop.is_set():
            try:
                await self.look()
            except (Unavailable, DatabaseError, OSError):
                self._forget_all()
            await asyncio.sleep(_LOOK_S)

    async def look(self) -> None:
        """Forget what was taken away since the last look."""
        began = time.monotonic()

        async def work(tx: Tx) -> tuple[UUID, UUID, frozenset[bytes]]:
            now = await read_rights(tx, since=tx.now - _LATE)
            return now.revision, await read_revision(tx), now.ended

        rights, tree, ended = await self._database.run(work)
        if (rights, tree) != self._revision:
            self._forget_all()
            self._revision = (rights, tree)
        for token_hash in ended:
            token = self._tokens.pop(token_hash, None)
            if token is not None:
                self._kept.pop(token, None)
        self._looked_at = began

    def _keep(self, token: str, found: "_Found") -> None:
        if len(self._kept) >= _MOST:
            self._forget_all()
        self._kept[token] = _Kept(found.scope, time.monotonic() + min(found.left_s, _KEEP_S))
        self._tokens[found.token_hash] = token

    def _forget_all(self) -> None:
        self._kept.clear()
        self._tokens.clear()
        self._generation += 1


async def _read(tx: Tx, tokens: Sequence[str]) -> dict[str, _Found]:
    sessions = await find_sessions(tx, tokens=tokens)
    scopes = await scopes_of(tx, sessions=list(sessions.values()))
    found: dict[str, _Found] = {}
    for (token, session), scope in zip(sessions.items(), scopes, strict=True):
        parsed = parse_token(token)
        if scope is not None and parsed is not None:
            found[token] = _Found(scope, parsed.hash, (session.expires_at - tx.now).total_seconds())
    return found
