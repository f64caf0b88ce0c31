from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingqu.kernel.errors import Invalid
from lingqu.modules.pricing.import_prices import export_prices, import_prices, preview_import
from lingqu.modules.pricing.lists import PriceLine
from lingqu.modules.pricing.price_file import read_prices, write_prices
from lingqu.modules.pricing.resale_limits import NewLimit, set_resale_limit
from lingqu.runtime.tx import Tx

HEAD = "sku_code,pack_code,min_packs,price,valid_from,valid_until\n"
PACKS = {("S5", "CS"): (5, 7), ("S5", "EA"): (5, 6)}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("S5,XX,1,1.00,2026-01-01,", "pack_code"),
        ("S5,CS,0,1.00,2026-01-01,", "min_packs"),
        ("S5,CS,1.5,1.00,2026-01-01,", "min_packs"),
        ("S5,CS,1,1.005,2026-01-01,", "price"),
        ("S5,CS,1,-1,2026-01-01,", "price"),
        ("S5,CS,1,NaN,2026-01-01,", "price"),
        ("S5,CS,1,a,2026-01-01,", "price"),
        ("S5,CS,1,1.00,01/02/2026,", "valid_from"),
        ("S5,CS,1,1.00,2026-01-01,2026-01-01", "valid_until"),
        ("S5,CS,1,1.00,2026-01-01,soon", "valid_until"),
    ],
)
def test_each_wrong_cell_is_named_by_row_and_column(row: str, column: str) -> None:
    file = read_prices(f"{HEAD}S5,EA,,0.50,2026-01-01,\n{row}\n", currency="CNY", packs=PACKS)
    assert [(error.row, error.column) for error in file.errors] == [(3, column)]
    assert [price.price_minor for price in file.prices] == [50]


def test_a_price_given_twice_is_named_where_it_comes_again() -> None:
    row = "S5,CS,1,1.00,2026-01-01,\n"
    file = read_prices(HEAD + row + row, currency="CNY", packs=PACKS)
    assert [(error.row, error.column) for error in file.errors] == [(3, "sku_code")]


def test_a_missing_column_is_named() -> None:
    file = read_prices("sku_code,pack_code,min_packs,price,valid_from\n", currency="CNY", packs=PACKS)
    assert [(error.row, error.column) for error in file.errors] == [(1, "valid_until")]


def test_a_file_as_a_spreadsheet_saves_it_is_read() -> None:
    text = "\ufeff" + HEAD.replace("\n", "\r\n") + 'S5,CS,10,"1200",2026-01-01,2026-02-01\r\n'
    file = read_prices(text, currency="JPY", packs=PACKS)
    assert [(p.min_packs, p.price_minor, p.valid_until) for p in file.prices] == [(10, 1200, date(2026, 2, 1))]


@given(st.integers(0, 10**12), st.sampled_from(["CNY", "JPY"]))
def test_what_is_written_reads_back_the_same(minor: int, currency: str) -> None:
    line = PriceLine(
        id=1,
        list_id=1,
        sku_id=5,
        sku_code="S5",
        name_zh="",
        name_en="",
        pack_id=7,
        pack_code="CS",
        pack_name_zh="",
        pack_name_en="",
        units=12,
        min_packs=3,
        price_minor=minor,
        valid_from=date(2026, 1, 1),
        valid_until=None,
        version=1,
    )
    file = read_prices(write_prices([line], currency=currency), currency=currency, packs=PACKS)
    assert [(p.pack_id, p.min_packs, p.price_minor, p.valid_until) for p in file.prices] == [(7, 3, minor, None)]


async def test_a_file_is_previewed_then_set_whole(seeded: Tx, world: SimpleNamespace) -> None:
    await set_resale_limit(
        seeded,
        scope=world.brand,
        limit=NewLimit(
            pack_id=7,
            seller_kind="distributor",
            channel="trade",
            currency="CNY",
            floor_minor=5000,
            valid_from=date(2026, 1, 1),
        ),
    )
    seeded.changes.clear()
    text = f"{HEAD}S5,EA,1,5.00,2026-01-01,\nS5,CS,1,49.99,2026-01-01,\nNONE,CS,1,1,2026-01-01,\n"
    seen = await preview_import(seeded, scope=world.distributor, list_id=1, text=text)
    assert [(error.row, error.column) for error in seen.errors] == [(3, "price"), (4, "pack_code")]
    with pytest.raises(Invalid) as refused:
        await import_prices(seeded, scope=world.distributor, list_id=1, text=text)
    assert [error.path for error in refused.value.errors] == ["/rows/3/price", "/rows/4/pack_code"]
    assert seeded.changes == []
    good = f"{HEAD}S5,EA,1,5.00,2026-01-01,\nS5,CS,1,59.99,2026-01-01,\n"
    done = await import_prices(seeded, scope=world.distributor, list_id=1, text=good, file_name="a.csv")
    assert (done.added_count, done.replaced_count, len(seeded.changes)) == (1, 1, 3)
    history = [(change.object_id, change.after) for change in seeded.changes if change.kind == "price-import"]
    assert history == [("1", {"file_name": "a.csv", "row_count": 2})]
    exported = await export_prices(seeded, scope=world.distributor, list_id=1)
    assert exported.splitlines() == [
        HEAD.strip(),
        "S5,EA,1,5.00,2026-01-01,",
        "S5,CS,1,59.99,2026-01-01,",
        "S5,CS,10,58.00,2026-01-01,",
    ]
    with pytest.raises(Invalid):
        await import_prices(seeded, scope=world.distributor, list_id=1, text=HEAD)
