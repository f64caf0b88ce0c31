"""The processes of the product's own roles, in the order they start."""

import http.client
import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec

from lingqu.runtime.engines.process import Process
from lingqu.runtime.settings import Settings

_PROBE_WITHIN_S = 1.0


def processes(settings: Settings, *, engines: tuple[str, ...]) -> list[Process]:
    """Describe the roles to run with these settings, after the named engines."""
    if find_spec("lingqu.roles.api") is None:
        return []
    return [
        Process(
            name="api",
            argv=(sys.executable, "-m", "lingqu.roles.api"),
            env=environment(settings),
            needs=engines,
            is_ready=lambda _: _is_serving(settings),
        )
    ]


def environment(settings: Settings) -> Mapping[str, str]:
    """Write the settings as the environment of a role, on top of this process's own."""
    return {
        **os.environ,
        "LINGQU_HOME": settings.home,
        "LINGQU_DATABASE_URL": settings.database_url,
        "LINGQU_NATS_URL": settings.nats_url,
        "LINGQU_HOST": settings.host,
        "LINGQU_PORT": str(settings.port),
    }


def _is_serving(settings: Settings) -> bool:
    connection = http.client.HTTPConnection(settings.host, settings.port, timeout=_PROBE_WITHIN_S)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
