"""How this installation tells other systems what happens."""

import asyncio
from collections.abc import Awaitable, Callable

from lingqu.adapters.http_sender import HTTPSender
from lingqu.modules.partners.api import AddressRule, Dispatcher, is_public
from lingqu.runtime.db import Database
from lingqu.runtime.settings import Settings


def address_rule(settings: Settings) -> AddressRule:
    """Say which addresses users may write down."""
    return AddressRule(may_be_private=settings.may_call_private)


def sender(settings: Settings) -> HTTPSender:
    """Open the way out to addresses that users wrote down."""
    return HTTPSender(allows=_any if settings.may_call_private else is_public)


def messenger(database: Database, settings: Settings) -> Callable[[asyncio.Event], Awaitable[None]]:
    """Describe the work that carries webhooks away."""

    async def run(stop: asyncio.Event) -> None:
        chosen = sender(settings)
        try:
            await Dispatcher(database, chosen).run(stop)
        finally:
            await chosen.close()

    return run


def _any(_: str) -> bool:
    return True
