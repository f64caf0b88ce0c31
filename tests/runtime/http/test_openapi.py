"""The document is a valid OpenAPI 3.1 object and says what the routes do."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from lingqu.roles.api import routes
from lingqu.runtime.http.app import PREFIX
from lingqu.runtime.http.openapi import document

_METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(msgspec.json.encode(document(routes(), version="1", prefix=PREFIX)))
    return found


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from nodes(part)


def operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in described["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def test_every_route_is_an_operation_with_a_name_of_its_own(described: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(described)]
    assert sorted(names) == sorted(route.name for route in routes())
    assert len(set(names)) == len(names)
    assert {method for _, method, _ in operations(described)} <= _METHODS
    assert described["openapi"] == "3.1.0"


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    references = {node["$ref"] for node in nodes(described) if isinstance(node.get("$ref"), str)}
    assert references
    assert not {ref for ref in references if ref.removeprefix("#/components/schemas/") not in schemas}


def test_every_part_of_a_path_is_declared_and_no_other(described: dict[str, Any]) -> None:
    for path, _, operation in operations(described):
        declared = [p["name"] for p in operation["parameters"] if p["in"] == "path"]
        assert sorted(declared) == sorted(part[1:-1] for part in path.split("/") if part.startswith("{")), path
        keys = [(p["in"], p["name"]) for p in operation["parameters"]]
        assert len(set(keys)) == len(keys), f"{path}: a parameter stands twice"
        assert all(p["required"] for p in operation["parameters"] if p["in"] == "path")
        assert all("schema" in p for p in operation["parameters"])


def test_every_operation_answers_and_says_who_may_call_it(described: dict[str, Any]) -> None:
    for path, method, operation in operations(described):
        where = f"{method} {path}"
        statuses = operation["responses"]
        assert any(status.startswith("2") for status in statuses), where
        assert all(response["description"] for response in statuses.values()), where
        assert operation["summary"], where
        assert operation["x-permission"], where
        is_public = operation["x-permission"] == "public"
        assert operation["security"] == ([] if is_public else [{"session": []}]), where
        assert ("401" in statuses) or is_public, where


def test_schemas_speak_json_schema_2020_12(described: dict[str, Any]) -> None:
    found = list(nodes(described["components"]["schemas"]))
    assert not [node for node in found if "nullable" in node]
    kinds = {node["type"] for node in found if isinstance(node.get("type"), str)}
    assert kinds <= {"object", "array", "string", "integer", "number", "boolean", "null"}
