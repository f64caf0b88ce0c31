"""The embedded NATS server with JetStream: loopback only, with a password, its streams in the home.

Source: ADR 0004.
"""

import os
import socket
from pathlib import Path

import psutil
from msgspec import json

from lingqu.runtime.engines.engine import Engine
from lingqu.runtime.engines.home import write_private
from lingqu.runtime.engines.ports import remembered_port
from lingqu.runtime.engines.process import Process
from lingqu.runtime.engines.software import nats_program

_USER = "lingqu"
_HOST = "127.0.0.1"
_ANSWER_WITHIN_S = 0.5


class NatsEngine(Engine):
    """One NATS server in one home."""

    name = "nats"

    @property
    def pid(self) -> int | None:
        """Give the pid of the server that uses this home's configuration, whoever started it."""
        try:
            server = psutil.Process(int(self._pid_file.read_text()))
            return server.pid if str(self._configuration) in server.cmdline() else None
        except (FileNotFoundError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
            return None

    @property
    def url(self) -> str:
        """Give the address with its password."""
        return f"nats://{_USER}:{self.home.secret('nats')}@{_HOST}:{self.port}"

    @property
    def port(self) -> int:
        """Give the port on the loopback interface."""
        if not self._port_note.exists():
            return remembered_port(self._port_note)
        return int(self._port_note.read_text())

    def install(self) -> None:
        """Make the home's folders; the server makes its own store."""
        self.home.create()

    def process(self) -> Process:
        """Describe the server process for whoever supervises it.

        Raises: CannotRun if the program is not installed.
        """
        program = nats_program()
        self.install()
        if not self.is_running:
            remembered_port(self._port_note)
        return Process(
            name=self.name,
            argv=(str(program), "--config", str(self._configuration), "--pid", str(self._pid_file)),
            # Go keeps garbage until told where memory ends; the whole demo has 1.5 GB.
            env={"PATH": os.defpath, "GOMEMLIMIT": "128MiB"},
            folder=self.home.nats,
            prepare=self._prepare,
            is_ready=lambda _: _answers(self.port),
        )

    @property
    def _configuration(self) -> Path:
        return self.home.nats / "nats.conf"

    @property
    def _pid_file(self) -> Path:
        return self.home.run / "nats.pid"

    @property
    def _port_note(self) -> Path:
        return self.home.run / "nats.port"

    def _prepare(self) -> None:
        if self.is_running:  # left by a killed supervisor where its death could not be tied to this server's
            self.stop()
        # The configuration format is a superset of JSON, so nothing needs quoting by hand.
        configuration = {
            "server_name": _USER,
            "host": _HOST,
            "port": self.port,
            "authorization": {"user": _USER, "password": self.home.secret("nats")},
            "max_payload": 8 * 1024 * 1024,
            "jetstream": {
                "store_dir": str(self.home.nats),
                "max_memory_store": 64 * 1024 * 1024,
                "max_file_store": 4 * 1024 * 1024 * 1024,
                # Not "always": the outbox holds every event and the relay repeats the last seconds (ADR 0004).
                "sync_interval": "1s",
            },
        }
        write_private(self._configuration, json.encode(configuration).decode())


def _answers(port: int) -> bool:
    try:
        with socket.create_connection((_HOST, port), timeout=_ANSWER_WITHIN_S) as connection:
            connection.settimeout(_ANSWER_WITHIN_S)
            return connection.recv(5).startswith(b"INFO")
    except OSError:
        return False
