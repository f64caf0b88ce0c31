"""Trace ids, logs, metrics: what a person who runs the product reads."""

import re
import secrets

_TRACEPARENT = re.compile(r"^[0-9a-f]{2}-(?P<trace>[0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$")


def new_trace_id(traceparent: str | None = None) -> str:
    """Continue the caller's trace or begin one.

    Shapes: 32 hexadecimal digits.
    Source: W3C Trace Context.
    """
    match = _TRACEPARENT.match(traceparent or "")
    return match["trace"] if match else secrets.token_hex(16)
