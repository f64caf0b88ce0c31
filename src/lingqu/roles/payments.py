"""Which way money comes in online at this installation."""

import asyncio
from collections.abc import Awaitable, Callable

from lingqu.adapters.http_sender import HTTPSender
from lingqu.adapters.sandbox_payment import SandboxProvider
from lingqu.modules.payment.api import Conductor
from lingqu.runtime.db import Database
from lingqu.runtime.outgoing import Sender
from lingqu.runtime.paying import PaymentProvider
from lingqu.runtime.settings import Settings

_WITHIN_S = 10.0


def payment_provider(settings: Settings, sender: Sender | None = None) -> PaymentProvider | None:
    """Choose the adapter that the settings name; None where no money is taken online.

    Raises: ValueError for a kind of provider that there is none of.
    """
    if not settings.payment_url:
        return None
    kind, _, url = settings.payment_url.partition("+")
    if kind != "sandbox" or not settings.payment_secret:
        raise ValueError("LINGQU_PAYMENT_URL must read sandbox+http://host:port, with LINGQU_PAYMENT_SECRET")
    here = settings.public_url or f"http://{settings.host}:{settings.port}"
    return SandboxProvider(
        sender or provider_sender(),
        url=url,
        secret=settings.payment_secret,
        notify_url=here.rstrip("/") + "/api/v1/online-payments/calls",
    )


def provider_sender() -> HTTPSender:
    """Open the way to the provider: an address that the operator wrote down, so it may lie anywhere."""
    return HTTPSender(allows=lambda _: True, within_s=_WITHIN_S)


def conductor(database: Database, settings: Settings) -> Callable[[asyncio.Event], Awaitable[None]] | None:
    """Describe the work that takes online payments to their end; None where there are none."""
    sender = provider_sender()
    provider = payment_provider(settings, sender)
    if provider is None:
        return None

    async def run(stop: asyncio.Event) -> None:
        try:
            await Conductor(database, provider).run(stop)
        finally:
            await sender.close()

    return run
