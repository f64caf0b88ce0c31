"""The loaded demo: every check holds, everything planned was accepted, the books know their dates."""

from collections.abc import Callable

import psycopg
import pytest

from lingqu.roles.demo.fill import fill_database
from lingqu.roles.demo.plan.size import Scale
from lingqu.roles.demo.prepare import clear_torso
from lingqu.roles.modules import MODULES
from lingqu.runtime.check import Check
from tests.roles.demo.conftest import TODAY, Demo

CHECKS = [check for module in MODULES for check in module.checks]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_every_check_holds(demo: Demo, check: Check) -> None:
    with psycopg.connect(demo.url) as connection:
        assert connection.execute(check.statement.text).fetchall() == []


def test_everything_planned_was_accepted(demo: Demo) -> None:
    assert dict(demo.tally.refused) == {"over the limit: orders.money-short": 1}
    assert demo.tally.done["placed"] == demo.tally.done["confirmed"] == demo.tally.done["shipped"] >= 1_500
    assert demo.tally.done["sold"] >= 6_000
    assert demo.tally.done["open"] == 12
    assert demo.tally.done["routed"] == 10
    assert demo.tally.done["sent directly"] == 3


def test_the_months_end_yesterday(demo: Demo) -> None:
    with psycopg.connect(demo.url) as connection:
        row = connection.execute("select min(business_on), max(business_on) from orders.order").fetchone()
        late = connection.execute(
            "select count(*) from orders.order where placed_at::date - business_on not in (0, -1)"
        ).fetchone()
    assert row == (demo.plan.first, demo.plan.last)
    assert late == (0,)


def test_regions_bear_the_names_of_the_plan(demo: Demo) -> None:
    counties = {firm.county.region_id: firm.county for firm in demo.plan.channel.firms}
    with psycopg.connect(demo.url) as connection:
        rows = connection.execute(
            "select id, name_zh, latitude, longitude from identity.region where id = any(%s)", [list(counties)]
        ).fetchall()
    assert {id_: name for id_, name, _, _ in rows} == {id_: county.name for id_, county in counties.items()}
    for id_, _, latitude, longitude in rows:
        assert (latitude, longitude) == pytest.approx((counties[id_].latitude, counties[id_].longitude))


def test_every_write_was_audited(demo: Demo) -> None:
    with psycopg.connect(demo.url) as connection:
        orders = connection.execute(
            "select count(*) from orders.step as s left join runtime.audit as a"
            " on a.kind = 'order' and a.object_id = s.order_id::text where a.id is null"
        ).fetchone()
        members = connection.execute("select count(*) from runtime.audit where kind = 'member'").fetchone()
    assert orders == (0,)
    assert members == (2_000,)


async def test_a_second_fill_changes_nothing(demo: Demo) -> None:
    assert (
        await fill_database(
            demo.url, objects=demo.objects, scale=Scale.SMALL, report=lambda _: None, clock=lambda: TODAY
        )
        is None
    )


def test_only_a_demo_that_was_interrupted_is_cleared_away(demo: Demo, fresh_database: Callable[[], str]) -> None:
    torso, real = fresh_database(), fresh_database()
    with psycopg.connect(torso) as connection:
        connection.execute("update runtime.installation set is_demo = true")
    told: list[str] = []
    clear_torso(torso, report=told.append)
    clear_torso(torso, report=told.append)
    clear_torso(real, report=told.append)
    clear_torso(demo.url, report=told.append)
    assert told == ["The demo was interrupted while it was made; it begins anew."]
    assert [_stands(url) for url in (torso, real, demo.url)] == [False, True, True]


def _stands(url: str) -> bool:
    with psycopg.connect(url) as connection:
        row = connection.execute("select to_regclass('network.organization') is not null").fetchone()
    return row == (True,)
