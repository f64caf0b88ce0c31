"""What a person who runs the product reads: lines with a trace, figures, spans."""

import io
import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from lingqu.runtime import logs, otlp, telemetry

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = "00f067aa0ba902b7"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    written = io.StringIO()
    monkeypatch.setattr("sys.stdout", written)
    logs.configure(level="info", role="api")
    yield written
    root.handlers = handlers
    root.setLevel(level)


def test_a_line_is_json_with_its_trace_and_whatever_it_was_given(lines: io.StringIO) -> None:
    log = logging.getLogger("lingqu.test")
    log.debug("too quiet")
    log.warning("%s is late", "关羽", extra={"job_id": "7"})
    with telemetry.span("GET /x", trace=TRACE):
        log.error("bug", exc_info=ZeroDivisionError("by design"))
    plain, broken = (json.loads(line) for line in lines.getvalue().splitlines())
    assert plain.pop("at").endswith("Z")
    assert plain == {
        "event": "关羽 is late",
        "job_id": "7",
        "level": "warning",
        "logger": "lingqu.test",
        "role": "api",
        "trace_id": "",
    }
    assert broken["trace_id"] == TRACE
    assert "ZeroDivisionError: by design" in broken["exception"]
    assert telemetry.trace_id() == ""


@pytest.mark.parametrize(
    ("header", "trace"), [(f"00-{TRACE}-{PARENT}-01", TRACE), ("00-short-1-01", None), ("", None), (None, None)]
)
def test_a_trace_is_continued_or_begun(header: str | None, trace: str | None) -> None:
    found = telemetry.new_trace_id(header)
    assert len(found) == 32
    assert int(found, 16) >= 0
    assert (found == trace) is (trace is not None)


class Collector(BaseHTTPRequestHandler):
    """Keeps what was posted."""

    posted: list[tuple[str, dict[str, object]]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.posted.append((self.path, json.loads(body)))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def collector() -> Iterator[tuple[str, list[tuple[str, dict[str, object]]]]]:
    Collector.posted = []
    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", Collector.posted
        server.shutdown()
        thread.join()


def test_spans_reach_the_collector_with_our_trace_and_the_callers_span(
    collector: tuple[str, list[tuple[str, dict[str, object]]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, posted = collector
    monkeypatch.setenv(telemetry.ENDPOINT, url)
    end = otlp.start("api")
    try:
        with telemetry.span("GET /x", trace=TRACE, traceparent=f"00-{TRACE}-{PARENT}-01", route="read_x"):
            assert telemetry.trace_id() == TRACE
    finally:
        end()
        telemetry.use_tracer(None)
    ((path, sent),) = posted
    assert path == "/v1/traces"
    (resource,) = sent["resourceSpans"]  # type: ignore[misc]
    assert {"key": "service.name", "value": {"stringValue": "lingqu"}} in resource["resource"]["attributes"]
    (span,) = resource["scopeSpans"][0]["spans"]
    assert (span["traceId"], span["parentSpanId"], span["name"]) == (TRACE, PARENT, "GET /x")
    assert span["attributes"] == [{"key": "route", "value": {"stringValue": "read_x"}}]
    assert int(span["startTimeUnixNano"]) <= int(span["endTimeUnixNano"])


def test_a_collector_that_is_away_costs_spans_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(telemetry.ENDPOINT, "http://127.0.0.1:1")
    end = otlp.start("api")
    with telemetry.span("GET /x", trace=TRACE):
        pass
    end()
    telemetry.use_tracer(None)
