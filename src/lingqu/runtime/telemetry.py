"""Trace ids and spans: which lines and figures belong to one request, from the edge to the job it started."""

import contextvars
import random
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

_TRACEPARENT = re.compile(r"^[0-9a-f]{2}-(?P<trace>[0-9a-f]{32})-(?P<parent>[0-9a-f]{16})-[0-9a-f]{2}$")

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
"""Environment variable of OpenTelemetry that names a collector; without it no spans are made."""

_TRACE: contextvars.ContextVar[str] = contextvars.ContextVar("trace")
_tracer: "Tracer | None" = None


def new_trace_id(traceparent: str | None = None) -> str:
    """Continue the caller's trace or begin one.

    Shapes: 32 hexadecimal digits.
    Source: W3C Trace Context.
    """
    match = _TRACEPARENT.match(traceparent) if traceparent else None
    return match["trace"] if match else (random.getrandbits(128) or 1).to_bytes(16, "big").hex()


def trace_id() -> str:
    """Tell the trace of whatever runs now; empty where nothing does on anybody's behalf."""
    return _TRACE.get("")


def use_tracer(tracer: "Tracer | None") -> None:
    """Send spans to this tracer from now on; None: to nobody."""
    global _tracer  # noqa: PLW0603 - one per process, set by the role when it starts
    _tracer = tracer


@contextmanager
def span(name: str, *, trace: str, traceparent: str | None = None, **attributes: str | int) -> Iterator[None]:
    """Mark what runs inside as part of a trace, for the logs and, where a tracer is set, as a span of its own."""
    token = _TRACE.set(trace)
    try:
        if _tracer is None:
            yield
        else:
            with _recorded(_tracer, name, trace, traceparent, attributes):
                yield
    finally:
        _TRACE.reset(token)


@contextmanager
def _recorded(
    tracer: "Tracer", name: str, trace: str, traceparent: str | None, attributes: dict[str, str | int]
) -> Iterator[None]:
    # Loaded only by who sends spans.
    from opentelemetry import trace as api  # noqa: PLC0415

    match = _TRACEPARENT.match(traceparent or "")
    parent = api.SpanContext(
        trace_id=int(trace, 16),
        span_id=int(match["parent"] if match else secrets.token_hex(8), 16),
        is_remote=True,
        trace_flags=api.TraceFlags(api.TraceFlags.SAMPLED),
    )
    context = api.set_span_in_context(api.NonRecordingSpan(parent))
    with tracer.start_as_current_span(name, context=context, attributes=attributes):
        yield
