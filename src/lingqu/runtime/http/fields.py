"""Decode a body or a query string; when it is wrong, say what is wrong with every field, not only the first."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from lingqu.kernel.errors import FieldError, Invalid, Words

Shape = TypeVar("Shape")
QueryShape = TypeVar("QueryShape", bound=Struct)

_NOT_JSON = Words("The body is not JSON: {reason}.", "请求体不是有效的 JSON：{reason}。")
_REQUIRED = Words("This field is required.", "该字段必填。")
_UNKNOWN = Words("There is no field of this name.", "没有该字段。")

# msgspec's words for what it refuses, in its own order of precision, and ours.
_PATTERNS: tuple[tuple[re.Pattern[str], str, Words], ...] = (
    (
        re.compile(r"Expected `(?P<kind>\w+)` of length (?P<bound>[<>]=? ?\d+)"),
        "length",
        Words("The length must be {bound}.", "长度必须 {bound}。"),
    ),
    (
        re.compile(r"Expected `(?P<kind>\w+)` (?P<bound>[<>]=? ?-?[\d.]+)"),
        "range",
        Words("The number must be {bound}.", "数值必须 {bound}。"),
    ),
    (
        re.compile(r"Expected `(?P<kind>\w+)` matching regex '(?P<pattern>.*)'"),
        "format",
        Words("The form must be {pattern}.", "格式必须为 {pattern}。"),
    ),
    (
        re.compile(r"Invalid enum value (?P<value>.+?)(?: - at.*)?$"),
        "choice",
        Words("{value} is not one of the choices.", "{value} 不在可选范围内。"),
    ),
    (
        re.compile(r"Invalid (?P<kind>[\w ]+?)(?: - at.*)?$"),
        "format",
        Words("This is not a valid {kind}.", "不是有效的 {kind}。"),
    ),
    (
        re.compile(r"Expected `(?P<wanted>[^`]+)`, got `(?P<given>[^`]+)`"),
        "type",
        Words("Expected {wanted}, got {given}.", "应为 {wanted}，实际为 {given}。"),
    ),
)


@cache
def _decoder(shape: type[Any]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(shape)


def decode_body(raw: bytes, shape: type[Shape]) -> Shape:
    """Decode a JSON body.

    Raises: Invalid with one error per wrong field.
    """
    try:
        return _decoder(shape).decode(raw)  # type: ignore[arg-type, no-any-return]
    except (msgspec.ValidationError, ValueError):
        pass
    try:
        value = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid(errors=[FieldError("", "json", _NOT_JSON, {"reason": str(error)})]) from None
    found = list(_errors(value, shape, ""))
    if not found:
        # The whole is refused though each field alone is fine: a rule over several fields (__post_init__).
        found = [_whole(value, shape)]
    raise Invalid(errors=found)


def folded(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Fold the pairs of a query string: a name given twice becomes a list."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def decode_query(given: dict[str, Any], shape: type[QueryShape]) -> QueryShape:
    """Decode the query string, whose values are all text.

    Raises: Invalid with one error per wrong or unknown field.
    """
    errors = []
    for field in fields(shape):
        name = field.encode_name
        if name in given:
            error = _leaf(given[name], field.type, f"?{name}", strict=False)
            if error:
                errors.append(error)
        elif field.required:
            errors.append(FieldError(f"?{name}", "required", _REQUIRED))
    known = {field.encode_name for field in fields(shape)}
    errors += [FieldError(f"?{name}", "unknown", _UNKNOWN) for name in given if name not in known]
    if errors:
        raise Invalid(errors=errors)
    return msgspec.convert(given, shape, strict=False)


def _errors(value: Any, shape: Any, path: str) -> list[FieldError]:
    if isinstance(shape, type) and issubclass(shape, Struct) and isinstance(value, dict):
        return _struct_errors(value, shape, path)
    if get_origin(shape) in {list, tuple} and isinstance(value, list) and get_args(shape):
        item_shape = get_args(shape)[0]
        found = [e for index, item in enumerate(value) for e in _errors(item, item_shape, f"{path}/{index}")]
        if found:
            return found
    error = _leaf(value, shape, path, strict=True)
    return [error] if error else []


def _struct_errors(value: dict[str, Any], shape: type[Struct], path: str) -> list[FieldError]:
    found: list[FieldError] = []
    for field in fields(shape):
        name = field.encode_name
        if name in value:
            found += _errors(value[name], _without_none(field.type, value[name]), f"{path}/{name}")
        elif field.required:
            found.append(FieldError(f"{path}/{name}", "required", _REQUIRED))
    if shape.__struct_config__.forbid_unknown_fields:
        known = {field.encode_name for field in fields(shape)}
        found += [FieldError(f"{path}/{name}", "unknown", _UNKNOWN) for name in value if name not in known]
    return found


def _without_none(shape: Any, value: Any) -> Any:
    """Look through ``X | None`` and ``Annotated`` so that errors inside X are found by field."""
    if hasattr(shape, "__metadata__") and isinstance(value, list):
        inner = get_args(shape)[0]
        items = get_args(inner)
        if get_origin(inner) is list and items and isinstance(items[0], type) and issubclass(items[0], Struct):
            return shape if not value else inner
        return shape
    parts = [part for part in get_args(shape) if part is not type(None)]
    if value is not None and len(parts) == 1 and type(None) in get_args(shape):
        return parts[0]
    return shape


def _leaf(value: Any, shape: Any, path: str, *, strict: bool) -> FieldError | None:
    try:
        msgspec.convert(value, shape, strict=strict)
    except msgspec.ValidationError as error:
        return _named(str(error), path)
    return None


def _whole(value: Any, shape: Any) -> FieldError:
    try:
        msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        return _named(str(error), "")
    raise AssertionError("a value refused by decode is refused by convert")


def _named(message: str, path: str) -> FieldError:
    for pattern, code, words in _PATTERNS:
        match = pattern.search(message)
        if match:
            return FieldError(path, code, words, match.groupdict())
    return FieldError(path, "invalid", Words("{reason}.", "{reason}。"), {"reason": message})
