"""Bring the regions to the tables that come with this version."""

import csv
from importlib.resources import files

from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SCHEMES = {"cn.csv": "gb-t-2260", "us.csv": "us-fips"}


async def load_regions(tx: Tx) -> int:
    """Add what is new, correct what changed and count both; a code that a later table no longer has stays.

    Source: ADR 0006.
    """
    return sum([await _load(tx, table, scheme) for table, scheme in _SCHEMES.items()])


async def _load(tx: Tx, table: str, scheme: str) -> int:
    with (files(__package__) / "regions" / table).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return await tx.run(
        SQL["load_regions"],
        scheme=scheme,
        id=[int(row["id"]) for row in rows],
        parent_id=[int(row["parent_id"]) if row["parent_id"] else None for row in rows],
        level=[row["level"] for row in rows],
        code=[row["code"] for row in rows],
        name_zh=[row["name_zh"] for row in rows],
        name_en=[row["name_en"] for row in rows],
        latitude=[float(row["latitude"]) if row["latitude"] else None for row in rows],
        longitude=[float(row["longitude"]) if row["longitude"] else None for row in rows],
    )
