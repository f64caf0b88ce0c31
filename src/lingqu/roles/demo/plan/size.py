"""How much of a channel the demo makes."""

from enum import StrEnum

from msgspec import Struct


class Scale(StrEnum):
    """How much of a channel the demo makes."""

    SMALL = "small"
    DEFAULT = "default"
    LARGE = "large"


class Size(Struct, frozen=True, kw_only=True):
    """What a scale means.

    ``sale_count`` is how many customers come to the counters, of whom few find nothing; ``quiet_days`` belongs to a
    story: how long a dealer has not ordered.
    """

    day_count: int
    dealer_count: int
    sku_count: int
    member_count: int
    sale_count: int
    quiet_days: int


SIZES = {
    # The same channel with a third of the goods, in its last eight weeks: days cost more than dealers do.
    Scale.SMALL: Size(
        day_count=56, dealer_count=120, sku_count=100, member_count=2_000, sale_count=6_600, quiet_days=28
    ),
    Scale.DEFAULT: Size(
        day_count=548, dealer_count=120, sku_count=300, member_count=20_000, sale_count=65_500, quiet_days=60
    ),
    Scale.LARGE: Size(
        day_count=548, dealer_count=600, sku_count=300, member_count=100_000, sale_count=327_500, quiet_days=60
    ),
}
