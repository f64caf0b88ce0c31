"""`lingqu verify` as an operator runs it: a true book, then one row made false."""

import json
from collections.abc import Callable
from typing import Any

import psycopg

from lingqu.roles.modules import ALL
from tests.roles.commands.operator_desk import Answer, Operator


def last_line(answer: Answer) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return told


def test_true_books_are_proven_and_a_false_row_is_found(lingqu: Operator, fresh_database: Callable[[], str]) -> None:
    url = fresh_database()
    proven = lingqu("verify", LINGQU_DATABASE_URL=url)
    names = [check.name for module in ALL for check in module.checks]
    assert proven.returncode == 0, proven.stderr
    assert last_line(proven) == {"ok": True, "checks": dict.fromkeys(names, 0)}
    assert len(names) > 8

    with psycopg.connect(url) as connection:
        connection.execute(
            """
            insert into ledger.account (cell_id, id, kind, owner, currency, opened_at)
            select cell, gen_random_uuid(), 'revenue', gen_random_uuid(), 'CNY', '2026-03-02'
            from unnest('{1,3,3}'::int[]) as planted (cell);
            insert into ledger.balance (cell_id, account_id, posted) select cell_id, id, 7 from ledger.account
            """
        )
    found = lingqu("verify", LINGQU_DATABASE_URL=url)
    told = last_line(found)
    assert (found.returncode, told["ok"]) == (1, False)
    assert told["checks"]["ledger.balance-is-the-sum-of-postings"] == 3
    assert told["checks"]["stock.on-hand-is-the-sum-of-moves"] == 0
    (line,) = [line for line in found.stdout.splitlines() if "ledger.balance-is-the-sum-of-postings " in line]
    assert line.startswith("NO ")
    assert line.rstrip().endswith("1: 1, 3: 2")
