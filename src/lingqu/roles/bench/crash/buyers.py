"""The load of a campaign: orders singly and in bulk, what follows them, and goods on the way between cells."""

import random
from uuid import UUID

from lingqu.kernel.ids import uuid7
from lingqu.modules.orders.api import Keyed, NewLine, NewOrder
from lingqu.roles.bench.crash.client import Answer, Client, WrongAnswer
from lingqu.roles.bench.fair import Dealer, Fair, Stall

_IN_BULK = 5
_IMPATIENT = 0.3
_SCARCE = 0.1
_EXPECTED = frozenset({"stock.out-of-stock"})
Wish = tuple[str, NewOrder]


class Buyer:
    """One dealer's employee, and the seller's who serves it."""

    def __init__(self, fair: Fair, stall: Stall, dealer: Dealer, *, mine: Client, sellers: Client, seed: int) -> None:
        self._fair = fair
        self._stall = stall
        self._dealer = dealer
        self._mine = mine
        self._sellers = sellers
        self._record = mine.record
        self._dice = random.Random(seed)  # noqa: S311 - a seeded load, not a secret

    async def trade(self) -> None:
        """Go on until the campaign is over."""
        while not self._record.is_over:
            placed = await (self._buy_one() if self._dice.random() < 0.6 else self._buy_many())  # noqa: PLR2004 - a mix
            for order_id in placed:
                await self._follow(order_id)

    def _wish(self) -> Wish:
        count = self._dice.randint(1, 3)
        skus = self._dice.sample(self._fair.plenty, min(count, len(self._fair.plenty)))
        if self._dice.random() < _SCARCE:
            skus.append(self._fair.scarce)
        lines = [NewLine(sku_id=sku, packs=self._dice.randint(1, 3)) for sku in skus]
        key = str(uuid7())
        self._record.send(key, buyer=self._dealer.organization, seller=self._stall.seller)
        return key, NewOrder(seller_id=self._stall.seller.id, lines=lines)

    async def _buy_one(self) -> list[UUID]:
        key, order = self._wish()
        answer = await self._mine.ask("/orders", order, key=key, is_patient=self._dice.random() > _IMPATIENT)
        if answer is None:
            return []
        return self._note(key, answer.body if answer.is_yes else None, answer.body.get("code"))

    async def _buy_many(self) -> list[UUID]:
        wishes = [self._wish() for _ in range(_IN_BULK)]
        body = {"items": [Keyed(key=key, order=order) for key, order in wishes]}
        answer = await self._mine.ask("/orders/batch", body, is_patient=self._dice.random() > _IMPATIENT)
        if answer is None:
            return []
        _expect(answer, "/orders/batch")
        found: list[UUID] = []
        for (key, _), item in zip(wishes, answer.body["items"], strict=True):
            found += self._note(key, item["done"], (item["refused"] or {}).get("code"))
        return found

    def _note(self, key: str, done: dict[str, str] | None, code: str | None) -> list[UUID]:
        if done is not None:
            self._record.acknowledged[key] = UUID(done["id"])
            return [UUID(done["id"])]
        if code not in _EXPECTED:
            raise WrongAnswer(f"an order was refused: {code}")
        self._record.refused.add(key)
        return []

    async def _follow(self, order_id: UUID) -> None:
        """Confirm, ship and receive some orders, cancel others, and leave the rest as they are."""
        chance = self._dice.random()
        if chance < 0.1:  # noqa: PLR2004 - a mix
            await self._step(self._mine, order_id, "cancel", f"/orders/{order_id}/cancellation", {"reason": "changed"})
        elif chance < 0.4:  # noqa: PLR2004 - a mix
            await self._step(self._sellers, order_id, "confirm", f"/orders/{order_id}/confirmation", {})
            shipped = await self._step(self._sellers, order_id, "ship", f"/orders/{order_id}/shipments", {})
            await self._step(self._mine, order_id, "receive", f"/shipments/{shipped.body['document_id']}/receipt", {})

    async def _step(self, who: Client, order_id: UUID, name: str, path: str, body: object) -> Answer:
        answer = await who.ask(path, body)
        if answer is None:
            raise AssertionError("a patient client is answered")
        _expect(answer, path)
        self._record.steps.append((order_id, name))
        return answer


class Mover:
    """One seller's employee who sends goods between its two nodes, which lie in two cells."""

    def __init__(self, fair: Fair, stall: Stall, client: Client, *, seed: int) -> None:
        self._fair = fair
        self._stall = stall
        self._client = client
        self._dice = random.Random(seed)  # noqa: S311 - a seeded load, not a secret

    async def move(self) -> None:
        """Go on until the campaign is over; a transfer that was begun arrives."""
        record = self._client.record
        while not record.is_over:
            sku, quantity = self._dice.choice(self._fair.plenty), self._dice.randint(1, 9)
            asked = await self._ask(
                "/stock/transfers",
                {
                    "from_node_id": self._stall.seller.node_id,
                    "to_node_id": self._stall.branch_id,
                    "lines": [{"sku_id": sku, "quantity": quantity}],
                },
            )
            transfer_id = UUID(asked.body["id"])
            record.transfers.append(transfer_id)
            part = {"lines": [{"line_no": 1, "quantity": quantity}]}
            sent = await self._ask(f"/stock/transfers/{transfer_id}/shipments", part, asked.body["version"])
            await self._ask(f"/stock/transfers/{transfer_id}/receipts", part, sent.body["version"])
            record.arrived.append(transfer_id)

    async def _ask(self, path: str, body: object, version: int | None = None) -> Answer:
        answer = await self._client.ask(path, body, version=version)
        if answer is None:
            raise AssertionError("a patient client is answered")
        _expect(answer, path)
        return answer


def _expect(answer: Answer, path: str) -> None:
    if not answer.is_yes:
        raise WrongAnswer(f"{path}: {answer.status} {answer.body}")
