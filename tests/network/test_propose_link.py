"""Proposed links: one side proposes, the other accepts or declines; nothing is allowed before."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from lingqu.kernel.errors import Invalid, NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.api import NewUser, add_users, find_built_in_roles
from lingqu.modules.network.api import Capability, LinkExists, link_terms
from lingqu.modules.network.decide_proposal import (
    OtherSideDecides,
    ProposalEnded,
    accept_proposal,
    decline_proposal,
    expire_proposals,
    withdraw_proposal,
)
from lingqu.modules.network.links import GrantBody, read_link
from lingqu.modules.network.proposals import Proposal, ProposalQuery, ProposedTerms, list_proposals, read_proposal
from lingqu.modules.network.propose_link import NewProposal, PartnerInactive, ProposalOpen, propose_link
from lingqu.modules.network.remind_proposals import remind_of_proposals
from lingqu.runtime.tx import Tx

Person = Callable[..., Awaitable[Scope]]
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def noon(tx: Tx) -> None:
    tx.now = NOON


async def _proposed(tx: Tx, scope: Scope, code: str, side: str = "selling", **terms: Any) -> Proposal:
    content = ProposedTerms(**{"valid_from": TODAY, "payment_days": 30} | terms)
    new = NewProposal(side=side, partner_code=code, terms=content, message="合作愉快")  # type: ignore[arg-type]
    return await propose_link(tx, scope=scope, new=new)


async def test_accepted_it_is_a_link_with_the_proposed_terms(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    seller, buyer = await person(chain.stranger), await person(chain.near)
    grants = [GrantBody(capability=Capability.ORDER, product_line_id=chain.milk)]
    proposal = await _proposed(tx, seller, "S1", valid_from=TODAY - timedelta(3), grants=grants)
    pair = (chain.stranger.id, chain.near.id)
    assert (proposal.is_sent, proposal.status, (proposal.seller_id, proposal.buyer_id)) == (True, "open", pair)
    assert await link_terms(tx, pairs=[pair]) == {}
    (received,) = (await list_proposals(tx, scope=buyer, query=ProposalQuery(side="received", status="open"))).items
    assert (received.id, received.is_sent, received.message) == (proposal.id, False, "合作愉快")
    done = await accept_proposal(tx, scope=buyer, proposal_id=proposal.id)
    assert (done.status, done.decided_by_name) == ("accepted", "manager")
    assert done.link_id is not None
    link = await read_link(tx, scope=seller, link_id=done.link_id)
    assert (link.valid_from, link.payment_days, link.is_ours) == (TODAY, 30, True)
    assert [(one.capability, one.product_line_id) for one in link.grants] == [("order", chain.milk)]
    with pytest.raises(ProposalEnded):
        await decline_proposal(tx, scope=buyer, proposal_id=proposal.id, reason="")
    with pytest.raises(LinkExists):
        await _proposed(tx, seller, "S1")


async def test_a_buyer_may_propose_too_and_the_seller_decides(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    buyer, seller = await person(chain.near), await person(chain.stranger)
    proposal = await _proposed(tx, buyer, "X", side="buying")
    assert (proposal.seller_id, proposal.buyer_id) == (chain.stranger.id, chain.near.id)
    with pytest.raises(OtherSideDecides):
        await accept_proposal(tx, scope=buyer, proposal_id=proposal.id)
    with pytest.raises(OtherSideDecides):
        await withdraw_proposal(tx, scope=seller, proposal_id=proposal.id)
    declined = await decline_proposal(tx, scope=seller, proposal_id=proposal.id, reason="不在服务区")
    assert (declined.status, declined.reason, declined.link_id) == ("declined", "不在服务区", None)
    assert await link_terms(tx, pairs=[(chain.stranger.id, chain.near.id)]) == {}


async def test_who_is_above_sees_it_but_does_not_answer_and_others_see_nothing(
    tx: Tx, chain: SimpleNamespace, person: Person
) -> None:
    proposal = await _proposed(tx, await person(chain.stranger), "S1")
    above, beside = await person(chain.distributor), await person(chain.far)
    assert (await read_proposal(tx, scope=above, proposal_id=proposal.id)).is_ours is False
    assert [one.id for one in (await list_proposals(tx, scope=above, query=ProposalQuery())).items] == [proposal.id]
    assert (await list_proposals(tx, scope=above, query=ProposalQuery(side="received"))).items == []
    with pytest.raises(OtherSideDecides):
        await accept_proposal(tx, scope=above, proposal_id=proposal.id)
    with pytest.raises(NotFound):
        await accept_proposal(tx, scope=beside, proposal_id=proposal.id)
    assert (await list_proposals(tx, scope=beside, query=ProposalQuery())).items == []


async def test_one_waits_at_a_time_and_a_withdrawn_one_makes_room(
    tx: Tx, chain: SimpleNamespace, person: Person
) -> None:
    seller, buyer = await person(chain.stranger), await person(chain.near)
    first = await _proposed(tx, seller, "S1")
    with pytest.raises(ProposalOpen):
        await _proposed(tx, buyer, "X", side="buying")
    assert (await withdraw_proposal(tx, scope=seller, proposal_id=first.id)).status == "withdrawn"
    second = await _proposed(tx, buyer, "X", side="buying")
    assert second.id != first.id


async def test_its_time_runs_out_even_before_the_sweep_and_the_sweep_tells(
    tx: Tx, chain: SimpleNamespace, person: Person
) -> None:
    seller, buyer = await person(chain.stranger), await person(chain.near)
    proposal = await _proposed(tx, seller, "S1")
    tx.now = NOON + timedelta(days=14) - timedelta(seconds=1)
    assert await expire_proposals(tx) is False
    tx.now = NOON + timedelta(days=14)
    with pytest.raises(ProposalEnded) as refused:
        await accept_proposal(tx, scope=buyer, proposal_id=proposal.id)
    assert refused.value.facts == {"state": "expired"}
    assert await expire_proposals(tx) is True
    assert await expire_proposals(tx) is False
    assert (await read_proposal(tx, scope=seller, proposal_id=proposal.id)).status == "expired"


async def test_what_cannot_trade_is_refused(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    seller = await person(chain.stranger)
    with pytest.raises(NotFound):
        await _proposed(tx, seller, "nobody")
    for code, terms in (("X", {}), ("S1", {"valid_until": TODAY}), ("S1", {"valid_from": TODAY, "valid_until": TODAY})):
        with pytest.raises(Invalid):
            await _proposed(tx, seller, code, **terms)
    proposal = await _proposed(tx, seller, "S1")
    await tx.connection.execute("update network.organization set status = 'suspended' where code in ('S1', 'S2')")
    with pytest.raises(PartnerInactive):
        await accept_proposal(tx, scope=await person(chain.near), proposal_id=proposal.id)
    with pytest.raises(PartnerInactive):
        await _proposed(tx, seller, "S2")


async def test_the_other_side_is_reminded_once_a_day_until_it_answers(
    tx: Tx, chain: SimpleNamespace, person: Person
) -> None:
    buyer = await person(chain.near)
    roles = await find_built_in_roles(tx)
    boss = NewUser(login="boss", name="boss", party_id=chain.near.party_id, role_ids=(roles["dealer", "manager"],))
    (boss_id,) = await add_users(tx, users=[boss])
    proposal = await _proposed(tx, await person(chain.stranger), "S1")

    async def reminded() -> list[tuple[int, str]]:
        while await remind_of_proposals(tx):
            pass
        cursor = await tx.connection.execute("select user_id, path from notice.notice where kind = 'notice.reminder'")
        return [(row[0], row[1]) for row in await cursor.fetchall()]

    assert await reminded() == []
    tx.now += timedelta(hours=4)
    once = [(boss_id, "/link-proposals")]
    assert await reminded() == once
    assert await reminded() == once
    tx.now += timedelta(days=1)
    assert await reminded() == once * 2
    await decline_proposal(tx, scope=buyer, proposal_id=proposal.id, reason="不在服务区")
    tx.now += timedelta(days=1)
    assert await reminded() == once * 2


async def test_a_proposal_that_nobody_may_answer_is_told_to_whoever_gives_rights(
    tx: Tx, chain: SimpleNamespace, person: Person
) -> None:
    roles = await find_built_in_roles(tx)
    boss = NewUser(login="boss", name="boss", party_id=chain.near.party_id, role_ids=(roles["dealer", "manager"],))
    (boss_id,) = await add_users(tx, users=[boss])
    await tx.connection.execute(
        "update identity.role set permissions = array_remove(permissions, 'network.grant') where id = %s",
        (roles["dealer", "manager"],),
    )
    await _proposed(tx, await person(chain.stranger), "S1")
    tx.now += timedelta(hours=4)
    assert not await remind_of_proposals(tx)
    cursor = await tx.connection.execute(
        "select t.user_id, t.path, t.title_en = 'Nobody may decide here: the trade link that '"
        " || coalesce(nullif(o.name_en, ''), o.name) || ' proposed waits until somebody is given the right'"
        " from notice.notice as t cross join network.organization as o where o.id = %s",
        (chain.stranger.id,),
    )
    assert await cursor.fetchall() == [(boss_id, "/users", True)]
