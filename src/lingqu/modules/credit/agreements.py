"""Agreements for people: the list with usage and ageing, and one of them."""

from datetime import date
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import StateMachine
from lingqu.modules.credit.types import Agreement, AgreementStatus
from lingqu.modules.network.api import organization_terms
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts(
    {
        "buyer": "buyer_key",
        "seller": "seller_key",
        "owed": "owed_minor",
        "overdue": "overdue_minor",
        "overdue_days": "overdue_days",
        "limit": "limit_minor",
    },
    default="buyer",
)
FLOW: StateMachine[AgreementStatus] = StateMachine(
    "agreement",
    {
        "suspend": (frozenset({AgreementStatus.ACTIVE}), AgreementStatus.SUSPENDED),
        "resume": (frozenset({AgreementStatus.SUSPENDED}), AgreementStatus.ACTIVE),
    },
)


class AgreementQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds names, pinyin initials and codes of either side."""

    seller_id: Annotated[int, Meta(ge=1)] | None = None
    buyer_id: Annotated[int, Meta(ge=1)] | None = None
    status: AgreementStatus | None = None
    is_overdue: bool | None = None
    is_over_limit: bool | None = None


async def list_agreements(tx: Tx, *, scope: Scope, query: AgreementQuery) -> Listed[Agreement]:
    """List the credit lines that the caller's tree grants or uses."""
    page = await list_page(
        tx,
        SQL["list_agreements"],
        Agreement,
        query=query,
        sorts=_SORTS,
        id=None,
        seller_id=query.seller_id,
        buyer_id=query.buyer_id,
        status=query.status,
        is_overdue=query.is_overdue,
        is_over_limit=query.is_over_limit,
        keys=query_keys(query.q),
        today=await _today(tx, scope),
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    return replace(page, items=[replace(item, steps=FLOW.steps_from(item.status)) for item in page.items])


async def read_agreement(tx: Tx, *, scope: Scope, agreement_id: int) -> Agreement:
    """Read one credit line with its usage.

    Raises: NotFound.
    """
    found = await tx.first(
        SQL["list_agreements"],
        Agreement,
        id=agreement_id,
        seller_id=None,
        buyer_id=None,
        status=None,
        is_overdue=None,
        is_over_limit=None,
        keys=None,
        today=await _today(tx, scope),
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    if found is None:
        raise NotFound(kind="agreement", id=agreement_id)
    return replace(found, steps=FLOW.steps_from(found.status))


async def own_agreement(tx: Tx, *, scope: Scope, agreement_id: int) -> Agreement:
    """Read a credit line that the caller's own organization grants.

    Raises: NotFound for any other.
    """
    found = await read_agreement(tx, scope=scope, agreement_id=agreement_id)
    if found.seller_id != scope.organization_id:
        raise NotFound(kind="agreement", id=agreement_id)
    return found


async def _today(tx: Tx, scope: Scope) -> date:
    terms = await organization_terms(tx, organization_ids=[scope.organization_id])
    return business_date(tx.now, terms[scope.organization_id].time_zone)
