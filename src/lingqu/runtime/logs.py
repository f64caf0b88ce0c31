"""Logs: one JSON object a line on standard output, each with its trace id."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import msgspec
import structlog

from lingqu.runtime import telemetry


def configure(*, level: str, role: str) -> None:
    """Send every log line of this process through our form; other libraries' lines too.

    Raises: ValueError for a level that logging does not know.
    """

    def name_role(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event["role"] = role
        event.setdefault("trace_id", telemetry.trace_id())
        return event

    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        name_role,
        structlog.processors.format_exc_info,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(serializer=_line),
        ],
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in ("_granian", "granian.access"):  # the server brings handlers of its own
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    # Its lines below say that it starts, stops and is embedded, at each start.
    logging.getLogger("_granian").setLevel(logging.ERROR)


def _line(event: dict[str, Any], **_: Any) -> str:
    return msgspec.json.encode(event, enc_hook=str).decode()
