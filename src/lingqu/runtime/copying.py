"""Several ``copy … from stdin`` in one request: each but the first begins without a trip of its own."""

from collections.abc import Iterable, Sequence

from psycopg import generators
from psycopg.abc import PQGen
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn

_PIECE = 1 << 20  # the library keeps what the server has not taken yet


def copy_in(connection: PGconn, statements: Sequence[str], streams: Iterable[bytes]) -> PQGen[None]:
    """Send each statement its rows; for `AsyncConnection.wait`.

    Shapes: one stream of packed rows per statement, in their order.
    Raises: psycopg's error for the first statement that fails; none of them stands then.
    Source: PostgreSQL's manual, "Functions Associated with the COPY Command" and "Multiple Statements in a Simple
            Query".
    """
    connection.send_query(";\n".join(statements).encode())
    yield from generators.send(connection)
    for rows in streams:
        yield from _await(ExecStatus.COPY_IN, connection)
        for start in range(0, len(rows), _PIECE):
            piece = rows if len(rows) <= _PIECE else rows[start : start + _PIECE]
            while connection.put_copy_data(piece) == 0:
                yield from generators.send(connection)
        while connection.put_copy_end() == 0:
            yield from generators.send(connection)
        yield from generators.send(connection)
        yield from _await(ExecStatus.COMMAND_OK, connection)
    yield from generators.fetch_many(connection)


def _await(status: ExecStatus, connection: PGconn) -> PQGen[None]:
    result = yield from generators.fetch(connection)
    if result is None:
        raise AssertionError("the server answers every statement")
    if result.status != status:
        yield from generators.fetch_many(connection)
        raise error_from_result(result, encoding="utf-8")
