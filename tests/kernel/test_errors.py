import pytest

from lingqu.kernel.errors import Refusal, Stale, Words


def test_a_sentence_is_said_in_the_readers_language_with_its_facts() -> None:
    words = Words("Only {free} left.", "仅剩 {free}。")
    assert words.say("zh-CN", {"free": 3}) == "仅剩 3。"
    assert words.say("en-US", {"free": 3}) == "Only 3 left."
    assert words.say("fr", {"free": 3}) == "Only 3 left."


def test_a_code_belongs_to_one_refusal() -> None:
    with pytest.raises(TypeError, match="is Stale's"):
        type("Other", (Refusal,), {"code": Stale.code})
    assert Refusal.known[Stale.code] is Stale


def test_a_refusal_without_a_code_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="needs a code of its own"):
        type("Nameless", (Refusal,), {})
    assert "" not in Refusal.known
