"""The processes of the product's own roles, in the order they start."""

import http.client
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from lingqu.roles.ready import VARIABLE, is_ready
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.process import Process
from lingqu.runtime.metrics import FOLDER
from lingqu.runtime.settings import Settings

_PROBE_WITHIN_S = 1.0


def processes(settings: Settings, *, engines: tuple[str, ...]) -> list[Process]:
    """Describe the roles to run with these settings, after the named engines."""
    home = Home(Path(settings.home))
    names = ["api"] if settings.api_processes == 1 else [f"api-{n}" for n in range(1, settings.api_processes + 1)]
    return [
        *(_role("api", name, settings, home, engines) for name in names),
        _role("worker", "worker", settings, home, engines, *settings.worker_parts.split()),
        *([_role("sandbox", "sandbox", settings, home, ())] if settings.sandbox_port else []),
    ]


def _role(module: str, name: str, settings: Settings, home: Home, needs: tuple[str, ...], *parts: str) -> Process:
    return Process(
        name=name,
        argv=(sys.executable, "-m", f"lingqu.roles.{module}", *parts),
        env={**environment(settings), VARIABLE: name},
        needs=needs,
        is_ready=lambda pid: is_ready(home, name, pid) and (module != "api" or _is_serving(settings)),
    )


def metrics_folder(home: Home) -> Path:
    """Say where the roles of one machine share their figures."""
    return home.run / "metrics"


def environment(settings: Settings) -> Mapping[str, str]:
    """Write the settings as the environment of a role, on top of this process's own."""
    return {
        **os.environ,
        "LINGQU_HOME": settings.home,
        "LINGQU_DATABASE_URL": settings.database_url,
        "LINGQU_NATS_URL": settings.nats_url,
        "LINGQU_HOST": settings.host,
        "LINGQU_PORT": str(settings.port),
        "LINGQU_DOOR_PORT": str(settings.door_port),
        "LINGQU_PAYMENT_URL": settings.payment_url,
        "LINGQU_PAYMENT_SECRET": settings.payment_secret,
        "LINGQU_SANDBOX_PORT": str(settings.sandbox_port),
        FOLDER: str(metrics_folder(Home(Path(settings.home)))),
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
