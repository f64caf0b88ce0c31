from collections.abc import Callable

import psycopg

from lingqu.kernel.errors import Words
from lingqu.roles.commands.verify import prove
from lingqu.runtime.check import Check
from lingqu.runtime.sql import Statement

_EARLY = Check(
    "runtime.nothing-is-published-early",
    Statement(
        "tests",
        "check_early",
        "select cell_id, count(*) from runtime.outbox where published_at < recorded_at group by cell_id order by 1",
    ),
    Words("No event is published before it is recorded.", "事件不会早于记录时间发布。"),
)


async def test_a_claim_that_holds_has_no_violations(database_url: str) -> None:
    (finding,) = await prove(database_url, [_EARLY])
    assert (finding.check, finding.by_cell, finding.violation_count) == (_EARLY, (), 0)


async def test_violations_are_counted_by_cell(fresh_database: Callable[[], str]) -> None:
    url = fresh_database()
    with psycopg.connect(url) as connection:
        connection.execute(
            """
            insert into runtime.outbox (cell_id, id, events, recorded_at, published_at)
            select cell, gen_random_uuid(), '[]', '2026-03-02', published::timestamptz
            from unnest('{1,1,3,3}'::int[], '{2026-03-01,2026-03-01,2026-03-01,2026-03-03}'::text[])
                 as planted (cell, published)
            """
        )
    (finding,) = await prove(url, [_EARLY])
    assert finding.by_cell == ((1, 2), (3, 1))
    assert finding.violation_count == 3
