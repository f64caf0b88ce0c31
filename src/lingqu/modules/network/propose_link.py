"""Propose a trade link to another organization, known by its code; the other side decides."""

from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct
from psycopg.types.json import Jsonb

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import FieldError, Invalid, NotFound, Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.add_links import LinkExists
from lingqu.modules.network.events import LinkProposed
from lingqu.modules.network.links import check_days, new_grant
from lingqu.modules.network.proposals import Message, Proposal, ProposedTerms, read_proposal
from lingqu.modules.network.tell_partner import tell_partner
from lingqu.modules.network.types import TRADING_KINDS, Kind, Status
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SAME = Words("An organization does not trade with itself.", "组织不能与自身建立供货关系。")
_NO_TRADER = Words("This organization does not trade.", "该组织不参与交易。")
_PAST = Words("Choose today or a later day.", "请选择今天或之后的日期。")
_SELLS = Words("{partner} proposes to supply you", "{partner} 提议向您供货")
_BUYS = Words("{partner} proposes to buy from you", "{partner} 提议向您进货")


class ProposalOpen(Refusal):
    """A proposal for the two waits already."""

    code = "network.proposal-open"
    status: ClassVar[int] = 409
    title = Words("A proposal waits already", "已有待答复的提议")
    detail = Words("Answer or withdraw that one first.", "请先答复或撤回该提议。")


class PartnerInactive(Refusal):
    """One side is suspended or not admitted yet."""

    code = "network.partner-inactive"
    status: ClassVar[int] = 409
    title = Words("The other side does not trade now", "对方目前不可交易")


class NewProposal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``side`` is what the caller's organization would do; the other one is named by its code."""

    side: Literal["selling", "buying"]
    partner_code: Annotated[str, Meta(min_length=1, max_length=60)]
    terms: ProposedTerms
    message: Message = ""
    answer_within_days: Annotated[int, Meta(ge=1, le=90)] = 14


class _Partner(Struct, frozen=True):
    id: int
    party_id: UUID
    status: Status
    kind: Kind
    time_zone: str


async def propose_link(tx: Tx, *, scope: Scope, new: NewProposal) -> Proposal:
    """Propose a link; nothing is allowed by it until the other side accepts.

    Raises: NotFound for a code that nobody has, PartnerInactive, LinkExists, ProposalOpen, Invalid.
    """
    partner = await tx.first(SQL["find_partner"], _Partner, code=new.partner_code.strip())
    if partner is None:
        raise NotFound(kind="organization", id=new.partner_code)
    if partner.id == scope.organization_id:
        raise Invalid(errors=[FieldError("/partner_code", "same", _SAME)])
    if partner.kind.value not in TRADING_KINDS or scope.kind not in TRADING_KINDS:
        raise Invalid(errors=[FieldError("/partner_code", "choice", _NO_TRADER)])
    if partner.status is not Status.ACTIVE:
        raise PartnerInactive
    _check(new.terms, today=business_date(tx.now, partner.time_zone))
    own, other = scope.organization_id, partner.id
    seller_id, buyer_id = (own, other) if new.side == "selling" else (other, own)
    pair = {"seller_id": seller_id, "buyer_id": buyer_id}
    if await tx.values(SQL["find_pair"], int, **pair):
        raise LinkExists(seller_id=seller_id, buyer_id=buyer_id)
    ids = await tx.values(
        SQL["add_proposal"],
        int,
        **pair,
        proposer_id=own,
        content=Jsonb(msgspec.to_builtins(new.terms)),
        message=new.message.strip(),
        proposed_by_name=scope.actor.name,
        now=tx.now,
        expires_at=tx.now + timedelta(days=new.answer_within_days),
    )
    if not ids:
        raise ProposalOpen
    proposal = await read_proposal(tx, scope=scope, proposal_id=ids[0])
    tx.emit(LinkProposed(proposal_id=proposal.id, proposer_id=own, **pair))
    tx.record("link-proposal", proposal.id, after=proposal)
    name = proposal.seller_name if new.side == "selling" else proposal.buyer_name
    await tell_partner(tx, party_id=partner.party_id, words=_SELLS if new.side == "selling" else _BUYS, partner=name)
    return proposal


def _check(terms: ProposedTerms, *, today: date) -> None:
    check_days(terms.valid_from, terms.valid_until)
    if terms.valid_until is not None and terms.valid_until <= today:
        raise Invalid(errors=[FieldError("/terms/valid_until", "past", _PAST)])
    for grant in terms.grants or ():
        new_grant(grant)
