"""RuleList: ordered rules, the first whose conditions all hold wins, and the answer says why.

Routing, prices, splits and dispatch decide with it. A rule that loses names the condition that lost,
so that a page can answer "why not the other price?" without a second implementation.
"""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from msgspec import Struct

Case = TypeVar("Case")
Result = TypeVar("Result")


class Condition(Struct, Generic[Case], frozen=True):
    """One named test of a case; ``wants`` says in data what it asks for."""

    name: str
    holds: Callable[[Case], bool]
    wants: str = ""


class Rule(Struct, Generic[Case, Result], frozen=True):
    """A result and the conditions under which it holds."""

    name: str
    conditions: tuple[Condition[Case], ...]
    result: Result


class Verdict(Struct, frozen=True):
    """How one rule fared; ``lost_on`` is empty for a rule whose conditions all hold."""

    rule: str
    lost_on: str = ""
    wants: str = ""
    is_winner: bool = False


class Decision(Struct, Generic[Result], frozen=True):
    """The winning result, or none, and every rule's verdict in order."""

    result: Result | None
    trace: tuple[Verdict, ...]


def decide(rules: Iterable[Rule[Case, Result]], case: Case) -> Decision[Result]:
    """Find the first rule whose conditions all hold and tell how each one fared.

    Shapes: the trace has one verdict per rule, in the order given. A rule that would also hold but comes
            later loses on ``precedence``.
    """
    winner: Rule[Case, Result] | None = None
    trace: list[Verdict] = []
    for rule in rules:
        failed = next((c for c in rule.conditions if not c.holds(case)), None)
        if failed is not None:
            trace.append(Verdict(rule.name, failed.name, failed.wants))
        elif winner is None:
            winner = rule
            trace.append(Verdict(rule.name, is_winner=True))
        else:
            trace.append(Verdict(rule.name, "precedence", winner.name))
    return Decision(None if winner is None else winner.result, tuple(trace))
