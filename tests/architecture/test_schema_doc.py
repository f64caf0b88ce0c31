"""docs/schema.md tells the schema as it is."""

import psycopg

from tools.schema_doc import FILE, render


def test_the_document_is_current(connection: psycopg.Connection) -> None:
    assert render(connection) == FILE.read_text(encoding="utf-8"), "run `make schema`"


def test_a_planted_column_shows(connection: psycopg.Connection) -> None:
    connection.execute("alter table stock.lot add column colour text not null default 'red|blue'")
    assert "| colour | text |  | `'red\\|blue'::text` |" in render(connection)
