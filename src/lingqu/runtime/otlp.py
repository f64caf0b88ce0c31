"""Spans to an OpenTelemetry collector, where OTEL_EXPORTER_OTLP_ENDPOINT names one.

The exporter speaks OTLP as JSON over HTTP with what is installed anyway; the official ones bring gRPC or protobuf.
Source: OpenTelemetry Protocol 1.x, section "JSON Protobuf Encoding": ids in hexadecimal, 64-bit numbers as strings.
"""

import os
from collections.abc import Callable, Sequence
from typing import Any

import httpx
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult

from lingqu.runtime import telemetry

_WITHIN_S = 5.0


def start(role: str) -> Callable[[], None]:
    """Send this role's spans to the collector that the environment names, and give what ends that."""
    provider = TracerProvider(resource=Resource.create({"service.name": "lingqu", "service.role": role}))
    provider.add_span_processor(BatchSpanProcessor(JSONExporter(os.environ[telemetry.ENDPOINT])))
    telemetry.use_tracer(provider.get_tracer("lingqu"))
    return provider.shutdown


class JSONExporter(SpanExporter):
    """Posts spans to ``<endpoint>/v1/traces``."""

    def __init__(self, endpoint: str) -> None:
        self._url = endpoint.rstrip("/") + "/v1/traces"
        self._client = httpx.Client(timeout=_WITHIN_S)

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Post the spans; a collector that is away costs spans and nothing else."""
        try:
            answer = self._client.post(self._url, json={"resourceSpans": [_of(span) for span in spans]})
        except httpx.HTTPError:
            return SpanExportResult.FAILURE
        return SpanExportResult.SUCCESS if answer.is_success else SpanExportResult.FAILURE

    def shutdown(self) -> None:
        """Close the connection."""
        self._client.close()


def _of(span: ReadableSpan) -> dict[str, Any]:
    context = span.get_span_context()
    if context is None:
        raise AssertionError("a span that has ended has a context")
    return {
        "resource": {"attributes": _attributes(span.resource.attributes)},
        "scopeSpans": [
            {
                "scope": {"name": "lingqu"},
                "spans": [
                    {
                        "traceId": f"{context.trace_id:032x}",
                        "spanId": f"{context.span_id:016x}",
                        "parentSpanId": f"{span.parent.span_id:016x}" if span.parent else "",
                        "name": span.name,
                        "kind": span.kind.value + 1,  # the SDK counts from 0, the protocol from 1
                        "startTimeUnixNano": str(span.start_time),
                        "endTimeUnixNano": str(span.end_time),
                        "attributes": _attributes(span.attributes or {}),
                        "status": {"code": span.status.status_code.value},
                    }
                ],
            }
        ],
    }


def _attributes(given: Any) -> list[dict[str, Any]]:
    return [
        {"key": key, "value": {"intValue": str(value)} if isinstance(value, int) else {"stringValue": str(value)}}
        for key, value in given.items()
    ]
