"""Functions of a cell: each statement stays in the cell, touches one table, and has a form that a shard can run whole.

Source: scale-out.md sections 2.3 and 6, style.md section 10.
"""

import itertools
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import psycopg
from msgspec import Struct
from psycopg.rows import class_row

from tests.architecture.sql_text import statements, targets, tokens
from tools.schema import read_schema

_FORBIDDEN_CALLS = {
    "pg_notify", "set_config", "current_setting", "nextval", "currval", "pg_advisory_lock", "pg_advisory_xact_lock",
    "pg_try_advisory_lock", "pg_try_advisory_xact_lock", "random", "now", "clock_timestamp", "gen_random_uuid",
}  # fmt: skip
_FORBIDDEN_WORDS = {"merge", "execute", "notify", "listen", "savepoint", "commit", "rollback", "truncate"}
_ONE_NODE_ONLY = {"recursive", "grouping", "rollup", "cube", "lateral"}
_BEFORE_A_TABLE = {"from", "join", "update", "into", "using", "only"}


class Function(Struct, frozen=True, kw_only=True):
    schema: str
    name: str
    arguments: list[str]
    body: str


def faults(function: Function, tables: AbstractSet[str]) -> list[str]:
    """Name every statement of a function that a cell's node could not run alone, and why."""
    cut = list(statements(tokens(function.body)))
    has_cell = function.arguments[:1] == ["p_cell"]
    found = []
    if not has_cell and any(_touched(words, function.schema, tables) for words in cut):
        found.append("the first argument is not p_cell")
    for index, words in enumerate(cut):
        touched = _touched(words, function.schema, tables)
        where = " ".join(words[:6])
        found += [f"{where}: {fault}" for fault in _forms(words)]
        if len(set(touched)) > 1:
            found.append(f"{where}: touches {', '.join(sorted(set(touched)))}")
        if touched and not _is_in_cell(words):
            found.append(f"{where}: not tied to the cell")
        if touched and _ONE_NODE_ONLY & set(words):
            found.append(f"{where}: {', '.join(sorted(_ONE_NODE_ONLY & set(words)))} beside a table")
        if touched and _moves_cell(words):
            found.append(f"{where}: changes the cell of a row")
        if touched and "update" in words and "for" not in words and not _is_counted(words, cut[index + 1 : index + 3]):
            found.append(f"{where}: its row count is not checked")
        found += [f"{where}: {name} is called outside the cell" for name in _strays(words)]
    return found


def _touched(words: Sequence[str], schema: str, tables: AbstractSet[str]) -> list[str]:
    found = []
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        name = word if "." in word else f"{schema}.{word}"
        is_read = before in _BEFORE_A_TABLE and not (after == "(" and before != "into")
        if name in tables and (is_read or (before == "," and word in tables)):
            found.append(name)
    return found


def _forms(words: Sequence[str]) -> list[str]:
    found = [f"{word} is forbidden" for word in words if word in _FORBIDDEN_WORDS]
    found += [f"{word}() is forbidden" for word in _called(words) if word in _FORBIDDEN_CALLS]
    if "with" in words and list(targets(words)):
        found.append("writes in a with")
    if words[:1] == ["update"] and "from" in words and "distinct" not in words:
        found.append("update … from is planned anew at each call")
    if _locks(words) and "order" not in words and "skip" not in words:
        found.append("locks in no order")
    return found


def _moves_cell(words: Sequence[str]) -> bool:
    """Tell whether an update writes ``cell_id``: what stands between its set and its where."""
    if words[:1] != ["update"] or "set" not in words:
        return False
    after = list(words[words.index("set") + 1 :])
    written = after[: after.index("where")] if "where" in after else after
    return any(word.rsplit(".", 1)[-1] == "cell_id" and then == "=" for word, then in itertools.pairwise(written))


def _locks(words: Sequence[str]) -> bool:
    return any(pair == ("for", "update") for pair in itertools.pairwise(words))


def _is_in_cell(words: Sequence[str]) -> bool:
    text = " ".join(word.rsplit(".", 1)[-1] for word in words)
    is_read = "cell_id = p_cell" in text
    is_insert = "insert into" in text and "( cell_id" in text and ("select p_cell" in text or "values ( p_cell" in text)
    return is_read or is_insert


def _is_counted(words: Sequence[str], following: Sequence[Sequence[str]]) -> bool:
    is_upsert = "conflict" in words
    return is_upsert or any(list(after[:2]) == ["get", "diagnostics"] for after in following)


def _strays(words: Sequence[str]) -> list[str]:
    pairs = zip(words, words[1:], words[2:], strict=False)
    return [
        name for name, bracket, first in pairs if "_v" in name and "." in name and bracket == "(" and first != "p_cell"
    ]


def _called(words: Sequence[str]) -> list[str]:
    return [word for word, after in itertools.pairwise(words) if after == "("]


def _functions(connection: psycopg.Connection) -> list[Function]:
    with connection.cursor(row_factory=class_row(Function)) as cursor:
        return cursor.execute(
            r"""
            select n.nspname as schema, p.proname as name, coalesce(p.proargnames, '{}') as arguments, p.prosrc as body
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where p.proname ~ '_v\d+$'
              and (n.nspname in ('runtime', 'stock', 'ledger', 'orders') or 'p_cell' = any (p.proargnames))
            order by 1, 2
            """
        ).fetchall()


def _tables(connection: psycopg.Connection) -> set[str]:
    return {table.full_name for table in read_schema(connection)}


def test_functions_of_a_cell_can_be_delegated_whole(connection: psycopg.Connection) -> None:
    tables, functions = _tables(connection), _functions(connection)
    assert functions
    assert not [f"{found.schema}.{found.name}: {fault}" for found in functions for fault in faults(found, tables)]


def test_planted_forms_are_found(connection: psycopg.Connection) -> None:
    def found(body: str) -> list[str]:
        planted = Function(schema="stock", name="planted_v1", arguments=["p_cell"], body=f"begin {body} end")
        return [fault.split(": ", 1)[1] for fault in faults(planted, tables)]

    tables = _tables(connection)
    counted = "get diagnostics v_count = row_count;"
    assert found(f"update balance set on_hand = 0 where cell_id = p_cell and key = any (p_key); {counted}") == []
    assert found("update balance set on_hand = 0 where cell_id = p_cell;") == ["its row count is not checked"]
    assert found(f"update balance set on_hand = 0 where key = 1; {counted}") == ["not tied to the cell"]
    assert found("insert into move (cell_id, id) select p_cell, i from unnest(p_id) as u (i);") == []
    assert found("insert into move (cell_id, id) select 3, i from unnest(p_id) as u (i);") == ["not tied to the cell"]
    assert found("insert into lot (cell_id, id) select p_cell, id from move where cell_id = p_cell;") == [
        "touches stock.lot, stock.move"
    ]
    assert found("perform 1 from balance b join lot l using (cell_id) where b.cell_id = p_cell;") == [
        "touches stock.balance, stock.lot"
    ]
    assert found("for r in select key from balance where cell_id = p_cell for update loop end loop;") == [
        "locks in no order"
    ]
    assert found("for r in select key from balance where cell_id = p_cell order by key for update loop end loop;") == []
    assert found("with gone as (delete from lot where cell_id = p_cell) select 1;") == ["writes in a with"]
    assert found(f"update balance set on_hand = 0 from unnest(p_key) k where cell_id = p_cell; {counted}") == [
        "update … from is planned anew at each call"
    ]
    assert found("perform ledger.hold_v1(3, p_account);") == ["ledger.hold_v1 is called outside the cell"]
    assert found("perform ledger.hold_v1(p_cell, p_account); perform pg_notify('', '');") == [
        "pg_notify() is forbidden"
    ]
    assert found("if exists (select 1 from lot where case when id is null then true else false end) then end if;") == [
        "not tied to the cell"
    ]
    assert found(f"update balance set cell_id = p_to where cell_id = p_cell; {counted}") == [
        "changes the cell of a row"
    ]
    assert found("perform 1 from balance, lateral unnest(p_key) k where cell_id = p_cell;") == [
        "lateral beside a table"
    ]
    assert found("truncate balance;") == ["truncate is forbidden"]
    pure = Function(schema="stock", name="planted_v1", arguments=["p_key"], body="begin return p_key[1]; end")
    assert faults(pure, tables) == []
    body = "begin return query select key from balance where cell_id = p_cell; end"
    cell_last = Function(schema="stock", name="planted_v1", arguments=["p_key", "p_cell"], body=body)
    assert faults(cell_last, tables) == ["the first argument is not p_cell"]
