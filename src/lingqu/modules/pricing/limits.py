"""Limits on resale: what a brand or an upstream seller allows others to ask for a pack."""

from collections.abc import Iterable
from datetime import date

from lingqu.kernel.money import MILLION
from lingqu.modules.pricing.faults import fault
from lingqu.modules.pricing.types import Fault, Limit


def breaches(
    limits: Iterable[Limit],
    *,
    seller_kind: str,
    channel: str,
    currency: str,
    business_on: date,
    price_minor: int,
    is_tax_included: bool,
    tax_ppm: int,
) -> tuple[Fault, ...]:
    """Name each limit that a price breaks. Price and limit are compared with tax, exactly.

    Units: minor units per pack; ``tax_ppm`` parts per million.
    """
    price = with_tax(price_minor, tax_ppm, is_tax_included=is_tax_included)
    found: list[Fault] = []
    for limit in limits:
        if (limit.seller_kind, limit.channel, limit.currency) != (seller_kind, channel, currency):
            continue
        if not limit.valid_from <= business_on < limit.valid_until:
            continue
        floor, ceiling = limit.floor_minor, limit.ceiling_minor
        if floor is not None and price < with_tax(floor, tax_ppm, is_tax_included=limit.is_tax_included):
            found.append(fault("below-floor", price_minor=price_minor, floor_minor=floor))
        if ceiling is not None and price > with_tax(ceiling, tax_ppm, is_tax_included=limit.is_tax_included):
            found.append(fault("above-ceiling", price_minor=price_minor, ceiling_minor=ceiling))
    return tuple(found)


def floors(
    limits: Iterable[Limit], *, seller_kind: str, channel: str, currency: str, business_on: date, tax_ppm: int
) -> list[int]:
    """List the floors that hold, with tax, in millionths of a minor unit."""
    return [
        with_tax(limit.floor_minor, tax_ppm, is_tax_included=limit.is_tax_included)
        for limit in limits
        if limit.floor_minor is not None
        and (limit.seller_kind, limit.channel, limit.currency) == (seller_kind, channel, currency)
        and limit.valid_from <= business_on < limit.valid_until
    ]


def with_tax(amount_minor: int, tax_ppm: int, *, is_tax_included: bool) -> int:
    """Give an amount with tax in millionths of a minor unit, so that nothing is rounded."""
    return amount_minor * (MILLION if is_tax_included else MILLION + tax_ppm)
