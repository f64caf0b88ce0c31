"""Which distributor serves which county of Iowa: a decision, kept as a table (docs/adr/0012)."""

import csv
from functools import cache
from importlib.resources import files

from msgspec import Struct

_AMERICA = 840_000_000

DISTRIBUTORS = (
    "Council Bluffs Wholesale",
    "Des Moines Wholesale",
    "Sioux City Wholesale",
    "Ames Wholesale",
    "Iowa City Wholesale",
    "Davenport Wholesale",
    "Waterloo Wholesale",
    "Cedar Rapids Wholesale",
)
"""One for each group of counties, in the order of the table's numbers, which begin with 1."""


class County(Struct, frozen=True):
    """A county: its region (US FIPS) and the number of its distributor."""

    region_id: int
    distributor: int


@cache
def counties() -> dict[str, County]:
    """Give the counties by their names in capitals."""
    text = (files(__package__) / "counties.csv").read_text(encoding="utf-8")
    return {
        row["county"].upper(): County(_AMERICA + int(row["fips"]), int(row["distributor"]))
        for row in csv.DictReader(text.splitlines())
    }
