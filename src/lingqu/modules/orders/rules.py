"""What a seller sets: which orders wait for whose approval, and what happens to buyers who pay late."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

Id = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Minor = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Ppm = Annotated[int, Meta(ge=0, le=1_000_000)]
Hours = Annotated[int, Meta(ge=1, le=8760)]
Days = Annotated[int, Meta(ge=0, le=3650)]
Right = Literal["orders.approve", "orders.approve-final", "credit.grant"]
LateAction = Literal["none", "warn", "hold", "refuse"]
Outcome = Literal["passed", "waits", "warned"]


class DecidingLevel(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who decides on a level: whoever holds the right, or whoever has the role where one is named."""

    permission: Right = "orders.approve"
    role_id: Id | None = None


class ApprovalRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule holds where all that it names is true; one that names nothing holds always. Without levels: nobody.

    Units: ``amount_above_minor`` of the order's total; ``discount_from_ppm`` of the dearest discount of any line below
    the seller's prices for everybody; ``floor_within_ppm`` above the floor set upstream (0: at the floor);
    ``credit_above_ppm`` of the credit limit that is used once the order is placed; ``overdue_above_days`` of the
    oldest purchase that is not paid. ``hours``: after them an order that nobody decided on expires.
    """

    name: Annotated[str, Meta(min_length=1, max_length=60)]
    amount_above_minor: Minor | None = None
    discount_from_ppm: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    floor_within_ppm: Ppm | None = None
    credit_above_ppm: Ppm | None = None
    overdue_above_days: Days | None = None
    dealer_levels: Annotated[tuple[Annotated[str, Meta(max_length=20)], ...], Meta(max_length=20)] = ()
    product_line_ids: Annotated[tuple[Id, ...], Meta(max_length=200)] = ()
    levels: Annotated[tuple[DecidingLevel, ...], Meta(max_length=2)] = ()
    hours: Hours = 48


class NewApprovalRules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A seller's rules in their order: the first that holds decides, and the link's own limit comes after all."""

    is_active: bool = False
    rules: Annotated[tuple[ApprovalRule, ...], Meta(max_length=50)] = ()


class ApprovalRules(NewApprovalRules, frozen=True, kw_only=True):
    """The rules as they are kept; version 0: none are."""

    seller_id: int
    version: int


class NewLatePolicy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What happens to new orders of a buyer who is overdue by more than ``after_days``."""

    after_days: Days
    action: LateAction


class LatePolicy(NewLatePolicy, frozen=True, kw_only=True):
    """A policy as it is kept; ``buyer_id`` null: for every buyer that has none of its own."""

    buyer_id: int | None
    buyer_name: str
    version: int


class LatePolicies(Struct, frozen=True):
    """A seller's policies, the one for everybody first."""

    items: list[LatePolicy]


class RuleVerdict(Struct, frozen=True):
    """How one rule fared; ``lost_on`` names the condition that did not hold, empty for a rule that held."""

    rule: str
    lost_on: str = ""
    wants: str = ""
    is_winner: bool = False


class Judgement(Struct, frozen=True, kw_only=True):
    """What the rules said of an order. ``rule``: the one that decided, or ``link``, ``late`` or ``consent``.

    ``facts`` are what they looked at, ``levels`` who decides, ``hours`` how long it waits. ``needs_consent``: its buyer
    decides before them, for its seller entered it.
    """

    outcome: Outcome
    rule: str
    rules_version: int
    facts: dict[str, Any]
    trace: tuple[RuleVerdict, ...]
    levels: tuple[DecidingLevel, ...] = ()
    hours: int = 48
    needs_consent: bool = False


class JudgementView(Struct, frozen=True, kw_only=True):
    """What the rules said of an order, as it is kept with it."""

    outcome: Outcome
    rule: str
    rules_version: int
    facts: dict[str, Any]
    trace: tuple[RuleVerdict, ...]
