"""Published facts keep their promise: the payload of a version never changes, and the documents tell all of them."""

from pathlib import Path
from typing import ClassVar

import msgspec

from lingqu.kernel.event import Event
from tools.event_docs import FOLDER, asyncapi, broken_promises, events, pages


def test_no_payload_changed_within_its_version() -> None:
    known = events()
    assert len(known) > 20
    assert not broken_promises(pages(known), FOLDER), "a changed payload is a new version of the subject"


def test_the_documents_are_current() -> None:
    wanted = pages(events())
    written = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.iterdir()}
    assert written.keys() == wanted.keys(), "run `make events`; an event that is gone takes its file with it"
    assert written == wanted, "run `make events`"


def test_asyncapi_leads_from_every_operation_to_a_payload() -> None:
    document = asyncapi(events())
    for operation in document["operations"].values():
        channel = follow(document, operation["channel"])
        (message,) = [follow(document, reference) for reference in channel["messages"].values()]
        assert follow(document, message["payload"])["type"] == "object"


def test_a_planted_change_is_found(tmp_path: Path) -> None:
    class Sold(Event, frozen=True, kw_only=True):
        """Something was sold."""

        subject: ClassVar[str] = "planted.sold.v1"
        quantity: int

    released = pages([Sold])
    for name, text in released.items():
        (tmp_path / name).write_text(text)
    assert broken_promises(released, tmp_path) == []
    changed = msgspec.defstruct("Sold", [("packs", int)], bases=(Event,), namespace={"subject": "planted.sold.v1"})
    assert broken_promises(pages([changed]), tmp_path) == ["planted.sold.v1.json"]


def follow(document: dict[str, object], reference: dict[str, str]) -> dict[str, object]:
    found: object = document
    for step in reference["$ref"].removeprefix("#/").split("/"):
        assert isinstance(found, dict)
        found = found[step]
    assert isinstance(found, dict)
    return found
