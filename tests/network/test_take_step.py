from collections.abc import Awaitable, Callable
from types import SimpleNamespace

import pytest

from lingqu.kernel.scope import Scope
from lingqu.modules.identity.api import find_session, open_session
from lingqu.modules.network.api import find_epochs, link_terms, scope_of_party
from lingqu.modules.network.events import OrganizationMoved
from lingqu.modules.network.take_step import HasOrganizationsBelow, OnlyFromAbove, Step, take_step
from lingqu.runtime.tx import Tx

Person = Callable[..., Awaitable[Scope]]


async def test_a_suspended_dealer_does_not_trade_until_it_is_resumed(
    tx: Tx, chain: SimpleNamespace, person: Person
) -> None:
    pair = (chain.distributor.id, chain.near.id)
    owner = await person(chain.distributor)
    before = await find_epochs(tx, cell_id=2, seller_ids=[chain.distributor.id])
    await take_step(tx, scope=owner, organization_id=chain.near.id, step=Step.SUSPEND, reason="逾期")
    assert not (await link_terms(tx, pairs=[pair]))[pair].is_active
    after = await find_epochs(tx, cell_id=2, seller_ids=[chain.distributor.id])
    assert after[chain.distributor.id] == before[chain.distributor.id] + 1, "the seller's copies are void"
    event = tx.events[-1][1]
    assert event == OrganizationMoved(
        organization_id=chain.near.id, step="suspend", from_status="active", to_status="suspended"
    )
    await take_step(tx, scope=owner, organization_id=chain.near.id, step=Step.RESUME, reason="已付清")
    assert (await link_terms(tx, pairs=[pair]))[pair].is_active


async def test_closing_ends_the_sessions_of_its_people(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    keeper = await person(chain.near)
    assert keeper.actor.user_id is not None
    token = (await open_session(tx, user_id=keeper.actor.user_id, party_id=chain.near.party_id)).token
    assert await find_session(tx, token=token) is not None
    owner = await person(chain.distributor)
    await take_step(tx, scope=owner, organization_id=chain.near.id, step=Step.CLOSE, reason="停业")
    assert await find_session(tx, token=token) is None
    assert await scope_of_party(tx, actor=keeper.actor, permissions=frozenset()) is None


async def test_a_distributor_with_dealers_is_not_closed(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    with pytest.raises(HasOrganizationsBelow) as refusal:
        await take_step(
            tx, scope=await person(chain.brand), organization_id=chain.distributor.id, step=Step.CLOSE, reason=""
        )
    assert refusal.value.facts == {"below": 2}


async def test_nobody_closes_itself(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    with pytest.raises(OnlyFromAbove):
        await take_step(tx, scope=await person(chain.near), organization_id=chain.near.id, step=Step.CLOSE, reason="")
