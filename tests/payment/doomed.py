"""A worker that takes payment steps and is killed by `kill -9` at a chosen moment: run as a process by test_kill."""

import asyncio
import os
import signal
import sys
from typing import Any

from lingqu.adapters.http_sender import HTTPSender
from lingqu.adapters.sandbox_payment import SandboxProvider
from lingqu.kernel.clock import system_clock
from lingqu.modules.payment import conduct
from lingqu.modules.payment.api import Conductor
from lingqu.runtime.db import Database


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Doomed:
    """A provider after whose answer to one kind of call the process is no more: between the call and its record."""

    def __init__(self, inner: SandboxProvider, call: str) -> None:
        self._inner, self._call = inner, call

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name != self._call:
            return found

        async def call(*args: Any, **given: Any) -> Any:
            await found(*args, **given)
            die()

        return call


async def main(url: str, address: str, secret: str, call: str) -> None:
    database = Database(url, clock=system_clock)
    await database.open()
    sender = HTTPSender(allows=lambda _: True, within_s=5)
    provider = SandboxProvider(sender, url=address, secret=secret, notify_url="http://127.0.0.1:9/")
    if call == "commit":
        concluding = conduct.conclude

        async def conclude(tx: Any, **given: Any) -> None:
            await concluding(tx, **given)
            await tx.flush()
            die()  # everything is written and nothing committed

        conduct.conclude = conclude
    conductor = Conductor(database, Doomed(provider, call))  # type: ignore[arg-type]
    while True:
        await conductor.take_due()
        await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
