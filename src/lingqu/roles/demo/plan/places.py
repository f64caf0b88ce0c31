"""The real counties that the channel covers."""

import csv
from functools import cache
from importlib.resources import files

from msgspec import Struct

_PREFECTURE = 100


class County(Struct, frozen=True, kw_only=True):
    """A county as `identity.region` has it (ADR 0006), with its centre."""

    region_id: int
    name: str
    name_en: str
    latitude: float
    longitude: float

    @property
    def prefecture_id(self) -> int:
        """Tell the region around it."""
        return self.region_id // _PREFECTURE * _PREFECTURE

    @property
    def short_name(self) -> str:
        """Give the name as shops bear it, without the word for the kind."""
        return self.name[:-1] if len(self.name) > len("市区") else self.name


@cache
def counties(prefecture_id: int) -> tuple[County, ...]:
    """List the counties of a prefecture that the channel covers, in the order of their codes."""
    with (files(__package__) / "counties.csv").open(encoding="utf-8") as file:
        rows = [
            County(
                region_id=int(row["region_id"]),
                name=row["name"],
                name_en=row["name_en"],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
            )
            for row in csv.DictReader(file)
        ]
    return tuple(county for county in rows if county.prefecture_id == prefecture_id)
