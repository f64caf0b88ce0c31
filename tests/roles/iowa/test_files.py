"""What is taken from the files of stores and products, and what is left out with its line and reason."""

from pathlib import Path

import pytest

from lingqu.roles.iowa.counties import DISTRIBUTORS, counties
from lingqu.roles.iowa.left_out import LeftOut, skipped_count, write_left_out
from lingqu.roles.iowa.products import read_products
from lingqu.roles.iowa.stores import read_stores
from lingqu.runtime.engines.cannot_run import CannotRun
from tests.roles.iowa.little_state import write_csv, write_state


def test_every_county_of_iowa_has_one_distributor() -> None:
    table = counties()
    assert len(table) == 99
    assert {county.distributor for county in table.values()} == set(range(1, len(DISTRIBUTORS) + 1))
    assert [county.region_id - 840_019_000 for county in table.values()] == list(range(1, 198, 2))


def test_stores_are_placed_by_their_county(tmp_path: Path) -> None:
    stores, left_out = read_stores(write_state(tmp_path))
    assert [(store.number, store.name, store.distributor, store.latitude) for store in stores] == [
        (2001, "CORNER SHOP", 2, 41.59),
        (2002, "OLD STORE", 2, None),
        (2003, "RIVER SHOP", 6, 41.52),
    ]
    assert stores[0].address == "1 MAIN, DES MOINES, IA 50309"
    assert left_out == [
        LeftOut("stores.csv", 3, "2002", "without coordinates", is_partial=True),
        LeftOut("stores.csv", 5, "2004", "the store has no county, so no distributor serves it"),
        LeftOut("stores.csv", 6, "2005", "the store's county is none of Iowa's"),
        LeftOut("stores.csv", 7, "2001", "the store's number stands twice"),
    ]
    assert skipped_count(left_out) == 3


def test_products_have_their_packs_cost_and_price(tmp_path: Path) -> None:
    products, left_out = read_products(write_state(tmp_path))
    clear, dark, white = products
    assert (clear.cost_minor, clear.price_minor, clear.volume_ml) == (625, 938, 750)
    assert [(pack.code, pack.units, pack.gtin) for pack in clear.packs] == [
        ("bottle", 1, "00088004022723"),
        ("case", 12, "10086816101923"),
    ]
    assert [pack.gtin for pack in (*dark.packs, *white.packs)] == [None, None, None, None]
    assert (dark.attributes, white.vendor_name) == (
        {"age": "3", "proof": "80", "list date": "2012-01-01"},
        "WEST DISTILLERS",
    )
    assert [(row.line, row.key, row.reason, row.is_partial) for row in left_out] == [
        (3, "102", "the bottle is without a bar code: another pack has the same", True),
        (3, "102", "the case is without a bar code: there is none", True),
        (4, "103", "the bottle is without a bar code: there is none", True),
        (4, "103", "the case is without a bar code: its check digit is wrong", True),
        (5, "104", "the product has no cost", False),
    ]


def test_a_file_that_is_not_one_of_these_is_refused_with_words(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match=r"stores\.csv is not there"):
        read_stores(tmp_path)
    write_csv(tmp_path / "stores.csv", ("Store", "Name"), [])
    with pytest.raises(CannotRun, match="has no column Address, City, State, Zip Code, County, latitude, longitude"):
        read_stores(tmp_path)


def test_the_result_file_names_every_row(tmp_path: Path) -> None:
    result = tmp_path / "new" / "result.csv"
    write_left_out(result, [LeftOut("f", 7, "k, 1", "why", is_partial=True), LeftOut("f", 8, "k", "no")])
    assert result.read_text().splitlines() == [
        "file,line,key,what,reason",
        'f,7,"k, 1",partial,why',
        "f,8,k,skipped,no",
    ]
