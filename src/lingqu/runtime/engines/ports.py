"""Free ports on the loopback interface, remembered so that an address survives a restart."""

import secrets
import socket
from pathlib import Path

_HOST = "127.0.0.1"
# Below the range from which Linux draws client ports: a client that retries a port of that range while the server is
# down can connect to itself, and then the server cannot have its port back.
_LOWEST, _HIGHEST = 20_000, 32_000


def is_free(port: int) -> bool:
    """Tell whether a server could listen on this port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Draw a free port.

    Raises: RuntimeError if none is free among a thousand tried.
    """
    for _ in range(1000):
        port = _LOWEST + secrets.randbelow(_HIGHEST - _LOWEST)
        if is_free(port):
            return port
    raise RuntimeError(f"no free port found between {_LOWEST} and {_HIGHEST}")


def remembered_port(note: Path) -> int:
    """Give the port noted in a file while it can be used, else draw another and note it."""
    if note.exists() and (text := note.read_text().strip()).isdigit() and is_free(int(text)):
        return int(text)
    port = free_port()
    note.write_text(f"{port}\n")
    return port
