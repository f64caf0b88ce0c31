"""Proposed trade links as both sides see them."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.network.links import AmountMinor, Days, GrantBody, Hours, ShortagePolicy, TitlePasses
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"proposed_at": "proposed_at", "id": "id"}, default="-proposed_at")

ProposalStatus = Literal["open", "accepted", "declined", "withdrawn", "expired"]
Message = Annotated[str, Meta(max_length=1000)]


class ProposedTerms(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the two shall trade; without ``grants`` everything is allowed."""

    valid_from: date
    valid_until: date | None = None
    shortage_policy: ShortagePolicy = "all-or-nothing"
    title_passes: TitlePasses = "shipment"
    approval_hours: Hours = 48
    payment_days: Days = 0
    approval_above_minor: AmountMinor | None = None
    grants: list[GrantBody] | None = None


class Proposal(Struct, frozen=True, kw_only=True):
    """A link that one side proposed. ``is_sent``: the caller's own organization did; ``is_ours``: it is a side."""

    id: int
    seller_id: int
    seller_name: str
    seller_name_en: str
    buyer_id: int
    buyer_name: str
    buyer_name_en: str
    proposer_id: int
    content: ProposedTerms
    currency: str
    message: str
    status: ProposalStatus
    proposed_by_name: str
    proposed_at: datetime
    expires_at: datetime
    decided_by_name: str
    decided_at: datetime | None
    reason: str
    link_id: int | None
    is_sent: bool
    is_ours: bool


class ProposalQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``side``: what the caller's own organization sent, or was sent."""

    side: Literal["sent", "received"] | None = None
    status: ProposalStatus | None = None


async def list_proposals(tx: Tx, *, scope: Scope, query: ProposalQuery) -> Listed[Proposal]:
    """List proposed links in which the caller's side sells or buys, the last first."""
    return await list_page(
        tx,
        SQL["list_proposals"],
        Proposal,
        query=query,
        sorts=_SORTS,
        own_id=scope.organization_id,
        side=query.side,
        status=query.status,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )


async def read_proposal(tx: Tx, *, scope: Scope, proposal_id: int) -> Proposal:
    """Read one proposed link as either side, or from above.

    Raises: NotFound.
    """
    found = await tx.first(
        SQL["read_proposal"],
        Proposal,
        id=proposal_id,
        own_id=scope.organization_id,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    if found is None:
        raise NotFound(kind="link proposal", id=proposal_id)
    return found
