"""Write docs/events, a schema per event, and the AsyncAPI document: `make events`.

The schema of a released event is a promise: it is never overwritten. A changed payload is a new version of the subject.
"""

import importlib
import pkgutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

import lingqu
from lingqu.kernel.event import Event
from lingqu.roles.modules import ALL
from tools.released import RELEASED

DOCS = Path(__file__).parents[1] / "docs"
FOLDER = DOCS / "events"
_ASYNCAPI = "asyncapi.json"

_HEAD = """# Events

Written by `make events`; a test keeps it current. Every event travels as a CloudEvent in JSON, on the subject
`lingqu.<subject>.<cell>`, at least once and with an id of its own; payloads are in the files linked here, the whole as
AsyncAPI in [asyncapi.json](asyncapi.json).

| subject | says | consumers |
|---|---|---|
"""


def events() -> list[type[Event]]:
    """Find every published fact, by subject."""
    for found in pkgutil.walk_packages(lingqu.__path__, "lingqu."):
        if found.name.endswith(".events"):
            importlib.import_module(found.name)
    return sorted(_concrete(Event), key=lambda event: event.subject)


def pages(known: Iterable[type[Event]]) -> Mapping[str, str]:
    """Give every file of the folder by its name."""
    known = list(known)
    schemas = {f"{event.subject}.json": _json(msgspec.json.schema(event)) for event in known}
    return schemas | {"README.md": _index(known), _ASYNCAPI: _json(asyncapi(known))}


def asyncapi(known: Iterable[type[Event]]) -> dict[str, Any]:
    """Describe every event as AsyncAPI 3.0."""
    known = list(known)
    schemas, components = msgspec.json.schema_components(known, ref_template="#/components/schemas/{name}")
    payloads = {event.subject: schema for event, schema in zip(known, schemas, strict=True)}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Lingqu events", "version": "1", "license": {"name": "Apache-2.0"}},
        "defaultContentType": "application/cloudevents-batch+json",
        "channels": {subject: _channel(subject) for subject in payloads},
        "operations": {
            subject: {"action": "send", "channel": {"$ref": f"#/channels/{subject}"}} for subject in payloads
        },
        "components": {
            "messages": {
                event.subject: {"summary": _summary(event), "payload": payloads[event.subject]} for event in known
            },
            "schemas": components,
        },
    }


def broken_promises(wanted: Mapping[str, str], folder: Path) -> list[str]:
    """Name the events whose payload is not the one that was released."""
    files = [name for name in wanted if name.endswith(".json") and name != _ASYNCAPI]
    return [name for name in files if (folder / name).exists() and (folder / name).read_text() != wanted[name]]


def _concrete(base: type[Event]) -> Iterable[type[Event]]:
    for event in base.__subclasses__():
        if event.subject and event.__module__.startswith("lingqu."):
            yield event
        yield from _concrete(event)


def _channel(subject: str) -> dict[str, Any]:
    return {
        "address": f"lingqu.{subject}.{{cell}}",
        "parameters": {"cell": {"description": "The cell where it happened."}},
        "messages": {subject: {"$ref": f"#/components/messages/{subject}"}},
    }


def _index(known: Iterable[type[Event]]) -> str:
    listening: dict[str, list[str]] = {}
    for module in ALL:
        for consumer in module.consumers:
            listening.setdefault(consumer.event.subject, []).append(consumer.name)
    lines = [_row(event, listening.get(event.subject, [])) for event in known]
    return _HEAD + "\n".join(lines) + "\n"


def _row(event: type[Event], consumers: list[str]) -> str:
    return f"| [{event.subject}]({event.subject}.json) | {_summary(event)} | {', '.join(consumers)} |"


def _summary(event: type[Event]) -> str:
    return (event.__doc__ or "").strip().partition("\n")[0]


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value)).decode() + "\n"


def main() -> None:
    """Write what is new; refuse to change or drop what was released."""
    FOLDER.mkdir(exist_ok=True)
    wanted = pages(events())
    gone = [file for file in FOLDER.iterdir() if file.name not in wanted]
    broken = broken_promises(wanted, FOLDER) + [file.name for file in gone]
    if any(RELEASED.glob("*/")) and broken:
        sys.exit(f"Changed or gone since the release: {', '.join(broken)}. A changed payload is a new version.")
    for file in gone:
        file.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
