"""Routes of network: links that one side proposes and the other accepts."""

from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.network import decide_proposal, proposals, propose_link
from lingqu.modules.network.add_links import LinkExists
from lingqu.modules.network.decide_proposal import OtherSideDecides, ProposalEnded
from lingqu.modules.network.proposals import Proposal, ProposalQuery
from lingqu.modules.network.propose_link import NewProposal, PartnerInactive, ProposalOpen
from lingqu.runtime.http.route import get, post
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx


class Declination(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why not."""

    reason: Annotated[str, Meta(max_length=500)] = ""


@get("/link-proposals", permission="network.read", summary="Trade links that were proposed to one's side, or by it")
async def list_link_proposals(tx: Tx, *, scope: Scope, query: ProposalQuery) -> Listed[Proposal]:
    return await proposals.list_proposals(tx, scope=scope, query=query)


@get("/link-proposals/{proposal_id:int}", permission="network.read", summary="One proposed trade link")
async def read_link_proposal(tx: Tx, *, scope: Scope, proposal_id: int) -> Proposal:
    return await proposals.read_proposal(tx, scope=scope, proposal_id=proposal_id)


@post(
    "/link-proposals",
    permission="network.grant",
    summary="Propose a trade link to an organization whose code one knows",
    refusals=(NotFound, LinkExists, ProposalOpen, PartnerInactive),
)
async def propose_trade_link(tx: Tx, *, scope: Scope, body: NewProposal) -> Proposal:
    return await propose_link.propose_link(tx, scope=scope, new=body)


@post(
    "/link-proposals/{proposal_id:int}/acceptance",
    permission="network.grant",
    summary="Accept a proposed trade link: it is made with its terms",
    status=200,
    refusals=(NotFound, OtherSideDecides, ProposalEnded, PartnerInactive, LinkExists),
)
async def accept_link_proposal(tx: Tx, *, scope: Scope, proposal_id: int) -> Proposal:
    return await decide_proposal.accept_proposal(tx, scope=scope, proposal_id=proposal_id)


@post(
    "/link-proposals/{proposal_id:int}/declination",
    permission="network.grant",
    summary="Decline a proposed trade link",
    status=200,
    refusals=(NotFound, OtherSideDecides, ProposalEnded),
)
async def decline_link_proposal(tx: Tx, *, scope: Scope, proposal_id: int, body: Declination) -> Proposal:
    return await decide_proposal.decline_proposal(tx, scope=scope, proposal_id=proposal_id, reason=body.reason)


@post(
    "/link-proposals/{proposal_id:int}/withdrawal",
    permission="network.grant",
    summary="Take one's own proposed trade link back",
    status=200,
    refusals=(NotFound, OtherSideDecides, ProposalEnded),
)
async def withdraw_link_proposal(tx: Tx, *, scope: Scope, proposal_id: int) -> Proposal:
    return await decide_proposal.withdraw_proposal(tx, scope=scope, proposal_id=proposal_id)


ROUTES = (
    list_link_proposals,
    read_link_proposal,
    propose_trade_link,
    accept_link_proposal,
    decline_link_proposal,
    withdraw_link_proposal,
)
