"""SQL read as tokens: enough to tell what a statement touches, on any dialect PostgreSQL accepts."""

import re
from collections.abc import Iterator, Sequence

_TOKEN = re.compile(
    r"""
      (?P<skip>--[^\n]*|/\*.*?\*/|\s+)
    | (?P<string>[eE]?'(?:[^']|'')*')
    | (?P<body>\$(?P<tag>\w*)\$.*?\$(?P=tag)\$)
    | (?P<parameter>%\(\w+\)s|\$\d+)
    | (?P<name>(?:"[^"]+"|[a-zA-Z_]\w*)(?:\s*\.\s*(?:"[^"]+"|[a-zA-Z_]\w*|\*))*)
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<sign>::|:=|=>|<<|>>|<=|>=|<>|!=|\|\||->>|->|.)
    """,
    re.VERBOSE | re.DOTALL,
)
STRING, BODY = "''", "$$"


def tokens(text: str) -> list[str]:
    """Cut SQL into lower-case tokens: comments gone, a string as '', a dollar-quoted body as $$, a.b one token."""
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup if match.lastgroup != "tag" else "body"
        if kind == "string":
            found.append(STRING)
        elif kind == "body" or (kind == "sign" and match["body"]):
            found.append(BODY)
        elif kind != "skip":
            found.append(re.sub(r'[\s"]', "", match[0]).lower())
    return found


def targets(words: Sequence[str]) -> Iterator[str]:
    """Name every table that the tokens insert into, update, delete from, merge into, truncate or copy into."""
    for index, word in enumerate(words):
        before = words[index - 1] if index else ""
        after = words[index + 1 : index + 4]
        if (word, *after[:1]) in {("insert", "into"), ("delete", "from"), ("merge", "into")}:
            yield _table(after[1:])
        elif word == "update" and before not in {"for", "key", "do", "on"}:
            yield _table(after)
        elif (word == "truncate" or (word == "copy" and before in {"", ";"})) and after[:1] != ["("]:
            yield _table([name for name in after if name != "table"])


def _table(words: Sequence[str]) -> str:
    return next((word for word in words if word != "only"), "")


def statements(words: Sequence[str]) -> Iterator[list[str]]:
    """Cut a PL/pgSQL body into statements, the head of a loop or an if counted as one of its own."""
    current: list[str] = []
    case_depth = 0
    for word in words:
        if word == "case":
            case_depth += 1
        elif word == "end" and case_depth:
            case_depth -= 1
        if word == ";" or (not case_depth and word in {"loop", "then", "else", "begin"}):
            if current:
                yield current
            current = []
            continue
        current.append(word)
    if current:
        yield current
