"""Problems: every refusal leaves as RFC 9457 problem+json, in the caller's language, field by field."""

from collections.abc import Mapping
from typing import Any

from lingqu.kernel.errors import Refusal, Unavailable, Words

MEDIA_TYPE = "application/problem+json"

_UNAVAILABLE = Words("For the moment not available", "暂时不可用")
_AGAIN = Words("Please try again in {seconds} s. Nothing was changed.", "请在 {seconds} 秒后重试，数据未被更改。")
_BROKEN = Words("Something broke on our side", "系统出现错误")
_REPORT = Words(
    "Nothing was changed. Give the number {trace} to whoever runs this installation.",
    "数据未被更改。请将编号 {trace} 提供给系统管理员。",
)

FAULTS: Mapping[str, tuple[int, Words, Words, str]] = {
    "common.unavailable": (
        503,
        _UNAVAILABLE,
        _AGAIN,
        "Something outside failed or is busy; the request may be sent again.",
    ),
    "common.broken": (500, _BROKEN, _REPORT, "A bug. The log has a line with the same trace id."),
}
"""What the edge answers beside refusals: status, title, detail, and when it happens."""


def language_of(accept_language: str | None) -> str:
    """Choose the language of an answer: the first of zh and en in the header; zh where it says neither.

    Source: RFC 9110 section 12.5.4; quality values are read, wildcards are not.
    """
    wanted: list[tuple[float, str]] = []
    for part in (accept_language or "").split(","):
        tag, _, quality = part.strip().partition(";q=")
        language = tag.split("-")[0].lower()
        if language in {"zh", "en"}:
            try:
                weight = float(quality or 1)
            except ValueError:
                weight = 0.0
            wanted.append((-weight, language))
    return min(wanted)[1] if wanted else "zh"


def of_refusal(refusal: Refusal, *, language: str, trace_id: str) -> dict[str, Any]:
    """Render a refusal.

    Shapes: type, title, status, code, trace_id always; detail, facts and errors[] where there are some.
    """
    body: dict[str, Any] = {
        "type": f"/docs/problems/{refusal.code}",
        "title": refusal.title.say(language, refusal.facts),
        "status": refusal.status,
        "code": refusal.code,
        "trace_id": trace_id,
    }
    if refusal.detail is not None:
        body["detail"] = refusal.detail.say(language, refusal.facts)
    if refusal.facts:
        body["facts"] = refusal.facts
    if refusal.errors:
        body["errors"] = [
            {
                "path": error.path,
                "code": error.code,
                "message": error.words.say(language, error.facts),
                **({"facts": error.facts} if error.facts else {}),
            }
            for error in refusal.errors
        ]
    return body


def of_unavailable(fault: Unavailable, *, language: str, trace_id: str) -> dict[str, Any]:
    """Render an outside fault as 503."""
    return {
        "type": "/docs/problems/common.unavailable",
        "title": _UNAVAILABLE.say(language, {}),
        "status": 503,
        "code": "common.unavailable",
        "detail": _AGAIN.say(language, {"seconds": fault.retry_after_s}),
        "trace_id": trace_id,
    }


def of_bug(*, language: str, trace_id: str) -> dict[str, Any]:
    """Render an unexpected exception as 500, without a word of what broke inside."""
    return {
        "type": "/docs/problems/common.broken",
        "title": _BROKEN.say(language, {}),
        "status": 500,
        "code": "common.broken",
        "detail": _REPORT.say(language, {"trace": trace_id}),
        "trace_id": trace_id,
    }
