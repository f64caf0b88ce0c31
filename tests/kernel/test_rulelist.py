"""The first rule whose conditions hold wins, and each loser knows why."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from lingqu.kernel.rulelist import Condition, Rule, Verdict, decide


def rule(name: str, *needs: int) -> Rule[frozenset[int], str]:
    conditions = tuple(Condition[frozenset[int]](f"has-{n}", lambda case, n=n: n in case, str(n)) for n in needs)  # type: ignore[misc]
    return Rule(name, conditions, result=f"result of {name}")


def test_the_trace_names_winner_and_the_condition_each_loser_lost_on() -> None:
    decision = decide([rule("vip", 1, 2), rule("east", 2), rule("all")], frozenset({2}))
    assert decision.result == "result of east"
    assert decision.trace == (
        Verdict("vip", "has-1", "1"),
        Verdict("east", is_winner=True),
        Verdict("all", "precedence", "east"),
    )


def test_where_none_holds_there_is_no_result() -> None:
    decision = decide([rule("vip", 1)], frozenset())
    assert decision.result is None
    assert decision.trace == (Verdict("vip", "has-1", "1"),)
    assert decide([], frozenset()).trace == ()


@given(
    needs=st.lists(st.lists(st.integers(0, 4), max_size=3), max_size=8),
    case=st.frozensets(st.integers(0, 4)),
)
def test_as_the_obvious_way_would_decide(needs: Sequence[list[int]], case: frozenset[int]) -> None:
    rules = [rule(str(index), *wanted) for index, wanted in enumerate(needs)]
    winner = next((str(i) for i, wanted in enumerate(needs) if set(wanted) <= case), None)
    decision = decide(rules, case)
    assert decision.result == (None if winner is None else f"result of {winner}")
    assert [verdict.rule for verdict in decision.trace] == [str(i) for i in range(len(needs))]
    assert [verdict.rule for verdict in decision.trace if verdict.is_winner] == ([] if winner is None else [winner])
    assert all(verdict.is_winner or verdict.lost_on for verdict in decision.trace)
