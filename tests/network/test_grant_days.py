"""Grants with days of their own: planned, over, moved; honoured on the day without anything being written."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import Invalid, NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.visible import visible_lines
from lingqu.modules.network.api import Capability, link_terms
from lingqu.modules.network.grants import GrantDays, Granted, grant, revoke, set_grant_days
from lingqu.modules.network.links import Grant, GrantBody, Link, LinkQuery, list_links, read_link
from lingqu.runtime.tx import Tx

Person = Callable[..., Awaitable[Scope]]
TODAY = date(2026, 3, 2)
"""As the seller counts; midnight of it in Shanghai is 16:00 UTC of the day before."""


@pytest.fixture(autouse=True)
def noon(tx: Tx) -> None:
    tx.now = datetime(2026, 3, 2, 4, tzinfo=UTC)


def _body(chain: SimpleNamespace, begin: date | None = None, end: date | None = None) -> GrantBody:
    return GrantBody(capability=Capability.ORDER, product_line_id=chain.milk, valid_from=begin, valid_until=end)


async def _only(tx: Tx, chain: SimpleNamespace, owner: Scope, *days: date | None) -> Grant:
    """Leave the first dealer one right: to order milk on some days."""
    link = await read_link(tx, scope=owner, link_id=chain.links[1])
    for one in link.grants:
        await revoke(tx, scope=owner, link_id=link.id, grant_id=one.id, reason="")
    return _of(await grant(tx, scope=owner, link_id=link.id, body=_body(chain, *days)))


def _of(link: Link) -> Grant:
    return next(one for one in link.grants if one.product_line_id is not None)


async def test_a_planned_grant_holds_from_midnight_of_the_sellers_day(
    tx: Tx, chain: SimpleNamespace, person: Person
) -> None:
    owner, keeper = await person(chain.distributor), await person(chain.near)
    planned = await _only(tx, chain, owner, TODAY + timedelta(1), TODAY + timedelta(3))
    assert planned.state == "planned"
    pair = (chain.distributor.id, chain.near.id)
    terms = (await link_terms(tx, pairs=[pair]))[pair]
    held = [terms.allows(Capability.ORDER, product_line_id=chain.milk, on=TODAY + timedelta(days)) for days in range(4)]
    assert held == [False, True, True, False]
    seen = []
    for moment, state in (
        (datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC), "planned"),
        (datetime(2026, 3, 2, 16, tzinfo=UTC), "live"),
        (datetime(2026, 3, 4, 15, 59, 59, tzinfo=UTC), "live"),
        (datetime(2026, 3, 4, 16, tzinfo=UTC), "ended"),
    ):
        tx.now = moment
        assert _of(await read_link(tx, scope=owner, link_id=chain.links[1])).state == state
        (row,) = (await list_links(tx, scope=keeper, query=LinkQuery())).items
        seen.append((row.capabilities, await visible_lines(tx, scope=keeper)))
    assert seen == [([], []), (["order"], [chain.milk]), (["order"], [chain.milk]), ([], [])]


async def test_what_is_over_makes_room_and_stays_in_the_history(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    owner = await person(chain.distributor)
    first = await _only(tx, chain, owner, None, TODAY + timedelta(1))
    with pytest.raises(Granted):
        await grant(tx, scope=owner, link_id=chain.links[1], body=_body(chain))
    tx.now += timedelta(days=1)
    with pytest.raises(NotFound):
        await revoke(tx, scope=owner, link_id=chain.links[1], grant_id=first.id, reason="")
    link = await grant(tx, scope=owner, link_id=chain.links[1], body=_body(chain))
    states = {one.id: one.state for one in link.grants if one.product_line_id is not None}
    assert sorted(states.values()) == ["ended", "live"]
    assert states[first.id] == "ended"


async def test_the_days_are_moved_but_not_what_has_begun(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    owner, link_id = await person(chain.distributor), chain.links[1]
    planned = await _only(tx, chain, owner, TODAY + timedelta(5), None)

    async def move(begin: date | None, end: date | None) -> Grant:
        days = GrantDays(valid_from=begin, valid_until=end)
        return _of(await set_grant_days(tx, scope=owner, link_id=link_id, grant_id=planned.id, days=days))

    assert (await move(TODAY, TODAY + timedelta(9))).state == "live"
    for begin, end in ((TODAY - timedelta(1), None), (None, None), (TODAY, TODAY - timedelta(1))):
        with pytest.raises(Invalid):
            await move(begin, end)
    assert (await move(TODAY, None)).valid_until is None
    assert (await move(TODAY, TODAY + timedelta(1))).state == "live"
    tx.now += timedelta(days=1)
    with pytest.raises(NotFound):
        await move(TODAY, None)
    with pytest.raises(NotFound):
        await set_grant_days(tx, scope=await person(chain.near), link_id=link_id, grant_id=planned.id, days=GrantDays())


@pytest.mark.parametrize(("begin", "end"), [(-1, None), (1, 1), (2, 1), (None, -1)])
async def test_days_of_the_past_or_out_of_order_are_refused(
    tx: Tx, chain: SimpleNamespace, person: Person, begin: int | None, end: int | None
) -> None:
    owner = await person(chain.distributor)
    days = [None if one is None else TODAY + timedelta(one) for one in (begin, end)]
    with pytest.raises(Invalid):
        await grant(tx, scope=owner, link_id=chain.links[1], body=_body(chain, *days))
