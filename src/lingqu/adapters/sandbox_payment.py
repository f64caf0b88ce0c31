"""The twin of a payment provider: speaks to the sandbox that a demo or a test runs, over real HTTP."""

import hashlib
import hmac
from collections.abc import Mapping
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import quote

import msgspec
from msgspec import Struct

from lingqu.kernel.errors import Unavailable
from lingqu.runtime.outgoing import Outgoing, Sender
from lingqu.runtime.paying import Charge, NewCharge, RefundStatus

SIGNATURE = "sandbox-signature"

Shape = TypeVar("Shape")


class SandboxCall(Struct, frozen=True):
    """What the sandbox calls back with."""

    reference: str
    status: str


class SandboxCharge(Struct, frozen=True, kw_only=True):
    """A charge as it is asked for: ours, and where to call back."""

    charge: NewCharge
    notify_url: str


class SandboxRefund(Struct, frozen=True, kw_only=True):
    """A refund as it is asked for."""

    refund_reference: str
    amount_minor: int


class SandboxRefunded(Struct, frozen=True):
    """How a refund stands."""

    status: RefundStatus


def sign_call(secret: str, body: bytes) -> str:
    """Sign a call as the sandbox does: HMAC-SHA256 of the body, in hex."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class SandboxProvider:
    """Asks the sandbox at ``url``; it calls back at ``notify_url``."""

    name = "sandbox"

    def __init__(self, sender: Sender, *, url: str, secret: str, notify_url: str) -> None:
        self._sender = sender
        self._url = url.rstrip("/")
        self._secret = secret
        self._notify_url = notify_url

    async def create(self, new: NewCharge) -> Charge:
        """Make a charge, or find the one that was made."""
        return await self._call("POST", "/charges", Charge, SandboxCharge(charge=new, notify_url=self._notify_url))

    async def query(self, reference: str) -> Charge:
        """Ask how a charge stands."""
        return await self._call("GET", f"/charges/{quote(reference, safe='')}", Charge)

    async def close(self, reference: str) -> Charge:
        """Make sure that a charge can be paid no more."""
        return await self._call("POST", f"/charges/{quote(reference, safe='')}/closing", Charge)

    async def refund(self, reference: str, *, refund_reference: str, amount_minor: int) -> RefundStatus:
        """Give money back, or find out how that refund stands."""
        body = SandboxRefund(refund_reference=refund_reference, amount_minor=amount_minor)
        path = f"/charges/{quote(reference, safe='')}/refunds"
        return (await self._call("POST", path, SandboxRefunded, body)).status

    def heard(self, headers: Mapping[str, str], body: bytes) -> str:
        """Verify a call and give the reference it speaks of.

        Raises: ValueError if it is not the sandbox's.
        """
        if not hmac.compare_digest(sign_call(self._secret, body).encode(), headers.get(SIGNATURE, "").encode()):
            raise ValueError("the signature is wrong")
        try:
            return msgspec.json.decode(body, type=SandboxCall).reference
        except msgspec.MsgspecError as error:
            raise ValueError("this is no call of the sandbox") from error

    async def _call(self, method: str, path: str, shape: type[Shape], body: Struct | None = None) -> Shape:
        raw = b"" if body is None else msgspec.json.encode(body)
        headers = {"content-type": "application/json", "content-length": str(len(raw))}
        answer = await self._sender.send(Outgoing(method=method, url=self._url + path, headers=headers, body=raw))
        if answer.status not in {HTTPStatus.OK, HTTPStatus.CREATED}:
            raise Unavailable(f"the provider answers {answer.status}")
        try:
            return msgspec.json.decode(answer.body, type=shape)
        except msgspec.MsgspecError as error:
            raise Unavailable("the provider's answer cannot be read") from error
