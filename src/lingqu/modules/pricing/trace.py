"""Why this price: every price that could have been meant, and the condition on which each but one lost."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from lingqu.kernel.rulelist import Condition, Rule, decide
from lingqu.modules.pricing.seller import Seller
from lingqu.modules.pricing.types import Assignment, Audience, Link, PriceList, Rung, TraceStep

_STEPS = (Audience.ORGANIZATION, Audience.LEVEL, Audience.TERRITORY, Audience.EVERYBODY, Audience.CONSUMER)


class Case(Struct, frozen=True):
    """A pack asked for by somebody on a day."""

    buyer_id: int | None
    link: Link | None
    region_path: tuple[int, ...]
    business_on: date
    currency: str
    pack_id: int
    packs: int


_Candidate = tuple[Assignment, PriceList, Rung]


def explain(seller: Seller, case: Case) -> tuple[TraceStep, ...]:
    """Judge every published price of the pack in order of precedence.

    Another buyer's own lists are no candidates, so that nobody reads of them. Conditions are tried in this order:
    organization, level, territory or consumer; currency; list-validity; validity; quantity; then precedence.
    """
    candidates = list(_candidates(seller, case))
    decision = decide((_rule(candidate) for candidate in candidates), case)
    return tuple(
        TraceStep(
            list_id=price_list.id,
            list_code=price_list.code,
            list_name=price_list.name,
            audience=assignment.audience,
            item_id=rung.item_id,
            min_packs=rung.min_packs,
            price_minor=rung.price_minor,
            is_tax_included=price_list.is_tax_included,
            is_winner=verdict.is_winner,
            lost_on=verdict.lost_on,
            wants=verdict.wants,
        )
        for (assignment, price_list, rung), verdict in zip(candidates, decision.trace, strict=True)
    )


def _candidates(seller: Seller, case: Case) -> Iterator[_Candidate]:
    def nearness(assignment: Assignment) -> int:
        inside = [case.region_path.index(r) for r in assignment.regions if r in case.region_path]
        return min(inside, default=len(case.region_path))

    is_consumer = case.buyer_id is None
    pairs = [
        pair
        for pair in seller.assignments
        if (pair[0].audience is Audience.CONSUMER) == is_consumer and pair[0].organization_id in {None, case.buyer_id}
    ]
    # Sorting is stable: pairs of one step keep the order in which the seller ranked them.
    for assignment, price_list in sorted(pairs, key=lambda p: (_STEPS.index(p[0].audience), nearness(p[0]))):
        for rung in price_list.ladders.get(case.pack_id, ()):
            yield assignment, price_list, rung


def _rule(candidate: _Candidate) -> Rule[Case, int]:
    assignment, price_list, rung = candidate
    conditions = (
        *_audience(assignment),
        Condition("currency", lambda case: case.currency == price_list.currency, price_list.currency),
        Condition(
            "list-validity",
            lambda case: price_list.valid_from <= case.business_on < price_list.valid_until,
            _days(price_list.valid_from, price_list.valid_until),
        ),
        Condition(
            "validity",
            lambda case: rung.valid_from <= case.business_on < rung.valid_until,
            _days(rung.valid_from, rung.valid_until),
        ),
        Condition("quantity", lambda case: rung.min_packs <= case.packs, str(rung.min_packs)),
    )
    return Rule(f"{price_list.code} {rung.min_packs}", conditions, rung.item_id)


def _audience(assignment: Assignment) -> Sequence[Condition[Case]]:
    match assignment.audience:
        case Audience.ORGANIZATION:
            # A candidate only where it is this buyer's own; without a link no list is for it.
            return (Condition("organization", lambda case: case.link is not None),)
        case Audience.LEVEL:
            level = assignment.level or ""
            return (Condition("level", lambda case: case.link is not None and case.link.level == level, level),)
        case Audience.TERRITORY:
            regions = frozenset(assignment.regions)
            wants = ",".join(map(str, sorted(regions)))
            return (Condition("territory", lambda case: not regions.isdisjoint(case.region_path), wants),)
        case Audience.EVERYBODY:
            return (Condition("link", lambda case: case.link is not None),)
        case Audience.CONSUMER:
            return ()


def _days(start: date, end: date) -> str:
    """Write a half-open interval of days as ISO 8601 does; open where it never ends."""
    return f"{start.isoformat()}/{'..' if end == date.max else end.isoformat()}"
