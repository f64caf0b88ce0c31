"""Accounts for people: each seen from the side of whoever looks."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.ledger.types import AccountKind
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts(
    {"counterparty": "counterparty_key", "owner": "owner_key", "kind": "kind", "balance": "balance_minor"},
    default="counterparty",
    tie="key",
)


class Side(StrEnum):
    """From whose books an account is seen."""

    OWNER = "owner"
    COUNTERPARTY = "counterparty"


class AccountQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds names, pinyin initials and codes of either side."""

    kind: AccountKind | None = None
    side: Side | None = None
    currency: Annotated[str, Meta(min_length=3, max_length=3)] | None = None
    counterparty_id: Annotated[int, Meta(ge=1)] | None = None
    owner_id: Annotated[int, Meta(ge=1)] | None = None


class Account(Struct, frozen=True, kw_only=True):
    """An account as one side sees it.

    ``balance_minor`` is credits less debits in that side's books: above zero it owes, below zero it is owed. What
    the owner owes the counterparty is what the counterparty is owed, so the two sides see opposite signs.
    ``available_minor`` is what may still be spent, the same for both; null where there is no floor.
    ``limit_minor`` is how far below zero the owner lets the account go.
    """

    id: UUID
    cell_id: int
    kind: AccountKind
    side: Side
    currency: str
    owner: UUID
    owner_id: int | None
    owner_name: str | None
    owner_name_en: str | None
    counterparty: UUID | None
    counterparty_id: int | None
    counterparty_name: str | None
    counterparty_name_en: str | None
    peer_cell: int | None
    balance_minor: int
    held_minor: int
    available_minor: int | None
    limit_minor: int | None
    opened_at: datetime


async def list_accounts(tx: Tx, *, scope: Scope, query: AccountQuery) -> Listed[Account]:
    """List the accounts that the caller's tree owns, and those that others keep for it."""
    return await list_page(
        tx,
        SQL["list_accounts"],
        Account,
        query=query,
        sorts=_SORTS,
        id=None,
        kind=query.kind,
        side=query.side,
        currency=query.currency,
        counterparty_id=query.counterparty_id,
        owner_id=query.owner_id,
        keys=query_keys(query.q),
        **_who(scope),
    )


async def read_account(tx: Tx, *, scope: Scope, account_id: UUID) -> Account:
    """Read one account.

    Raises: NotFound.
    """
    found = await tx.first(
        SQL["list_accounts"],
        Account,
        id=account_id,
        kind=None,
        side=None,
        currency=None,
        counterparty_id=None,
        owner_id=None,
        keys=None,
        **_who(scope),
    )
    if found is None:
        raise NotFound(kind="account", id=account_id)
    return found


def _who(scope: Scope) -> dict[str, object]:
    return {"is_whole": scope.is_whole, "party_id": scope.party_id, "party_ids": list(scope.party_ids)}
