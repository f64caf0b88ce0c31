"""HTTP as a careful client speaks it: a request without an answer is sent again with its key, or given up."""

import asyncio
from typing import Any

import httpx
from msgspec import Struct, json

from lingqu.kernel.ids import uuid7
from lingqu.roles.bench.crash.record import Record
from lingqu.runtime.http.app import PREFIX

_PAUSE_S = 0.1
_GIVE_UP_S = 180.0


class Answer(Struct, frozen=True):
    """What came back: the status and the body."""

    status: int
    body: Any

    @property
    def is_yes(self) -> bool:
        """Tell whether it was done."""
        return httpx.codes.is_success(self.status)


class WrongAnswer(Exception):
    """The product said what it must never say, such as 500."""


class Client(Struct, frozen=True):
    """Sends for one signed-in person."""

    http: httpx.AsyncClient
    record: Record
    token: str

    async def ask(
        self, path: str, body: object, *, key: str | None = None, version: int | None = None, is_patient: bool = True
    ) -> Answer | None:
        """Post and wait for an answer; None if there was none and the client is not patient.

        Raises: WrongAnswer; TimeoutError if nothing is answered for three minutes.
        """
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        headers["Idempotency-Key"] = key or str(uuid7())
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        content = json.encode(body)
        async with asyncio.timeout(_GIVE_UP_S):
            while True:
                answer = await self._once(path, content, headers)
                if answer is not None:
                    self.record.answered += 1
                    return answer
                self.record.failed += 1
                if not is_patient:
                    return None
                await asyncio.sleep(_PAUSE_S)

    async def _once(self, path: str, content: bytes, headers: dict[str, str]) -> Answer | None:
        self.record.in_flight += 1
        try:
            response = await self.http.post(f"{PREFIX}{path}", content=content, headers=headers)
        except httpx.TransportError:
            return None
        finally:
            self.record.in_flight -= 1
        if response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            return None
        if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise WrongAnswer(f"{path}: {response.status_code} {response.text}")
        return Answer(response.status_code, response.json())
