"""Half-open validity: from a day, until (not including) a day; no end means for good."""

from datetime import date

from msgspec import Struct


class Interval(Struct, frozen=True):
    """Days from ``valid_from`` up to but without ``valid_until``."""

    valid_from: date
    valid_until: date | None = None

    def __post_init__(self) -> None:
        if self.valid_until is not None and self.valid_until <= self.valid_from:
            raise ValueError("an interval ends after it begins")

    def holds(self, day: date) -> bool:
        """Tell whether ``day`` lies inside."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def meets(self, other: "Interval") -> bool:
        """Tell whether the two share at least one day."""
        starts_before_end = other.valid_until is None or self.valid_from < other.valid_until
        ends_after_start = self.valid_until is None or other.valid_from < self.valid_until
        return starts_before_end and ends_after_start
