"""Write docs/schema.md from the migrated schema: `make schema`."""

import secrets
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

from lingqu.roles.install import initialise
from lingqu.roles.modules import MODULES
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.postgres import PostgresEngine
from tools.schema import Key, Table, read_functions, read_schema

FILE = Path(__file__).parents[1] / "docs" / "schema.md"

_HEAD = """# Schema

Written by `make schema` from the migrated database; a test fails when it is not current. Changed only by a migration,
and, for what another module builds on, by an ADR.

One PostgreSQL schema per module, of the same name; only that module writes it. A table is either

- **cell**: rows live in cells. `cell_id` comes first in the primary key and in every unique key, is never updated, and
  ids come from outside (time-ordered UUIDs): on Citus the table is distributed by `cell_id`; or
- **reference**: small, read everywhere, `int4` identity keys: on Citus a reference table.

Modules stand in their order, the lowest first. `*_minor` is money in minor units, quantities are base units,
`key` of the stock module is `bin << 32 | sku`.
"""


def render(connection: psycopg.Connection) -> str:
    """Render the whole document."""
    tables = read_schema(connection)
    functions = read_functions(connection)
    parts = [_HEAD, _overview(tables)]
    for schema in ["runtime", *(module.name for module in MODULES)]:
        own = [table for table in tables if table.schema == schema]
        signatures = [f"- `{name}`" for owner, name in functions if owner == schema]
        if own or signatures:
            parts.append(f"## {schema}\n")
            parts += [_table(table) for table in own]
        if signatures:
            parts.append("### Functions\n\n" + "\n".join(signatures) + "\n")
    return "\n".join(parts)


def _overview(tables: Sequence[Table]) -> str:
    order = {name: place for place, name in enumerate(["runtime", *(module.name for module in MODULES)])}
    lines = [
        f"| [{table.full_name}](#{table.schema}{table.name}) | {table.schema} | {_plane(table)} | "
        f"{', '.join(_primary(table))} |"
        for table in sorted(tables, key=lambda table: (order[table.schema], table.name))
    ]
    return "\n".join(["| table | owner module | plane | primary key |", "|---|---|---|---|", *lines]) + "\n"


def _table(table: Table) -> str:
    lines = [f"### {table.full_name}", "", f"Owner: {table.schema}. Plane: {_plane(table)}.", ""]
    lines += ["| column | type | null | default |", "|---|---|---|---|"]
    lines += [
        f"| {column.name} | {column.type} | {'' if column.is_required else 'yes'} | "
        f"{_code('identity' if column.is_identity else column.default)} |"
        for column in table.columns
    ]
    facts = [*_keys(table), *_references(table), *(f"- {_code(check.text)}" for check in table.checks)]
    return "\n".join([*lines, "", *facts]) + "\n"


def _keys(table: Table) -> Iterator[str]:
    for key in table.keys:
        condition = f" where {_code(key.condition)}" if key.condition else ""
        yield f"- {_kind(key)}: {', '.join(key.columns)}{condition}"


def _references(table: Table) -> Iterator[str]:
    for key in table.foreign_keys:
        yield f"- foreign key: {', '.join(key.columns)} → {key.to_schema}.{key.to_table} ({', '.join(key.to_columns)})"


def _kind(key: Key) -> str:
    if key.is_primary:
        return "primary key"
    if key.is_exclusion:
        return "exclusion"
    return "unique" if key.is_unique else "index"


def _primary(table: Table) -> list[str]:
    return next((key.columns for key in table.keys if key.is_primary), [])


def _plane(table: Table) -> str:
    return "cell" if table.is_data_plane else "reference"


def _code(text: str) -> str:
    return f"`{text.replace('|', chr(92) + '|')}`" if text else ""


@contextmanager
def own_database() -> Iterator[str]:
    """Lend a migrated database that goes away again."""
    home = Home(Path(tempfile.gettempdir()) / f"lingqu-schema-{secrets.token_hex(4)}")
    engine = PostgresEngine(home, is_durable=False)
    try:
        engine.install()
        engine.start()
        initialise(engine.url, cells=None, report=lambda _: None)
        yield engine.url
    finally:
        engine.stop()
        shutil.rmtree(home.postgres.resolve(), ignore_errors=True)
        shutil.rmtree(home.path, ignore_errors=True)


def main() -> None:
    """Migrate a database of its own and write the document."""
    with own_database() as url, psycopg.connect(url) as connection:
        FILE.write_text(render(connection), encoding="utf-8")


if __name__ == "__main__":
    main()
