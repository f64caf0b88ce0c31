"""What people type finds what stands there: characters, pinyin, initials, codes."""

import pytest

from lingqu.runtime.search import query_keys, search_keys, sort_key

MILK = "伊利纯牛奶 250ml"


@pytest.mark.parametrize(
    "typed", ["牛奶", "纯牛", "奶", "yili", "ylcnn", "niunai", "cnn", "250", "250ml", "YILI", "伊利 250", "  "]
)
def test_what_should_be_found_is_found(typed: str) -> None:
    wanted = query_keys(typed)
    assert wanted is None or set(wanted) <= set(search_keys(MILK))


@pytest.mark.parametrize("typed", ["奶牛", "蒙牛", "mengniu", "500", "伊奶"])
def test_what_should_not_is_not(typed: str) -> None:
    wanted = query_keys(typed)
    assert wanted is not None
    assert not set(wanted) <= set(search_keys(MILK))


def test_an_empty_question_asks_for_nothing() -> None:
    assert query_keys(None) is None
    assert query_keys(" -,. ") is None
    assert search_keys(None, "") == []


def test_names_sort_as_in_a_chinese_phone_book() -> None:
    assert sorted(["张飞", "刘备", "Adam", "关羽"], key=sort_key) == ["Adam", "关羽", "刘备", "张飞"]
