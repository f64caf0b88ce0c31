"""The sandbox process: a payment provider for the demo, on a port of its own."""

import asyncio
import signal
import sys
from pathlib import Path

import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server

from lingqu.adapters.sandbox.serve import Sandbox, create_app
from lingqu.adapters.sandbox.till import Till
from lingqu.roles.observe import observe
from lingqu.roles.ready import say_ready
from lingqu.runtime.settings import Settings


async def serve(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT. Gives the exit status."""
    ended = observe("sandbox", level=settings.log_level)
    till = Till(Path(settings.home) / "sandbox.sqlite")
    address = f"http://{settings.host}:{settings.sandbox_port}"
    app = create_app(Sandbox(till, secret=settings.payment_secret, address=address))
    server = Server(app, address=settings.host, port=settings.sandbox_port, interface=Interfaces.ASGI)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.stop)
    say_ready()
    await server.serve()
    till.close()
    ended()
    return 0 if server.interrupt_signal else 1


if __name__ == "__main__":
    sys.exit(uvloop.run(serve(Settings.read())))
