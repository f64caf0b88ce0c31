"""Every refusal has a code of its own that says whose it is, and every sentence stands in both languages."""

import ast
import importlib
import pkgutil
import re
import string
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest

import lingqu
from lingqu.kernel.errors import Refusal, Words
from tests.architecture.house import PACKAGE, level_of_schema, python_files

_CODE = re.compile(r"^[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)+$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ENTRY_POINTS = re.compile(r"\.__main__$")


def faults_of_code(refusal: type[Refusal]) -> list[str]:
    """Tell what is wrong with a refusal's code."""
    where = refusal.__module__.split(".")
    owner = where[2] if where[:2] == ["lingqu", "modules"] else "common"
    found = [] if _CODE.match(refusal.code) else ["is not <module>.<kebab-case>"]
    owns = refusal.code.split(".")[0] in {owner, *(level_of_schema() if owner == "common" else ())}
    return found + ([] if owns else [f"does not begin with {owner}"])


def faults_of_words(words: Words) -> list[str]:
    """Tell what is missing in a sentence of two languages."""
    found = []
    if not words.en.strip() or _HAN.search(words.en):
        found.append("no English")
    if not _HAN.search(words.zh) and _letters(words.zh):
        found.append("no Chinese")
    if not words.zh.strip():
        found.append("no Chinese")
    if _places(words.en) != _places(words.zh):
        found.append("the two languages name different facts")
    return found


def doubles(refusals: Iterable[type[Refusal]]) -> list[str]:
    """Name every code that two refusals share."""
    by_code = defaultdict(set)
    for refusal in refusals:
        by_code[refusal.code].add(f"{refusal.__module__}.{refusal.__qualname__}")
    return [code for code, owners in by_code.items() if len(owners) > 1]


def words_of(tree: ast.Module) -> Iterator[tuple[int, Words]]:
    """Give every sentence written in a source, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Words":
            parts = [*node.args, *(keyword.value for keyword in node.keywords)]
            texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            if len(texts) == len(parts):
                yield node.lineno, Words(*texts)


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _letters(text: str) -> bool:
    return any(letter.isalpha() for letter in re.sub(r"\{\w+\}", "", text))


@pytest.fixture(scope="module")
def refusals() -> list[type[Refusal]]:
    for found in pkgutil.walk_packages(lingqu.__path__, "lingqu."):
        if not _ENTRY_POINTS.search(found.name):
            importlib.import_module(found.name)
    below, known = [Refusal], []
    while below:
        below = [child for parent in below for child in parent.__subclasses__()]
        known += [child for child in below if child.code and child.__module__.startswith("lingqu.")]
    return known


def test_every_refusal_has_a_code_of_its_own(refusals: list[type[Refusal]]) -> None:
    assert len(refusals) > 10
    assert not doubles(refusals)
    assert not [
        f"{refusal.__qualname__}: {refusal.code} {fault}" for refusal in refusals for fault in faults_of_code(refusal)
    ]


def test_every_refusal_has_a_title(refusals: list[type[Refusal]]) -> None:
    assert not [refusal.__qualname__ for refusal in refusals if not isinstance(getattr(refusal, "title", None), Words)]


def test_every_sentence_stands_in_both_languages() -> None:
    found = [(path, line, words) for path, tree in python_files(PACKAGE) for line, words in words_of(tree)]
    assert len(found) > 20
    assert not [f"{path}:{line}: {fault}" for path, line, words in found for fault in faults_of_words(words)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (Words("Only {free} are free.", "仅剩 {free}。"), []),
        (Words("{reason}.", "{reason}。"), []),
        (Words("Sold out", "Sold out"), ["no Chinese"]),
        (Words("已售罄", "已售罄"), ["no English"]),
        (Words("Sold out", " "), ["no Chinese"]),
        (Words("Only {free} are free.", "仅剩 {count}。"), ["the two languages name different facts"]),
    ],
)
def test_planted_sentences_are_found(words: Words, found: list[str]) -> None:
    assert faults_of_words(words) == found


def test_planted_sources_are_read() -> None:
    source = 'x = Words("Not here", "不在此处")\ny = errors.Words(en="Gone", zh="Gone")'
    assert [words.en for _, words in words_of(ast.parse(source))] == ["Not here", "Gone"]


def test_planted_codes_are_found() -> None:
    def planted(code: str, module: str) -> type[Refusal]:
        return type("Planted", (Refusal,), {"code": code, "__module__": module}, abstract=True)

    good = planted("stock.out-of-stock", "lingqu.modules.stock.reserve")
    other = planted("stock.out-of-stock", "lingqu.modules.stock.release")
    assert faults_of_code(good) == []
    assert faults_of_code(planted("OutOfStock", "lingqu.runtime.db")) == [
        "is not <module>.<kebab-case>",
        "does not begin with common",
    ]
    assert faults_of_code(planted("ledger.insufficient", "lingqu.modules.stock.reserve")) == [
        "does not begin with stock"
    ]
    assert doubles([good, other]) == ["stock.out-of-stock"]
