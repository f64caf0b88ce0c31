"""An organization joins: applied, agreed on two levels by others than who asked, then active."""

from collections.abc import Awaitable, Callable
from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.approval.api import DecidedBefore, NothingWaits, NotYourLevel, RequesterCannotDecide
from lingqu.modules.network.api import AddedOrganization, CodeTaken, Status
from lingqu.modules.network.apply import Application, apply
from lingqu.modules.network.decide import decide
from lingqu.modules.network.history import read_history
from lingqu.modules.network.take_step import Step, take_step
from lingqu.runtime.tx import Tx

Person = Callable[..., Awaitable[Scope]]


async def applied(tx: Tx, scope: Scope, parent: AddedOrganization, code: str = "NEW") -> int:
    new = Application(kind="dealer", parent_id=parent.id, code=code, name="新店", reason="开发新县")
    return (await apply(tx, scope=scope, application=new)).id


async def test_two_levels_agree_and_the_dealer_joins(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    sales = await person(chain.distributor, "sales")
    dealer = await applied(tx, sales, chain.distributor)
    owner, brand = await person(chain.distributor), await person(chain.brand)
    first = await decide(tx, scope=owner, organization_id=dealer, is_approved=True, reason="查过门店")
    assert (first.status, first.steps) == (Status.APPLIED, ["approve", "reject"])
    second = await decide(tx, scope=brand, organization_id=dealer, is_approved=True, reason="")
    assert second.status is Status.APPROVED
    active = await take_step(tx, scope=owner, organization_id=dealer, step=Step.ACTIVATE, reason="合同已签")
    assert active.status is Status.ACTIVE
    history = await read_history(tx, scope=owner, organization_id=dealer)
    assert history.application is not None
    assert [(d.level, d.user_name, d.organization_name) for d in history.application.decisions] == [
        (1, "manager", "杭州经销"),
        (2, "manager", "天润乳业"),
    ]
    assert [(step.name, step.actor_name, step.reason) for step in history.steps] == [
        ("approve", "manager", ""),
        ("activate", "manager", "合同已签"),
    ]


async def test_who_asked_does_not_decide(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    owner = await person(chain.distributor)
    dealer = await applied(tx, owner, chain.distributor)
    with pytest.raises(RequesterCannotDecide):
        await decide(tx, scope=await person(chain.distributor), organization_id=dealer, is_approved=True, reason="")


async def test_one_person_decides_on_one_level_only(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    dealer = await applied(tx, await person(chain.distributor, "sales"), chain.distributor)
    brand = await person(chain.brand)
    await decide(tx, scope=brand, organization_id=dealer, is_approved=True, reason="")
    with pytest.raises(DecidedBefore):
        await decide(tx, scope=brand, organization_id=dealer, is_approved=True, reason="")
    other = await person(chain.brand, "deputy")
    await decide(tx, scope=other, organization_id=dealer, is_approved=True, reason="")
    with pytest.raises(NothingWaits):
        await decide(tx, scope=other, organization_id=dealer, is_approved=True, reason="")


async def test_the_second_level_is_not_the_parents(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    dealer = await applied(tx, await person(chain.distributor, "sales"), chain.distributor)
    await decide(tx, scope=await person(chain.distributor), organization_id=dealer, is_approved=True, reason="")
    with pytest.raises(NotYourLevel):
        await decide(
            tx, scope=await person(chain.distributor, "deputy"), organization_id=dealer, is_approved=True, reason=""
        )


async def test_the_first_refusal_ends_it(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    dealer = await applied(tx, await person(chain.distributor, "sales"), chain.distributor)
    owner = await person(chain.distributor)
    closed = await decide(tx, scope=owner, organization_id=dealer, is_approved=False, reason="离仓库太远")
    assert (closed.status, closed.steps) == (Status.CLOSED, [])
    with pytest.raises(NothingWaits):
        await decide(tx, scope=await person(chain.brand), organization_id=dealer, is_approved=True, reason="")
    with pytest.raises(WrongState):
        await take_step(tx, scope=owner, organization_id=dealer, step=Step.ACTIVATE, reason="")


async def test_an_applicant_is_not_activated_past_its_approval(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    owner = await person(chain.distributor)
    dealer = await applied(tx, owner, chain.distributor)
    for step in Step:
        with pytest.raises(WrongState):
            await take_step(tx, scope=await person(chain.distributor), organization_id=dealer, step=step, reason="")


async def test_nobody_applies_under_a_stranger(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    with pytest.raises(NotFound):
        await applied(tx, await person(chain.stranger), chain.distributor)


async def test_a_code_is_taken_once(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    owner = await person(chain.distributor)
    await applied(tx, owner, chain.distributor)
    with pytest.raises(CodeTaken):
        await applied(tx, owner, chain.distributor)
