from lingqu.runtime.http.app import SQL
from lingqu.runtime.tx import Tx


async def test_a_named_statement_is_read_as_a_type(tx: Tx) -> None:
    assert await tx.value(SQL["ping"], int) == 1
