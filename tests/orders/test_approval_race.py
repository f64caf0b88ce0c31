"""Who decides, who cancels and the sweeper at the same moment: one of them, and nothing half."""

import asyncio
from datetime import timedelta

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.api import cancel, expire_due
from lingqu.modules.orders.rules import ApprovalRule
from tests.orders.deciding import ONE, Office


async def test_two_at_once_decide_once_and_a_no_beside_a_yes_leaves_nothing_half(office: Office) -> None:
    trade = office.trade
    await office.set(ApprovalRule(name="all", levels=ONE, hours=1))
    for _ in range(6):
        placed = await office.place((0, 1))
        answers = await asyncio.gather(
            office.approve("seller-boss", placed.id),
            office.reject("seller-deputy", placed.id),
            office.run("buyer-clerk", lambda tx, scope, o=placed.id: cancel(tx, scope=scope, order_id=o, reason="x")),
            return_exceptions=True,
        )
        assert not [a for a in answers if isinstance(a, BaseException) and not isinstance(a, Refusal)]
        done = [a for a in answers if not isinstance(a, BaseException)]
        # A yes may be followed by the buyer's cancel; every other pair excludes each other.
        assert 1 <= len(done) <= 2
        seen = await office.seen(placed.id)
        assert seen.approval_status in {"approved", "rejected", "waiting"}
        assert len(seen.seller_side.approval.decisions) <= 1
    assert await trade.violations() == {}


async def test_a_yes_and_the_sweeper_at_the_last_moment(office: Office) -> None:
    trade = office.trade
    await office.set(ApprovalRule(name="all", levels=ONE, hours=1))
    orders = [await office.place((0, 1)) for _ in range(6)]
    late = trade.now + timedelta(hours=1)

    async def sweep() -> int:
        return await trade.database.run(lambda tx: expire_due(tx, cell_id=trade.cell), now=late)

    answers = await asyncio.gather(
        *(office.approve("seller-boss", one.id) for one in orders), sweep(), sweep(), return_exceptions=True
    )
    assert not [a for a in answers if isinstance(a, BaseException) and not isinstance(a, Refusal)]
    for one in orders:
        status, approval, request = await trade.one(
            "select o.status, o.approval_status, q.state from orders.order o "
            "join approval.request q on q.object_uuid = o.id where o.id = %s",
            one.id,
        )
        assert (status, approval, request) in {
            ("placed", "approved", "approved"),
            ("expired", "waiting", "expired"),
        }
    assert await trade.violations() == {}
