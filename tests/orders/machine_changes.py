"""Rules of the state machine of orders: what happens to an order between placing and its end beside its plain life."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.approve import approve, reject
from lingqu.modules.orders.change import Asked, change
from lingqu.modules.orders.close import CloseLine, Closure, close
from lingqu.modules.orders.decide_change import ChangeDecision, decide_change
from lingqu.modules.orders.expire import expire_due
from lingqu.modules.orders.revision import LineChange, OrderChange
from tests.orders.machine import NOW, Bench, Line, Model, quantities


class Changes(Bench):
    """Approval and its end in time, short close, changes by both sides with their proposals."""

    @precondition(lambda self: any(order.status == "placed" and not order.waits for order in self.orders))
    @rule(number=st.integers(0, 9))
    def has_to_wait(self, number: int) -> None:
        """Placing above the limit is test_place's matter; here an order waits because it is said to."""
        some = [order for order in self.orders if order.status == "placed" and not order.waits]
        order = some[number % len(some)]
        order.waits = True
        self.wait(
            self.connection.execute(
                "update orders.order set approval_status = 'waiting', expires_at = %s where id = %s",
                (NOW + timedelta(hours=1), order.id),
            )
        )

    @precondition(lambda self: self.orders)
    @rule(number=st.integers(0, 9), is_accepted=st.booleans())
    def decide(self, number: int, *, is_accepted: bool) -> None:
        order = self.pick(number)
        step = approve if is_accepted else reject
        answer = self.attempt(self.trade.seller, step, order_id=order.id, reason="test")
        can = order.status == "placed" and order.waits
        assert isinstance(answer, Refusal) == (not can)
        if can:
            order.waits = False
            if not is_accepted:
                self.let_go(order, "cancelled")

    @precondition(lambda self: any(order.waits and order.status == "placed" for order in self.orders))
    @rule()
    def time_runs_out(self) -> None:
        self.wait(
            self.connection.execute("update orders.order set expires_at = %s where expires_at is not null", (NOW,))
        )
        due = [order for order in self.orders if order.waits and order.status == "placed"]
        count = self.wait(self.one.run(lambda tx: expire_due(tx, cell_id=self.trade.cell)))
        assert count == len(due)
        for order in due:
            self.let_go(order, "expired")

    @precondition(lambda self: self.orders)
    @rule(number=st.integers(0, 9), line_no=st.integers(1, 3), quantity=quantities, is_seller=st.booleans())
    def close(self, number: int, line_no: int, quantity: int, *, is_seller: bool) -> None:
        order = self.pick(number)
        side = self.trade.seller if is_seller else self.trade.buyers[0]
        closure = Closure(reason="test", lines=[CloseLine(line_no=line_no, quantity=quantity)])
        answer = self.attempt(side, close, order_id=order.id, closure=closure)
        can = order.status in {"placed", "confirmed"} and line_no <= len(order.lines)
        if can:
            line = order.lines[line_no - 1]
            is_free = is_seller or order.status == "placed" or line.shipped > 0
            can = quantity <= (line.reserved if is_free else 0) + line.owed
        if not can:
            assert isinstance(answer, Refusal)
            return
        assert not isinstance(answer, Refusal)
        owed = min(line.owed, quantity)
        line.owed -= owed
        line.reserved -= quantity - owed
        line.cancelled += quantity
        self.end(order)
        assert answer.status == order.status

    @precondition(lambda self: self.orders)
    @rule(number=st.integers(0, 9), line_no=st.integers(1, 3), packs=st.integers(0, 12), is_seller=st.booleans())
    def change(self, number: int, line_no: int, packs: int, *, is_seller: bool) -> None:
        order = self.pick(number)
        sides = (self.trade.seller, self.trade.buyers[0])
        own, other = sides if is_seller else sides[::-1]
        wish = OrderChange(lines=[LineChange(line_no=line_no, packs=packs)], reason="test")
        answer = self.attempt(own, change, asked=Asked(order_id=order.id, change=wish, if_match=self.version(order)))
        line = order.lines[line_no - 1] if line_no <= len(order.lines) else None
        if order.status not in {"placed", "confirmed"} or line is None or not self.is_possible(order, line, packs):
            assert isinstance(answer, Refusal)
            return
        live = line.quantity - line.cancelled
        if (packs > live) if is_seller else (order.status == "confirmed"):
            assert not isinstance(answer, Refusal)
            assert answer.revision_status == "proposed"
            revision = answer.revision_id
            answer = self.decide_change(other, order, revision, is_accepted=True)
            if not self.reaches(order, line, packs):
                assert isinstance(answer, Refusal)
                assert not isinstance(self.decide_change(own, order, revision, is_accepted=False), Refusal)
                return
        elif not self.reaches(order, line, packs):
            assert isinstance(answer, Refusal)
            return
        assert not isinstance(answer, Refusal)
        assert answer.revision_status == "made"
        self.becomes(line, packs)
        if any(one.shipped for one in order.lines):
            self.end(order)
        assert answer.status == order.status

    def version(self, order: Model) -> int:
        return self.wait(self._version(order.id))

    async def _version(self, order_id: UUID) -> int:
        cursor = await self.connection.execute("select version from orders.order where id = %s", (order_id,))
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0])

    def decide_change(self, side: Any, order: Model, revision_id: UUID | None, *, is_accepted: bool) -> Any:
        assert revision_id is not None
        decision = ChangeDecision(
            order_id=order.id, revision_id=revision_id, is_accepted=is_accepted, if_match=self.version(order)
        )
        return self.attempt(side, decide_change, decision=decision)

    def is_possible(self, order: Model, line: Line, packs: int) -> bool:
        """A line in motion is only cut; something is left, and something is different."""
        live = line.quantity - line.cancelled
        if sum(one.quantity - one.cancelled for one in order.lines) - live + packs == 0:
            return False
        if line.shipped or line.cancelled:
            return line.shipped <= packs < live
        return packs != live

    def reaches(self, order: Model, line: Line, packs: int) -> bool:
        more = packs - (line.quantity - line.cancelled)
        if more <= 0:
            return True
        has_goods = order.policy == "back-order" or self.free(line.sku) >= more
        return has_goods and line.money(more) <= self.available

    def becomes(self, line: Line, packs: int) -> None:
        more = packs - (line.quantity - line.cancelled)
        if more > 0:
            got = min(more, self.free(line.sku))
            line.reserved += got
            line.owed += more - got
        else:
            owed = min(line.owed, -more)
            line.owed -= owed
            line.reserved -= -more - owed
        if line.shipped or line.cancelled:
            line.cancelled -= more
        else:
            line.quantity = packs
