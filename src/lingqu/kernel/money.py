"""Money: whole minor units of one currency. All rounding of the product happens in this file."""

from collections.abc import Sequence

MILLION = 1_000_000


def prorate(amount: int, weights: Sequence[int]) -> list[int]:
    """Split ``amount`` over ``weights`` so that the parts sum to it exactly.

    Shapes: ``weights`` (n,), n >= 1; result (n,), in the same order.
    Units:  ``amount`` and result in minor units; weights are any non-negative scale.
    Raises: ValueError if ``amount`` or a weight is negative, or all weights are zero.
    Source: Hamilton's largest-remainder method; ties go to the earlier index.
    """
    total = sum(weights)
    if amount < 0 or total <= 0 or min(weights) < 0:
        raise ValueError("a non-negative amount and weights with a positive sum are needed")
    parts = [amount * weight // total for weight in weights]
    remainders = [amount * weight % total for weight in weights]
    missing = amount - sum(parts)
    for index in sorted(range(len(weights)), key=lambda i: (-remainders[i], i))[:missing]:
        parts[index] += 1
    return parts


def rate_of(amount: int, rate_ppm: int) -> int:
    """Take ``rate_ppm`` millionths of ``amount``, rounded half away from zero.

    Units:  ``amount`` and result in minor units; ``rate_ppm`` parts per million (13 % is 130,000).
    Source: half away from zero is the rounding of Chinese VAT invoices.
    """
    return divide_half_up(amount * rate_ppm, MILLION)


def tax_within(gross: int, rate_ppm: int) -> int:
    """Find the tax that a price with tax contains, so that net + tax == gross.

    Units: minor units; ``rate_ppm`` parts per million.
    """
    if gross < 0 or rate_ppm < 0:
        return gross - divide_half_up(gross * MILLION, MILLION + rate_ppm)
    with_tax = MILLION + rate_ppm  # written out: this is asked for every line of every order
    return gross - (2 * MILLION * gross + with_tax) // (2 * with_tax)


def divide_half_up(dividend: int, divisor: int) -> int:
    """Divide whole numbers, rounding half away from zero.

    Raises: ValueError if ``divisor`` is not positive.
    """
    if divisor <= 0:
        raise ValueError("the divisor must be positive")
    quotient = (2 * abs(dividend) + divisor) // (2 * divisor)
    return quotient if dividend >= 0 else -quotient
