"""Judge an order by its seller's rules: pure. What memory does not know is left as a question for the transaction."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from lingqu.kernel import rulelist
from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.rulelist import Condition, Rule
from lingqu.modules.credit.api import Standing
from lingqu.modules.network.api import LinkTerms
from lingqu.modules.orders.behalf import OnBehalf
from lingqu.modules.orders.rules import ApprovalRule, DecidingLevel, Judgement, LateAction, RuleVerdict
from lingqu.modules.pricing.api import PriceBook, Quote, deepest_discount_ppm, nearest_floor_ppm

BOOKED = frozenset({"credit", "overdue"})
"""Conditions about money that only the ledger knows."""
LINK, LATE, CONSENT = "link", "late", "consent"
"""What a judgement names instead of a rule: the link's own limit, the policy for late payers, the buyer's own word."""
_ONE = (DecidingLevel(),)
_MILLION = 1_000_000


class LatePayer(Refusal):
    """The buyer owes for too long, and the seller takes no new orders until it has paid."""

    code = "orders.late-payer"
    status = 409
    title = Words("Overdue amounts must be paid first", "请先结清逾期款项")
    detail = Words(
        "{overdue_minor} (minor units) are overdue, the oldest for {overdue_days} days; "
        "the seller takes new orders up to {after_days} days.",
        "逾期金额 {overdue_minor}（分），最长逾期 {overdue_days} 天；卖方规定逾期超过 {after_days} 天不再接单。",
    )


class Late(Struct, frozen=True, kw_only=True):
    """What happens to a buyer that is overdue by more than some days."""

    after_days: int
    action: LateAction


class Case:
    """An order as the rules look at it. What is dear to work out waits until a rule asks; ``standing``: the ledger."""

    def __init__(self, *, book: PriceBook, quote: Quote, level: str, total_minor: int) -> None:
        self._book = book
        self._quote = quote
        self.level = level
        self.total_minor = total_minor
        self.standing: Standing | None = None
        self.credit_used_minor = 0

    @cached_property
    def discount_ppm(self) -> int:
        """The deepest discount of any line below the standard price."""
        return deepest_discount_ppm(self._book, self._quote)

    @cached_property
    def floor_ppm(self) -> int | None:
        """How far the line nearest to its floor lies above it."""
        return nearest_floor_ppm(self._book, self._quote)

    @cached_property
    def product_lines(self) -> frozenset[int]:
        """The product lines of the order's goods."""
        packs = self._book.packs
        return frozenset([packs[line.pack_id].product_line_id for line in self._quote.lines])

    @property
    def credit_ppm(self) -> int:
        """How much of the credit limit is used once the order is placed."""
        limit = 0 if self.standing is None else self.standing.limit_minor
        if limit:
            return self.credit_used_minor * _MILLION // limit
        return _MILLION + 1 if self.credit_used_minor > 0 else 0

    @property
    def overdue_days(self) -> int:
        """How long the oldest purchase is overdue."""
        return 0 if self.standing is None else self.standing.overdue_days

    def facts(self, conditions: frozenset[str]) -> dict[str, Any]:
        """Tell what was looked at: the total always, the rest where a rule asked for it."""
        found: dict[str, Any] = {"total_minor": self.total_minor, "currency": self._quote.currency}
        if "discount" in conditions:
            found["discount_ppm"] = self.discount_ppm
        if "floor" in conditions:
            found["floor_ppm"] = self.floor_ppm
        if "level" in conditions:
            found["level"] = self.level
        if "credit" in conditions:
            found["credit_ppm"] = self.credit_ppm
        if self.standing is not None:
            found["overdue_minor"] = self.standing.overdue_minor
            found["overdue_days"] = self.standing.overdue_days
        return found


OneRule = Rule[Case, ApprovalRule]


class Watch(Struct, frozen=True, kw_only=True):
    """What one seller's rules ask of one buyer's orders. ``release_above_minor`` is the buyer's own.

    ``on_behalf``: whether the seller may order for it.
    """

    rules: tuple[OneRule, ...] = ()
    version: int = 0
    late: Late | None = None
    release_above_minor: int | None = None
    on_behalf: OnBehalf = "allowed"

    @property
    def conditions(self) -> frozenset[str]:
        """Name everything that some rule asks."""
        return frozenset([condition.name for rule in self.rules for condition in rule.conditions])


class Question(Struct, frozen=True, kw_only=True):
    """An order that only the ledger can judge, under locks. ``needs_consent``: its buyer has to agree besides."""

    watch: Watch
    case: Case
    link: LinkTerms
    needs_consent: bool = False


def compiled(rule: ApprovalRule) -> OneRule:
    """Turn a rule as it is kept into its conditions; those that ask the ledger come last."""
    found: list[Condition[Case]] = []

    def ask(name: str, wanted: Any, holds: Callable[[Case], bool]) -> None:
        found.append(Condition(name, holds, str(wanted)))

    amount, discount, floor = rule.amount_above_minor, rule.discount_from_ppm, rule.floor_within_ppm
    credit, overdue = rule.credit_above_ppm, rule.overdue_above_days
    levels, lines = frozenset(rule.dealer_levels), frozenset(rule.product_line_ids)
    if amount is not None:
        ask("amount", amount, lambda case: case.total_minor > amount)
    if levels:
        ask("level", ", ".join(sorted(levels)), lambda case: case.level in levels)
    if lines:
        ask("line", ", ".join(map(str, sorted(lines))), lambda case: not lines.isdisjoint(case.product_lines))
    if discount is not None:
        ask("discount", discount, lambda case: case.discount_ppm >= discount)
    if floor is not None:
        ask("floor", floor, lambda case: case.floor_ppm is not None and case.floor_ppm <= floor)
    if credit is not None:
        ask("credit", credit, lambda case: case.credit_ppm > credit)
    if overdue is not None:
        ask("overdue", overdue, lambda case: case.overdue_days > overdue)
    return Rule(rule.name, tuple(found), rule)


def judge(watch: Watch | None, link: LinkTerms, case: Case) -> Judgement | Question | None:
    """Judge from memory; None where no rule touches the order.

    What is late, and rules about credit that nothing else decides first, are left as a question.
    """
    if watch is not None:
        if watch.late is not None:
            return Question(watch=watch, case=case, link=link)
        if watch.rules:
            found = _first(watch.rules, case)
            if found == "ask":
                return Question(watch=watch, case=case, link=link)
            if isinstance(found, Rule):
                return _judged(watch, found.result, case)
    return _over_limit(watch, link, case)


def with_consent(judged: Judgement | Question | None, link: LinkTerms, case: Case) -> Judgement | Question:
    """Let an order that its seller entered wait for the buyer's own word before anything else."""
    if isinstance(judged, Question):
        return replace(judged, needs_consent=True)
    if judged is not None and judged.outcome == "waits":
        return replace(judged, needs_consent=True)
    return Judgement(
        outcome="waits",
        rule=CONSENT,
        rules_version=0 if judged is None else judged.rules_version,
        facts=case.facts(frozenset()) if judged is None else judged.facts,
        trace=() if judged is None else judged.trace,
        needs_consent=True,
        hours=link.approval_hours,
    )


def check_late(question: Question) -> None:
    """Refuse an order of who pays so late that its seller takes none.

    Raises: LatePayer.
    """
    late, standing = question.watch.late, question.case.standing
    if late is None or standing is None or late.action != "refuse" or standing.overdue_days <= late.after_days:
        return
    raise LatePayer(
        overdue_minor=standing.overdue_minor, overdue_days=standing.overdue_days, after_days=late.after_days
    )


def answer(question: Question) -> Judgement | None:
    """Judge with what the ledger knows, which the case holds by now."""
    judged = _answer(question)
    if not question.needs_consent:
        return judged
    found = with_consent(judged, question.link, question.case)
    return found if isinstance(found, Judgement) else None


def _answer(question: Question) -> Judgement | None:
    watch, case, late = question.watch, question.case, question.watch.late
    decided = rulelist.decide(watch.rules, case).result
    judged = _over_limit(watch, question.link, case) if decided is None else _judged(watch, decided, case)
    if late is None or case.overdue_days <= late.after_days:
        return judged
    if judged is not None and judged.outcome == "waits":
        return judged
    return Judgement(
        outcome="waits" if late.action == "hold" else "warned",
        rule=LATE,
        rules_version=watch.version,
        facts=case.facts(watch.conditions),
        trace=_trace(watch, case),
        levels=_ONE if late.action == "hold" else (),
        hours=question.link.approval_hours,
    )


def _first(rules: tuple[OneRule, ...], case: Case) -> OneRule | Literal["ask"] | None:
    for rule in rules:
        for condition in rule.conditions:
            if condition.name in BOOKED:
                return "ask"
            if not condition.holds(case):
                break
        else:
            return rule
    return None


def _judged(watch: Watch, rule: ApprovalRule, case: Case) -> Judgement:
    return Judgement(
        outcome="waits" if rule.levels else "passed",
        rule=rule.name,
        rules_version=watch.version,
        facts=case.facts(watch.conditions),
        trace=_trace(watch, case),
        levels=rule.levels,
        hours=rule.hours,
    )


def _trace(watch: Watch, case: Case) -> tuple[RuleVerdict, ...]:
    """Tell how each rule fared up to the one that decided: what stands after it was not asked."""
    found: list[RuleVerdict] = []
    for one in rulelist.decide(watch.rules, case).trace:
        found.append(RuleVerdict(one.rule, one.lost_on, one.wants, one.is_winner))
        if one.is_winner:
            break
    return tuple(found)


def _over_limit(watch: Watch | None, link: LinkTerms, case: Case) -> Judgement | None:
    limit = link.approval_above_minor
    if limit is None or case.total_minor <= limit:
        return None
    return Judgement(
        outcome="waits",
        rule=LINK,
        rules_version=0 if watch is None else watch.version,
        facts=case.facts(frozenset()) | {"limit_minor": limit},
        trace=() if watch is None else _trace(watch, case),
        levels=_ONE,
        hours=link.approval_hours,
    )
