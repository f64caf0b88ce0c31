"""The channel that an import makes, and that a second one leaves alone."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lingqu.roles.iowa.partners import find_partners
from lingqu.roles.iowa.run_import import read_files, run_import
from lingqu.roles.transaction import bulk_database
from lingqu.runtime.db import Database
from lingqu.runtime.engines.cannot_run import CannotRun
from tests.roles.iowa.little_state import PRODUCT_COLUMNS, PRODUCTS, STORE_COLUMNS, STORES, write_csv, write_state

COUNTED = """
    select (select count(*) from network.organization), (select count(*) from network.trade_link),
           (select count(*) from catalog.pack), (select count(*) from pricing.price_item),
           (select count(*) from credit.agreement), (select count(*) from identity.user),
           (select count(*) from runtime.audit), (select sum(value) from network.epoch)
"""


async def rows(database: Database, text: str) -> list[Any]:
    async with database.begin() as tx:
        return await (await tx.connection.execute(text)).fetchall()  # type: ignore[arg-type]


async def test_a_state_becomes_a_channel(fresh_database: Callable[[], str], tmp_path: Path) -> None:
    files = read_files(write_state(tmp_path))
    said: list[str] = []
    async with bulk_database(fresh_database()) as database:
        with pytest.raises(CannotRun, match="Nothing of Iowa was imported"):
            await database.run(find_partners)
        await run_import(database, files=files, report=said.append)
        assert await rows(
            database,
            """select o.code, p.code, o.kind, o.time_zone, o.currency, o.region_id, o.home_cell
               from network.organization o join network.organization p on p.id = o.parent_id
               where o.kind = 'dealer' or o.code in ('IOWA-D2', 'IOWA-V20') order by o.code""",
        ) == [
            ("IOWA-2001", "IOWA-D2", "dealer", "America/Chicago", "USD", 840_019_153, 2),
            ("IOWA-2002", "IOWA-D2", "dealer", "America/Chicago", "USD", 840_019_153, 2),
            ("IOWA-2003", "IOWA-D6", "dealer", "America/Chicago", "USD", 840_019_163, 2),
            ("IOWA-D2", "IOWA", "distributor", "America/Chicago", "USD", None, 2),
            ("IOWA-V20", "IOWA", "supplier", "America/Chicago", "USD", None, 1),
        ]
        assert len(await rows(database, "select from network.organization where kind = 'distributor'")) == 8
        assert await rows(
            database,
            """select s.code, l.code, c.code, t.rate_ppm, k.code, i.price_minor
               from catalog.sku s join network.product_line l on l.id = s.product_line_id
               join catalog.category c on c.id = s.category_id join catalog.tax_class t on t.id = s.tax_class_id
               join pricing.price_item i on i.sku_id = s.id join pricing.price_list k on k.id = i.list_id
               join network.organization o on o.id = k.seller_id
               where o.code in ('IOWA-V10', 'IOWA-V20', 'IOWA-D6') order by s.code, k.code""",
        ) == [
            ("101", "V10", "VODKA", 0, "IOWA-COST", 625),
            ("101", "V10", "VODKA", 0, "IOWA-LIST", 938),
            ("102", "V10", "RUM", 0, "IOWA-COST", 1100),
            ("102", "V10", "RUM", 0, "IOWA-LIST", 1650),
            ("103", "V20", "RUM", 0, "IOWA-COST", 400),
            ("103", "V20", "RUM", 0, "IOWA-LIST", 600),
        ]
        assert await rows(
            database,
            """select s.code, b.code, k.shortage_policy, count(*)
               from network.trade_link k join network.organization s on s.id = k.seller_id
               join network.organization b on b.id = k.buyer_id join network.link_grant g on g.link_id = k.id
               where s.code in ('IOWA-V20', 'IOWA-D6') and b.code in ('IOWA-D6', 'IOWA-2003', 'IOWA-2001')
               group by 1, 2, 3""",
        ) == [("IOWA-D6", "IOWA-2003", "take-free", 4), ("IOWA-V20", "IOWA-D6", "all-or-nothing", 2)]
        assert await rows(database, "select distinct limit_minor, currency from credit.agreement") == [
            (100_000_000_000, "USD")
        ]
        partners = await database.run(find_partners)
        assert partners.seller_of == {2001: 2, 2002: 2, 2003: 6}
        assert partners.costs == {101: 625, 102: 1100, 103: 400}
        assert sorted(partners.goods) == [101, 102, 103]
        assert await rows(database, "select count(*) from identity.user where password_hash is not null") == [(0,)]
    assert said[0] == "1 brand, 2 suppliers, 8 distributors"
    assert said[-1] == "3 of 3 stores (3 new)"


async def test_a_second_import_changes_nothing_and_a_larger_one_adds(
    fresh_database: Callable[[], str], tmp_path: Path
) -> None:
    folder = write_state(tmp_path)
    async with bulk_database(fresh_database()) as database:
        await run_import(database, files=read_files(folder), report=lambda _: None)
        before = await rows(database, COUNTED)
        said: list[str] = []
        await run_import(database, files=read_files(folder), report=said.append)
        assert await rows(database, COUNTED) == before
        assert said[-1] == "3 of 3 stores (0 new)"

        new_store = ("2006", "2022-11-01", "NEW", "A", "6 LANE", "IA", "50309", "41.6", "-93.6", "DES MOINES", "POLK")
        new_product = ("105", "GIN", "DRY", "30", "NORTH", "750", "6", "1", "0", "80", "", "", "", "7.00", "10.50")
        write_csv(folder / "stores.csv", STORE_COLUMNS, [*STORES, new_store])
        write_csv(folder / "products.csv", PRODUCT_COLUMNS, [*PRODUCTS, new_product])
        await run_import(database, files=read_files(folder), report=lambda _: None)
        partners = await database.run(find_partners)
        assert (partners.seller_of[2006], 105 in partners.goods) == (2, True)
        (after,) = await rows(database, COUNTED)
        assert after[0] == before[0][0] + 2, "a store and a supplier"


def test_only_a_replay_loads_polars() -> None:
    roles = "lingqu.roles.api, lingqu.roles.worker, lingqu.roles.iowa.run_import"
    code = f"import sys, {roles}; print('polars' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
