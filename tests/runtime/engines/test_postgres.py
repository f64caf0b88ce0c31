import psycopg
import pytest

from lingqu.runtime.engines.postgres import PostgresEngine


def test_text_is_utf8_and_sorts_the_same_everywhere(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        row = connection.execute(
            "select pg_encoding_to_char(encoding), datlocprovider::text, datlocale from pg_database"
            " where datname = current_database()"
        ).fetchone()
    assert row == ("UTF8", "b", "C.UTF-8")


def test_a_wrong_password_is_refused_even_on_the_private_socket(postgres_server: PostgresEngine) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres_server.url, password="guess")


def test_the_loopback_address_serves_too(postgres_server: PostgresEngine) -> None:
    with psycopg.connect(postgres_server.tcp_url) as connection:
        assert connection.execute("select current_user").fetchone() == ("lingqu",)
