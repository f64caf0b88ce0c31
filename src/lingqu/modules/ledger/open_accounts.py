"""Open accounts."""

from collections.abc import Sequence
from uuid import UUID

from lingqu.modules.ledger.account_id import account_id
from lingqu.modules.ledger.types import NewAccount
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def open_accounts(tx: Tx, *, cell_id: int, accounts: Sequence[NewAccount]) -> list[UUID]:
    """Open the accounts that do not exist yet; one that does is left as it is.

    Shapes: one identifier per account, in the order given.
    """
    ids = [_id_of(account) for account in accounts]
    wanted = dict(sorted(zip(ids, accounts, strict=True), key=lambda pair: pair[0]))
    if not wanted:
        return ids
    columns = list(wanted.values())
    await tx.run(
        SQL["insert_accounts"],
        cell_id=cell_id,
        id=list(wanted),
        kind=[a.kind for a in columns],
        owner=[a.owner for a in columns],
        counterparty=[a.counterparty for a in columns],
        peer_cell=[a.peer_cell for a in columns],
        currency=[a.currency for a in columns],
        now=tx.now,
    )
    await tx.run(SQL["insert_balances"], cell_id=cell_id, id=list(wanted), floor=[a.floor for a in columns])
    return ids


def _id_of(account: NewAccount) -> UUID:
    return account_id(
        kind=account.kind,
        owner=account.owner,
        counterparty=account.counterparty,
        peer_cell=account.peer_cell,
        currency=account.currency,
    )
