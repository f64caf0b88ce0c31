"""One order and the steps that tests take with it."""

from typing import Any
from uuid import UUID

from lingqu.modules.orders.arrivals import NewReceipt, ReceiptLine
from lingqu.modules.orders.cancel import cancel
from lingqu.modules.orders.confirm import Confirmation, confirm
from lingqu.modules.orders.queries import read_order
from lingqu.modules.orders.receive import receive
from lingqu.modules.orders.return_goods import BackLine, NewReturn, accept_return, request_return
from lingqu.modules.orders.ship import NewShipment, ShipLine, ship
from lingqu.modules.orders.step import StepDone, only


class Life:
    """One order and the steps that a test takes with it."""

    def __init__(self, trade: Any, order_id: UUID, *, buyer: int = 0) -> None:
        self.trade, self.id, self.buyer = trade, order_id, trade.buyers[buyer]

    async def confirm(self) -> StepDone:
        scope = self.trade.scope(self.trade.seller)
        work = lambda tx: confirm(tx, scope=scope, confirmations=[Confirmation(order_id=self.id)])  # noqa: E731
        return only(await self.trade.run(work, who=self.trade.seller))

    async def ship(self, *lines: tuple[int, int]) -> StepDone:
        scope = self.trade.scope(self.trade.seller)
        item = NewShipment(order_id=self.id, lines=[ShipLine(line_no=n, quantity=q) for n, q in lines] or None)
        return only(await self.trade.run(lambda tx: ship(tx, scope=scope, shipments=[item]), who=self.trade.seller))

    async def receive(self, shipment_id: UUID | None, *lines: tuple[int, int, str]) -> StepDone:
        assert shipment_id is not None
        scope = self.trade.scope(self.buyer)
        told = [ReceiptLine(position=p, received=q, reason=why) for p, q, why in lines]
        item = NewReceipt(shipment_id=shipment_id, lines=told)
        return only(await self.trade.run(lambda tx: receive(tx, scope=scope, receipts=[item]), who=self.buyer))

    async def cancel(self, who: Any) -> StepDone:
        scope = self.trade.scope(who)
        return await self.trade.run(lambda tx: cancel(tx, scope=scope, order_id=self.id, reason="test"), who=who)

    async def give_back(self, *lines: tuple[int, int]) -> StepDone:
        scope = self.trade.scope(self.buyer)
        wanted = NewReturn(order_id=self.id, lines=[BackLine(line_no=n, quantity=q) for n, q in lines], reason="test")
        return await self.trade.run(lambda tx: request_return(tx, scope=scope, wanted=wanted), who=self.buyer)

    async def accept(self, return_id: UUID | None) -> StepDone:
        assert return_id is not None
        scope = self.trade.scope(self.trade.seller)
        return await self.trade.run(
            lambda tx: accept_return(tx, scope=scope, return_id=return_id, is_sellable=True), who=self.trade.seller
        )

    async def read(self, who: Any) -> Any:
        scope = self.trade.scope(who)
        return await self.trade.run(lambda tx: read_order(tx, scope=scope, order_id=self.id))
