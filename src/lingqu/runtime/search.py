"""Search keys: character pairs, words and pinyin initials, kept in a ``text[]`` column with a GIN index.

The embedded PostgreSQL has no text-search extension for Chinese; this needs none and runs on any PostgreSQL.
"""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[0-9a-z]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_PREFIX = 12


def search_keys(*texts: str | None) -> list[str]:
    """Make the keys to store for a row with these texts.

    A word gives all its prefixes; Chinese gives characters, pairs, the pinyin of each character's start and
    the pinyin initials of the whole, so that 伊利纯牛奶 is found by 牛奶, yili and ylcnn.
    """
    found: set[str] = set()
    for text in texts:
        lowered = (text or "").lower()
        for word in _WORD.findall(lowered):
            found |= set(_prefixes(word))
        for run in _HAN.findall(lowered):
            found |= set(run) | set(_pairs(run))
            for start in range(len(run)):
                rest = run[start:]
                found |= set(_prefixes(_pinyin(rest, only_initials=True)))
                found |= set(_prefixes(_pinyin(rest)))
    return sorted(found)


def query_keys(q: str | None) -> list[str] | None:
    """Make the keys that a row must all have to match what a person typed; None for an empty question."""
    lowered = (q or "").lower()
    found: set[str] = {word[:_PREFIX] for word in _WORD.findall(lowered)}
    for run in _HAN.findall(lowered):
        found |= set(_pairs(run)) if len(run) > 1 else {run}
    return sorted(found) or None


def sort_key(text: str) -> str:
    """Make the key by which Chinese names sort as in a Chinese phone book."""
    return _pinyin(text.lower())


def _pinyin(text: str, *, only_initials: bool = False) -> str:
    # Its tables take 50 MB, which only a process that writes names pays for.
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER if only_initials else Style.NORMAL))


def _prefixes(word: str) -> Iterable[str]:
    return (word[:length] for length in range(1, min(len(word), _PREFIX) + 1))


def _pairs(run: str) -> Iterable[str]:
    return (run[i : i + 2] for i in range(len(run) - 1))
