"""Set how low accounts may go."""

from collections.abc import Sequence

from lingqu.modules.ledger.types import Floor
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def set_floor(tx: Tx, *, cell_id: int, floors: Sequence[Floor]) -> None:
    """Set the floors of accounts that have one.

    A floor above what is owed or promised already takes effect step by step: the account gives nothing more, and
    every repayment raises the floor until it stands where it was set.

    Raises: LookupError if an account has no floor to set (a bug: revenue and clearing never get one).
    """
    by_account = {floor.account_id: floor.floor for floor in floors}
    ids = sorted(by_account)
    count = await tx.value(
        SQL["set_floors"], int, cell_id=cell_id, account_id=ids, floor=[by_account[account_id] for account_id in ids]
    )
    if count != len(ids):
        raise LookupError(f"{len(ids) - count} of {len(ids)} accounts have no floor")
