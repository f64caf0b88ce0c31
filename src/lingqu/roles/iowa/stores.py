"""Stores of the file, each with its county's distributor, or the reason why it has none."""

import re
from pathlib import Path

from msgspec import Struct

from lingqu.roles.iowa.counties import counties
from lingqu.roles.iowa.left_out import LeftOut
from lingqu.roles.iowa.rows import Row, read_rows

FILE = "stores.csv"

_COLUMNS = ("Store", "Name", "Address", "City", "State", "Zip Code", "County", "latitude", "longitude")
_EDGES = {"latitude": 90.0, "longitude": 180.0}


class Store(Struct, frozen=True, kw_only=True):
    """A store that can be placed."""

    number: int
    name: str
    address: str
    latitude: float | None
    longitude: float | None
    region_id: int
    distributor: int


def read_stores(folder: Path) -> tuple[list[Store], list[LeftOut]]:
    """Read the stores that can be placed, and why the others cannot.

    Raises: CannotRun if the file is not there or lacks a column.
    """
    stores: dict[int, Store] = {}
    left_out: list[LeftOut] = []
    for line, row in read_rows(folder / FILE, _COLUMNS):
        reason = _reason(row, stores)
        if reason:
            left_out.append(LeftOut(FILE, line, row["Store"], reason))
            continue
        store = _store(row)
        if store.latitude is None:
            left_out.append(LeftOut(FILE, line, row["Store"], "without coordinates", is_partial=True))
        stores[store.number] = store
    return list(stores.values()), left_out


def _reason(row: Row, known: dict[int, Store]) -> str:
    """Say why a store cannot be placed; empty where it can."""
    if not re.fullmatch(r"[0-9]{1,9}", row["Store"]):
        return "the store has no number"
    if not row["Name"]:
        return "the store has no name"
    if int(row["Store"]) in known:
        return "the store's number stands twice"
    if not row["County"]:
        return "the store has no county, so no distributor serves it"
    if row["County"].upper() not in counties():
        return "the store's county is none of Iowa's"
    return ""


def _store(row: Row) -> Store:
    county = counties()[row["County"].upper()]
    latitude, longitude = _degrees(row, "latitude"), _degrees(row, "longitude")
    is_placed = latitude is not None and longitude is not None
    parts = [row["Address"], row["City"], f"{row['State']} {row['Zip Code']}"]
    return Store(
        number=int(row["Store"]),
        name=" ".join(row["Name"].split()),
        address=", ".join(part for part in parts if part),
        latitude=latitude if is_placed else None,
        longitude=longitude if is_placed else None,
        region_id=county.region_id,
        distributor=county.distributor,
    )


def _degrees(row: Row, name: str) -> float | None:
    try:
        value = float(row[name])
    except ValueError:
        return None
    return value if 0 < abs(value) <= _EDGES[name] else None
