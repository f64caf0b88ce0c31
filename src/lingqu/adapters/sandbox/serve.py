"""The sandbox over HTTP: what a provider answers, a page to pay at, and what a test may make go wrong."""

import asyncio
import contextlib
import html
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import httpx
import msgspec
from litestar import Litestar, Request, Response, get, post
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from lingqu.adapters.sandbox.till import CannotPay, Till
from lingqu.adapters.sandbox_payment import (
    SIGNATURE,
    SandboxCall,
    SandboxCharge,
    SandboxRefund,
    SandboxRefunded,
    sign_call,
)
from lingqu.runtime.paying import Charge, ChargeStatus, RefundStatus

_CALL_WITHIN_S = 5.0
_PAGE = """<!doctype html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>支付沙箱 Payment sandbox</title>
<body style="font-family:sans-serif;max-width:28rem;margin:3rem auto;padding:0 1rem">
<h1>支付沙箱 Payment sandbox</h1><p>{subject}</p>
<p style="font-size:2rem">{amount} {currency}</p>{body}</body></html>"""
_BUTTONS = """<form method="post"><button name="outcome" value="paid">支付成功 Pay</button>
<button name="outcome" value="failed">支付失败 Fail</button></form>"""
_DONE = "<p><strong>{status}</strong></p>"


class Mishaps:
    """What goes wrong next, per call.

    ``before``: nothing was heard; ``after``: it was and the answer is lost; ``slow``: it was and the answer comes too
    late; ``refuse``: a refund cannot be made. For calls back: ``none``, ``twice``, ``crossed``.
    """

    def __init__(self) -> None:
        self.next: dict[str, list[str]] = defaultdict(list)
        self.slow_s = 30.0

    def plan(self, what: str, mishaps: Sequence[str]) -> None:
        """Let these happen, one per call."""
        self.next[what] = list(mishaps)

    def take(self, what: str) -> str:
        """Tell what happens to this call."""
        return self.next[what].pop(0) if self.next[what] else ""


class Sandbox:
    """One sandbox: its till, its mishaps, and how it calls back."""

    def __init__(self, till: Till, *, secret: str, address: str) -> None:
        self.till = till
        self.mishaps = Mishaps()
        self.address = address.rstrip("/")
        self._secret = secret
        self._calling: set[asyncio.Task[None]] = set()

    async def pay(self, reference: str, status: ChargeStatus, *, is_forced: bool = False) -> None:
        """Do what a buyer does at the pay page, and call back.

        Raises: CannotPay.
        """
        self.till.end(reference, status, is_forced=is_forced)
        task = asyncio.create_task(self._call_back(reference, status))
        self._calling.add(task)
        task.add_done_callback(self._calling.discard)

    async def calm(self) -> None:
        """Wait until every call back has ended."""
        if self._calling:
            await asyncio.wait(self._calling)

    async def around(self, what: str, answer: Any) -> Response[bytes]:
        """Answer, or let happen what is planned."""
        mishap = self.mishaps.take(what)
        if mishap == "before":
            raise HTTPException(status_code=503, detail="out of order")
        body = msgspec.json.encode(answer())
        if mishap == "after":
            raise HTTPException(status_code=503, detail="the answer is lost")
        if mishap == "slow":
            await asyncio.sleep(self.mishaps.slow_s)
        return Response(body, media_type="application/json", status_code=200)

    async def _call_back(self, reference: str, status: ChargeStatus) -> None:
        mishap = self.mishaps.take("call")
        crossed = [ChargeStatus.FAILED, status, ChargeStatus.PENDING]
        statuses = {"none": [], "twice": [status, status], "crossed": crossed}.get(mishap, [status])
        *_, notify_url = self.till.about(reference)
        async with httpx.AsyncClient(timeout=_CALL_WITHIN_S, trust_env=False) as client:
            for one in statuses:
                body = msgspec.json.encode(SandboxCall(reference, one.value))
                headers = {SIGNATURE: sign_call(self._secret, body), "content-type": "application/json"}
                try:
                    await client.post(notify_url, content=body, headers=headers)
                except httpx.HTTPError:
                    continue  # whoever was not reached asks by itself


def create_app(sandbox: Sandbox) -> Litestar:
    """Put the sandbox behind its routes."""
    handlers = [*_charges(sandbox), _closing(sandbox), _refunds(sandbox), *_pages(sandbox)]
    return Litestar(handlers, openapi_config=None, logging_config=None)


def _charges(sandbox: Sandbox) -> list[HTTPRouteHandler]:
    @post("/charges")
    async def create(request: Request[Any, Any, Any]) -> Response[bytes]:
        new = msgspec.json.decode(await request.body(), type=SandboxCharge)

        def answer() -> Charge:
            sandbox.till.create(new)
            found = sandbox.till.find(new.charge.reference)
            return msgspec.structs.replace(found, pay_url=f"{sandbox.address}/pay/{new.charge.reference}")

        return await sandbox.around("create", answer)

    @get("/charges/{reference:str}")
    async def query(reference: FromPath[str]) -> Response[bytes]:
        return await sandbox.around("query", lambda: sandbox.till.find(reference))

    return [create, query]


def _closing(sandbox: Sandbox) -> HTTPRouteHandler:
    @post("/charges/{reference:str}/closing")
    async def close(reference: FromPath[str]) -> Response[bytes]:
        def answer() -> Charge:
            with contextlib.suppress(CannotPay):  # paid, failed or unknown: what stands is the answer
                sandbox.till.end(reference, ChargeStatus.CLOSED)
            return sandbox.till.find(reference)

        return await sandbox.around("close", answer)

    return close


def _refunds(sandbox: Sandbox) -> HTTPRouteHandler:
    @post("/charges/{reference:str}/refunds")
    async def refund(reference: FromPath[str], request: Request[Any, Any, Any]) -> Response[bytes]:
        asked = msgspec.json.decode(await request.body(), type=SandboxRefund)
        can_do = "refuse" not in sandbox.mishaps.next["refund"][:1]

        def answer() -> SandboxRefunded:
            status: RefundStatus = sandbox.till.refund(
                reference, refund_reference=asked.refund_reference, amount_minor=asked.amount_minor, can_do=can_do
            )
            return SandboxRefunded(status)

        return await sandbox.around("refund", answer)

    return refund


def _pages(sandbox: Sandbox) -> list[HTTPRouteHandler]:
    @get("/pay/{reference:str}", media_type="text/html")
    async def page(reference: FromPath[str]) -> str:
        return _page(sandbox, reference)

    @post("/pay/{reference:str}", media_type="text/html", status_code=200)
    async def pay(reference: FromPath[str], request: Request[Any, Any, Any]) -> str:
        outcome = (await request.form()).get("outcome")
        with contextlib.suppress(CannotPay):  # the page says how it stands
            await sandbox.pay(reference, ChargeStatus.PAID if outcome == "paid" else ChargeStatus.FAILED)
        return _page(sandbox, reference)

    return [page, pay]


def _page(sandbox: Sandbox, reference: str) -> str:
    try:
        subject, amount, currency, _ = sandbox.till.about(reference)
    except CannotPay:
        raise HTTPException(status_code=404) from None
    status = sandbox.till.find(reference).status
    body = _BUTTONS if status is ChargeStatus.PENDING else _DONE.format(status=status.value)
    return _PAGE.format(subject=html.escape(subject), amount=f"{amount / 100:.2f}", currency=currency, body=body)
