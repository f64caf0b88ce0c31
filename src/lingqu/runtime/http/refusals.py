"""Every refusal there is, described once: for the pages under ``/docs/problems`` and for ``docs/problems/*.md``."""

import html
from collections.abc import Mapping

from msgspec import Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.runtime import problem


class Described(Struct, frozen=True):
    """One code and its words."""

    code: str
    status: int
    title: Words
    detail: Words | None
    reason: str


def described() -> Mapping[str, Described]:
    """Describe every refusal of what is imported, in the order of their codes.

    ``common.unavailable`` and ``common.broken`` are answers of the edge, not refusals, and are described with them.
    """
    found = {
        code: Described(code, kind.status, kind.title, kind.detail, (kind.__doc__ or "").strip())
        for code, kind in Refusal.known.items()
        if kind.__module__.startswith("lingqu.")
    }
    for code, (status, title, detail, reason) in problem.FAULTS.items():
        found[code] = Described(code, status, title, detail, reason)
    return dict(sorted(found.items()))


def markdown(item: Described) -> str:
    """Write the page of one code, in both languages."""
    parts = [
        f"# {item.code}",
        f"HTTP {item.status} · {item.title.en} · {item.title.zh}",
        *([item.detail.en, item.detail.zh] if item.detail else []),
        item.reason,
    ]
    return "\n\n".join(parts) + "\n"


def index_markdown(items: Mapping[str, Described]) -> str:
    """Write the table of all codes."""
    rows = [f"| [{i.code}]({i.code}.md) | {i.status} | {i.title.en} | {i.title.zh} |" for i in items.values()]
    head = "# Problems · 错误码\n\nWritten by `make problems`; a test keeps it current.\n\n"
    return head + "| code | HTTP | | |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"


def page_html(item: Described, *, language: str) -> str:
    """Write the page of one code in one language."""
    words = [item.title, *([item.detail] if item.detail else [])]
    title, *rest = (html.escape(_of(w, language)) for w in words)
    text = "".join(f"<p>{part}</p>" for part in rest)
    return _page(
        f"{item.code}",
        f'<p><a href="/docs/problems">{_of(_ALL, language)}</a></p><h1>{title}</h1>'
        f"<p><code>{item.code}</code> · HTTP {item.status}</p>{text}<p>{html.escape(item.reason)}</p>",
        language=language,
    )


def index_html(items: Mapping[str, Described], *, language: str) -> str:
    """Write the table of all codes in one language."""
    rows = "".join(
        f'<tr><td><a href="/docs/problems/{i.code}"><code>{i.code}</code></a></td><td>{i.status}</td>'
        f"<td>{html.escape(_of(i.title, language))}</td></tr>"
        for i in items.values()
    )
    title = _of(_ALL, language)
    return _page(title, f"<h1>{title}</h1><table>{rows}</table>", language=language)


_ALL = Words("Problems", "错误码")


def _of(words: Words, language: str) -> str:
    """Take one language's text with its ``{places}`` as they stand: there are no facts to fill them with."""
    return words.zh if language.startswith("zh") else words.en


def _page(title: str, body: str, *, language: str) -> str:
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/docs/docs.css">'
        f"<title>{html.escape(title)}</title><main>{body}</main></html>"
    )
