"""A statement or a function body writes only the schema of its own module."""

from collections.abc import Iterator

import psycopg

from lingqu.roles.modules import MODULES as BUILT
from lingqu.runtime.sql import split
from tests.architecture.house import MODULES, PACKAGE, sql_files
from tests.architecture.sql_text import targets, tokens

_MAKES = {"table", "view", "function", "type", "sequence"}
_ASIDES = {"or", "replace", "if", "not", "exists", "unique", "unlogged", "concurrently", "materialized"}


def foreign_writes(schema: str, text: str) -> list[str]:
    """Name every table that a statement writes outside ``schema``; a name without schema counts as outside."""
    return [target for target in targets(tokens(text)) if not target.startswith(f"{schema}.")]


def foreign_writes_of_function(schema: str, body: str, *, search_path: str) -> list[str]:
    """Name what a function body writes outside ``schema``; its own search path resolves names without schema."""
    words = tokens(body)
    is_own = search_path.split(",", maxsplit=1)[0].strip() == schema
    found = [target for target in targets(words) if not _is_in(target, schema, is_own=is_own)]
    return found + (["(dynamic SQL)"] if "execute" in words else [])


def foreign_makes(schema: str, text: str) -> list[str]:
    """Name every object that a migration makes, changes, drops or indexes outside ``schema``."""
    words = tokens(text)
    found = []
    for index, word in enumerate(words):
        if word in {"create", "alter", "drop"}:
            kind, name = _made(words[index + 1 :])
            found += [name] if kind in _MAKES else []
        if word == "on" and "index" in words[max(index - 5, 0) : index]:
            found.append(words[index + 1])
    return [name for name in found if not name.startswith(f"{schema}.")]


def _is_in(target: str, schema: str, *, is_own: bool) -> bool:
    return target.startswith(f"{schema}.") or (is_own and "." not in target)


def _made(words: list[str]) -> tuple[str, str]:
    kind, name = [word for word in words[:8] if word not in _ASIDES][:2]
    return kind, name


def _statements() -> Iterator[tuple[str, str, str]]:
    for path, text in sql_files(MODULES):
        schema, folder, _ = path.split("/", 2)
        if folder == "sql":
            yield from ((schema, f"{path}: {name}", body) for name, body in split(text, where=path))
    for path, text in sql_files(PACKAGE / "runtime" / "sql"):
        yield from (("runtime", f"runtime/{path}: {name}", body) for name, body in split(text, where=path))


def _functions(connection: psycopg.Connection) -> list[tuple[str, str, str, str]]:
    return connection.execute(
        """
        select n.nspname, p.proname, p.prosrc,
               coalesce((select substr(c, 13) from unnest(p.proconfig) c where c like 'search_path=%%'), '')
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = any (%s) order by 1, 2
        """,
        [["runtime", *(module.name for module in BUILT)]],
    ).fetchall()


def test_named_statements_write_their_own_schema() -> None:
    found = list(_statements())
    assert len(found) >= 6
    assert not [f"{where} -> {name}" for schema, where, text in found for name in foreign_writes(schema, text)]


def test_functions_write_their_own_schema(connection: psycopg.Connection) -> None:
    functions = _functions(connection)
    assert functions
    assert not [
        f"{schema}.{name} -> {target}"
        for schema, name, body, path in functions
        for target in foreign_writes_of_function(schema, body, search_path=path)
    ]


def test_migrations_make_and_write_their_own_schema() -> None:
    trees = [
        ("runtime", PACKAGE / "runtime" / "migrations"),
        *((m.name, MODULES / m.name / "migrations") for m in BUILT),
    ]
    assert not [
        f"{schema}/{path} -> {name}"
        for schema, folder in trees
        for path, text in sql_files(folder)
        for name in foreign_makes(schema, text) + foreign_writes(schema, text)
    ]


def test_planted_writes_are_found() -> None:
    assert foreign_writes("stock", "update ledger.balance set held = 0") == ["ledger.balance"]
    assert foreign_writes("stock", "with x as (delete from only orders.line returning 1) select 1") == ["orders.line"]
    assert foreign_writes("stock", "insert into balance (key) values (1)") == ["balance"]
    assert foreign_writes("stock", "copy ledger.entry (id) from stdin") == ["ledger.entry"]
    harmless = """-- update ledger.balance
        insert into stock.balance as b (key) select 'delete from ledger.balance' from ledger.balance for update
        on conflict (key) do update set key = 1"""
    assert foreign_writes("stock", harmless) == []
    assert (
        foreign_writes_of_function("stock", "begin update balance set on_hand = 0; end", search_path="stock, pg_temp")
        == []
    )
    assert foreign_writes_of_function("stock", "begin update balance set on_hand = 0; end", search_path="ledger") == [
        "balance"
    ]
    assert foreign_writes_of_function("stock", "begin execute 'drop'; end", search_path="stock") == ["(dynamic SQL)"]
    assert foreign_makes("stock", "create table if not exists ledger.x (id int); alter table stock.y add z int") == [
        "ledger.x"
    ]
    assert foreign_makes("stock", "create unique index x on ledger.balance (id); create index y on stock.z (a)") == [
        "ledger.balance"
    ]
    assert foreign_makes(
        "stock", "create or replace function ledger.f_v1() returns int language sql as $$select 1$$"
    ) == ["ledger.f_v1"]
