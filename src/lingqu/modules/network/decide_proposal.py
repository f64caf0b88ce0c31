"""Answer a proposed link, take it back, or let its time run out."""

from typing import ClassVar, Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import asdict

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.add_links import add_links
from lingqu.modules.network.events import LinkChanged, LinkProposalEnded
from lingqu.modules.network.links import new_grant
from lingqu.modules.network.proposals import Proposal, read_proposal
from lingqu.modules.network.propose_link import PartnerInactive
from lingqu.modules.network.tell_partner import tell_partner
from lingqu.modules.network.terms import organization_terms
from lingqu.modules.network.types import EVERY_GRANT, NewLink, OrganizationTerms, Status
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_TOLD = {
    "accepted": Words("{partner} accepted your proposed trade link", "{partner} 接受了您提议的供货关系"),
    "declined": Words("{partner} declined your proposed trade link", "{partner} 谢绝了您提议的供货关系"),
    "withdrawn": Words("{partner} took its proposed trade link back", "{partner} 撤回了提议的供货关系"),
    "expired": Words("{partner} did not answer your proposed trade link", "{partner} 未在期限内答复您提议的供货关系"),
}
Ending = Literal["accepted", "declined", "withdrawn"]


class ProposalEnded(Refusal):
    """It was answered, taken back, or its time is over."""

    code = "network.proposal-ended"
    status: ClassVar[int] = 409
    title = Words("The proposal is over", "该提议已结束")
    detail = Words("It is {state}. Propose anew if you both still wish.", "提议{state}。如双方仍有意，请重新提议。")


class OtherSideDecides(Refusal):
    """The side that proposed cannot answer, and only it can take back."""

    code = "network.other-side-decides"
    status: ClassVar[int] = 403
    title = Words("The other side decides", "应由对方操作")


class _Due(Struct, frozen=True):
    id: int
    seller_id: int
    buyer_id: int
    proposer_id: int
    party_id: UUID
    partner_name: str


async def accept_proposal(tx: Tx, *, scope: Scope, proposal_id: int) -> Proposal:
    """Make the proposed link, from its first day or from today if that is past.

    Raises: NotFound, OtherSideDecides, ProposalEnded, PartnerInactive, LinkExists.
    """
    proposal = await _locked(tx, scope, proposal_id, by_proposer=False)
    sides = await organization_terms(tx, organization_ids=[proposal.seller_id, proposal.buyer_id])
    if any(side.status is not Status.ACTIVE for side in sides.values()):
        raise PartnerInactive
    today = business_date(tx.now, sides[proposal.seller_id].time_zone)
    terms = proposal.content
    begin = max(terms.valid_from, today)
    if terms.valid_until is not None and terms.valid_until <= begin:
        raise ProposalEnded(state="expired")
    grants = EVERY_GRANT if terms.grants is None else tuple(new_grant(grant) for grant in terms.grants)
    pair = {"seller_id": proposal.seller_id, "buyer_id": proposal.buyer_id}
    (link_id,) = await add_links(tx, links=[NewLink(**asdict(terms) | pair | {"valid_from": begin, "grants": grants})])
    tx.emit(LinkChanged(link_id=link_id, **pair))
    return await _end(tx, scope, proposal, "accepted", sides=sides, link_id=link_id)


async def decline_proposal(tx: Tx, *, scope: Scope, proposal_id: int, reason: str) -> Proposal:
    """Say no.

    Raises: NotFound, OtherSideDecides, ProposalEnded.
    """
    proposal = await _locked(tx, scope, proposal_id, by_proposer=False)
    return await _end(tx, scope, proposal, "declined", reason=reason)


async def withdraw_proposal(tx: Tx, *, scope: Scope, proposal_id: int) -> Proposal:
    """Take one's own proposal back.

    Raises: NotFound, OtherSideDecides, ProposalEnded.
    """
    proposal = await _locked(tx, scope, proposal_id, by_proposer=True)
    return await _end(tx, scope, proposal, "withdrawn")


async def expire_proposals(tx: Tx) -> bool:
    """End proposals that nobody answered in time, and tell who made them; more may wait when there were many."""
    due = await tx.all(SQL["expire_proposals"], _Due, now=tx.now)
    for one in due:
        tx.emit(LinkProposalEnded(proposal_id=one.id, seller_id=one.seller_id, buyer_id=one.buyer_id, state="expired"))
        await tell_partner(tx, party_id=one.party_id, words=_TOLD["expired"], partner=one.partner_name)
    return len(due) > 0


async def _locked(tx: Tx, scope: Scope, proposal_id: int, *, by_proposer: bool) -> Proposal:
    """Read a proposal as it stays until the end of the transaction, for the side whose turn it is."""
    await read_proposal(tx, scope=scope, proposal_id=proposal_id)
    await tx.values(SQL["lock_proposal"], int, id=proposal_id)
    proposal = await read_proposal(tx, scope=scope, proposal_id=proposal_id)
    if not proposal.is_ours or proposal.is_sent != by_proposer:
        raise OtherSideDecides
    if proposal.status != "open":
        raise ProposalEnded(state=proposal.status)
    if proposal.expires_at <= tx.now:
        raise ProposalEnded(state="expired")
    return proposal


async def _end(
    tx: Tx,
    scope: Scope,
    proposal: Proposal,
    state: Ending,
    *,
    reason: str = "",
    sides: dict[int, OrganizationTerms] | None = None,
    link_id: int | None = None,
) -> Proposal:
    pair = [proposal.seller_id, proposal.buyer_id]
    known = sides or await organization_terms(tx, organization_ids=pair)
    await tx.run(
        SQL["decide_proposal"],
        id=proposal.id,
        status=state,
        decided_by_name=scope.actor.name,
        reason=reason.strip(),
        link_id=link_id,
        now=tx.now,
    )
    after = await read_proposal(tx, scope=scope, proposal_id=proposal.id)
    tx.emit(LinkProposalEnded(proposal_id=proposal.id, seller_id=pair[0], buyer_id=pair[1], state=state))
    tx.record("link-proposal", proposal.id, before=proposal, after=after)
    (other_id,) = set(pair) - {scope.organization_id}
    path = "/link-proposals" if link_id is None else f"/links/{link_id}"
    await tell_partner(
        tx,
        party_id=known[other_id].party_id,
        words=_TOLD[state],
        path=path,
        partner=known[scope.organization_id].name,
    )
    return after
