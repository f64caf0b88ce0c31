"""The schema as PostgreSQL's own catalogue tells it: tables, columns, keys. Read by docs/schema.md and by tests."""

from collections.abc import Sequence

import psycopg
from msgspec import Struct
from psycopg.rows import class_row

_TABLES = """
select n.nspname as schema, c.relname as name, c.oid::int as oid
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname !~ '^(pg_|information_schema|public)'
order by n.nspname, c.relname
"""

_COLUMNS = """
select a.attrelid::int as table_oid, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
       a.attnotnull as is_required, a.attidentity <> '' as is_identity, a.attgenerated <> '' as is_generated,
       coalesce(pg_get_expr(d.adbin, d.adrelid), '') as default
from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attrelid = any (%s) and a.attnum > 0 and not a.attisdropped
order by a.attrelid, a.attnum
"""

# Expressions have attribute number 0 and so no name: they are shown as "(expression)".
_KEYS = """
select i.indrelid::int as table_oid, c.relname as name, i.indisprimary as is_primary, i.indisunique as is_unique,
       i.indisexclusion as is_exclusion,
       array(select coalesce(a.attname, '(expression)')
             from unnest(i.indkey::int2[]) with ordinality as k (number, position)
             left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
             where k.position <= i.indnkeyatts
             order by k.position)::text[] as columns,
       coalesce(pg_get_expr(i.indpred, i.indrelid), '') as condition
from pg_index i join pg_class c on c.oid = i.indexrelid
where i.indrelid = any (%s)
order by i.indrelid, not i.indisprimary, c.relname
"""

_FOREIGN_KEYS = """
select o.conrelid::int as table_oid, o.conname as name, n.nspname as to_schema, c.relname as to_table,
       array(select a.attname from unnest(o.conkey) with ordinality as k (number, position)
             join pg_attribute a on a.attrelid = o.conrelid and a.attnum = k.number
             order by k.position)::text[] as columns,
       array(select a.attname from unnest(o.confkey) with ordinality as k (number, position)
             join pg_attribute a on a.attrelid = o.confrelid and a.attnum = k.number
             order by k.position)::text[] as to_columns,
       o.confdeltype::text as on_delete
from pg_constraint o join pg_class c on c.oid = o.confrelid join pg_namespace n on n.oid = c.relnamespace
where o.contype = 'f' and o.conparentid = 0 and o.conrelid = any (%s)
order by o.conrelid, o.conname
"""

_CHECKS = """
select o.conrelid::int as table_oid, o.conname as name, pg_get_constraintdef(o.oid) as text
from pg_constraint o where o.contype = 'c' and o.conrelid = any (%s) order by o.conrelid, o.conname
"""


_FUNCTIONS = r"""
select n.nspname, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'
       || case when p.prorettype = 'void'::regtype then '' else ' returns ' || pg_get_function_result(p.oid) end
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname !~ '^(pg_|information_schema|public)'
order by n.nspname, p.proname, 2
"""


class Column(Struct, frozen=True, kw_only=True):
    table_oid: int
    name: str
    type: str
    is_required: bool
    is_identity: bool
    is_generated: bool
    default: str


class Key(Struct, frozen=True, kw_only=True):
    """An index, unique or not; ``condition`` is that of a partial one."""

    table_oid: int
    name: str
    is_primary: bool
    is_unique: bool
    is_exclusion: bool
    columns: list[str]
    condition: str


class ForeignKey(Struct, frozen=True, kw_only=True):
    """``on_delete`` is PostgreSQL's letter: a no action, r restrict, c cascade, n set null, d set default."""

    table_oid: int
    name: str
    to_schema: str
    to_table: str
    columns: list[str]
    to_columns: list[str]
    on_delete: str


class CheckConstraint(Struct, frozen=True, kw_only=True):
    table_oid: int
    name: str
    text: str


class Table(Struct, frozen=True, kw_only=True):
    schema: str
    name: str
    columns: Sequence[Column]
    keys: Sequence[Key]
    foreign_keys: Sequence[ForeignKey]
    checks: Sequence[CheckConstraint]

    @property
    def is_data_plane(self) -> bool:
        """Tell whether its rows live in cells; else every node has them all (a reference table)."""
        return any(column.name == "cell_id" for column in self.columns)

    @property
    def full_name(self) -> str:
        """Give schema and name."""
        return f"{self.schema}.{self.name}"


class _Found(Struct, frozen=True):
    schema: str
    name: str
    oid: int


def read_schema(connection: psycopg.Connection) -> list[Table]:
    """Read every table of the product, by schema and name."""
    with connection.cursor(row_factory=class_row(_Found)) as cursor:
        tables = cursor.execute(_TABLES).fetchall()
    oids = [table.oid for table in tables]
    columns = _read(connection, _COLUMNS, Column, oids)
    keys = _read(connection, _KEYS, Key, oids)
    foreign_keys = _read(connection, _FOREIGN_KEYS, ForeignKey, oids)
    checks = _read(connection, _CHECKS, CheckConstraint, oids)
    return [
        Table(
            schema=table.schema,
            name=table.name,
            columns=[column for column in columns if column.table_oid == table.oid],
            keys=[key for key in keys if key.table_oid == table.oid],
            foreign_keys=[key for key in foreign_keys if key.table_oid == table.oid],
            checks=[check for check in checks if check.table_oid == table.oid],
        )
        for table in tables
    ]


def read_functions(connection: psycopg.Connection) -> list[tuple[str, str]]:
    """Read every function of the product: its schema, and its name with arguments and result."""
    return connection.execute(_FUNCTIONS).fetchall()


def _read(connection: psycopg.Connection, query: str, shape: type, oids: list[int]) -> list:
    with connection.cursor(row_factory=class_row(shape)) as cursor:
        return cursor.execute(query, [oids]).fetchall()
