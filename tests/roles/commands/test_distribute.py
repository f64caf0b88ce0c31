"""`lingqu db distribute` as an operator runs it on a plain PostgreSQL: the plan is shown, nothing is changed."""

from collections.abc import Callable

from tests.roles.commands.operator_desk import Operator, failure


def test_the_plan_is_shown_and_a_plain_database_stays(lingqu: Operator, fresh_database: Callable[[], str]) -> None:
    url = fresh_database()
    shown = lingqu("db", "distribute", "--dry-run", "--shards", "32", LINGQU_DATABASE_URL=url)
    assert shown.returncode == 0, shown.stderr
    lines = shown.stdout.splitlines()
    assert (lines[0], lines[-1]) == ("begin;", "select pg_reload_conf();")
    assert "set local citus.shard_count = 32;" in lines
    assert """select create_reference_table('"catalog"."sku"');""" in lines
    assert "functions run where their cell lives" in shown.stderr

    assert "no Citus" in failure(lingqu("db", "distribute", LINGQU_DATABASE_URL=url))
