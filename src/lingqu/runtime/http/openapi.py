"""OpenAPI 3.1 from the route table: one source for the document, the console's types and the access matrix."""

import re
from collections.abc import Sequence
from types import UnionType
from typing import Any, get_args

import msgspec
from msgspec import Struct

from lingqu.kernel.errors import Invalid, NotFound, Refusal, Stale
from lingqu.kernel.scope import Forbidden
from lingqu.runtime.http.call import VersionMissing
from lingqu.runtime.http.edge import NotSignedIn
from lingqu.runtime.http.route import PUBLIC, SIGNED_IN, Answer, Route
from lingqu.runtime.idempotency import KeyMissing, KeyReused

_PATH_PART = re.compile(r"\{(\w+)(?::\w+)?\}")
_REF = "#/components/schemas/{name}"


class ProblemError(Struct):
    """What is wrong with one field."""

    path: str
    code: str
    message: str
    facts: dict[str, Any] | None = None


class Problem(Struct):
    """Why a request was refused (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    trace_id: str
    detail: str | None = None
    facts: dict[str, Any] | None = None
    errors: list[ProblemError] | None = None


def document(routes: Sequence[Route], *, version: str, prefix: str = "") -> dict[str, Any]:
    """Build the document.

    Shapes: an OpenAPI 3.1.0 object; operations in the order of ``routes``, ids are the functions' names.
    """
    shapes = _shapes(routes)
    schemas, components = msgspec.json.schema_components(shapes, ref_template=_REF)
    schema_of = dict(zip(map(repr, shapes), schemas, strict=True))
    paths: dict[str, Any] = {}
    for route in routes:
        path = prefix + _PATH_PART.sub(r"{\1}", route.path)
        paths.setdefault(path, {})[route.method.lower()] = _operation(route, schema_of)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Lingqu", "version": version, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
        },
    }


def _shapes(routes: Sequence[Route]) -> list[Any]:
    found: dict[str, Any] = {repr(Problem): Problem}
    for route in routes:
        for name, kind in route.parameters.items():
            if (name in {"body", "query"} and kind is not bytes) or name in route.path_parameters:
                found[repr(kind)] = kind
            if name == "query":
                for field in msgspec.structs.fields(kind):
                    found[repr(field.type)] = field.type
        if _has_body(route):
            found[repr(route.result)] = route.result
    return list(found.values())


def _has_body(route: Route) -> bool:
    return route.result not in {type(None), None, Answer}


def _operation(route: Route, schema_of: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "tags": [route.module or "runtime"],
        "x-permission": route.permission,
        "security": [] if route.permission == PUBLIC else [{"session": []}],
        "parameters": _parameters(route, schema_of),
        "responses": _responses(route, schema_of),
    }
    if "body" in route.parameters:
        kind = route.parameters["body"]
        # Bytes as they are: OpenAPI 3.1 describes them by their media type alone.
        content = (
            {"application/octet-stream": {}}
            if kind is bytes
            else {"application/json": {"schema": schema_of[repr(kind)]}}
        )
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _parameters(route: Route, schema_of: dict[str, Any]) -> list[dict[str, Any]]:
    found = [
        {"name": name, "in": "path", "required": True, "schema": schema_of[repr(kind)]}
        for name, kind in route.path_parameters.items()
    ]
    if "query" in route.parameters:
        found += [
            {
                "name": field.encode_name,
                "in": "query",
                "required": field.required,
                "schema": _without_null(schema_of[repr(field.type)], field.type),
            }
            for field in msgspec.structs.fields(route.parameters["query"])
        ]
    if "if_match" in route.parameters:
        found.append({"name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"}})
    if route.method == "POST" and route.permission != PUBLIC:
        is_required = "key" in route.parameters
        found.append({"name": "Idempotency-Key", "in": "header", "required": is_required, "schema": {"type": "string"}})
    return found


def _without_null(schema: dict[str, Any], kind: Any) -> dict[str, Any]:
    """A query value is absent, never null."""
    if not isinstance(kind, UnionType) or type(None) not in get_args(kind) or "anyOf" not in schema:
        return schema
    rest = [part for part in schema["anyOf"] if part != {"type": "null"}]
    return rest[0] if len(rest) == 1 else {"anyOf": rest}


def _responses(route: Route, schema_of: dict[str, Any]) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "Done"}
    if _has_body(route):
        success["content"] = {"application/json": {"schema": schema_of[repr(route.result)]}}
    responses: dict[str, Any] = {str(route.status): success}
    for refusal in _refusals(route):
        entry = responses.setdefault(
            str(refusal.status),
            {
                "description": "",
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        )
        entry["description"] = "; ".join(filter(None, [entry["description"], f"{refusal.code}: {refusal.title.en}"]))
    return responses


def _refusals(route: Route) -> list[type[Refusal]]:
    found: list[type[Refusal]] = []
    if route.permission != PUBLIC:
        found.append(NotSignedIn)
    if route.permission not in {PUBLIC, SIGNED_IN}:
        found.append(Forbidden)
    if route.path_parameters:
        found.append(NotFound)
    if "body" in route.parameters or "query" in route.parameters:
        found.append(Invalid)
    if "if_match" in route.parameters:
        found += [VersionMissing, Stale]
    if route.method == "POST" and route.permission != PUBLIC:
        found += [KeyReused, KeyMissing]
    return [*found, *route.refusals]
