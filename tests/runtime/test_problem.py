"""Problems in the caller's language."""

import pytest

from lingqu.kernel.errors import Unavailable
from lingqu.runtime import problem


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh"),
        ("", "zh"),
        ("fr-FR,fr", "zh"),
        ("en", "en"),
        ("en-US,zh;q=0.5", "en"),
        ("zh;q=0.3, en;q=0.9", "en"),
        ("en;q=0.3, zh-TW;q=0.9", "zh"),
        ("fr, en;q=0.1", "en"),
        ("en;q=nonsense, zh;q=0.1", "zh"),
        ("*", "zh"),
        (";;;,,,", "zh"),
    ],
)
def test_the_first_of_ours_in_the_header_is_chosen(header: str | None, language: str) -> None:
    assert problem.language_of(header) == language


def test_a_fault_says_when_to_come_again_and_that_nothing_changed() -> None:
    body = problem.of_unavailable(Unavailable("the carrier", retry_after_s=9), language="zh", trace_id="t")
    assert (body["status"], body["detail"]) == (503, "请在 9 秒后重试，数据未被更改。")
    assert "carrier" not in str(body), "what is broken inside is not the caller's business"


def test_a_bug_gives_its_number_and_nothing_else() -> None:
    body = problem.of_bug(language="en", trace_id="abc")
    assert (body["status"], body["code"]) == (500, "common.broken")
    assert "abc" in body["detail"]
