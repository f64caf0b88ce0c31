"""Ask how far goods and money reach for a batch of one cell and day, and give them out: pure, as the orders came."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from lingqu.modules.orders.allot import Allotted, pay
from lingqu.modules.orders.prepared import Prepared
from lingqu.runtime.arrays import int4s, int8s, uuids, uuids_of


class Reach(Struct, frozen=True, gc=False):
    """What the server has locked: see the function's comment."""

    present: list[UUID]
    stale: list[int]
    short: list[int]
    at: list[int]
    available: list[int]


class Given(Struct, frozen=True):
    """Who gets all that was asked for and who pays for it; ``left_over`` gets nothing here.

    ``goods`` by stock key, ``money`` by number of the account.
    """

    served: list[Allotted]
    left_over: list[Prepared]
    goods: dict[int, int]
    money: dict[int, int]

    def columns(self) -> dict[str, Any]:
        """What to promise: keys and accounts ascending, as the lock order asks."""
        goods = sorted([(key, quantity) for key, quantity in self.goods.items() if quantity])
        money = sorted(self.money.items())
        return {
            "k_key": int8s([key for key, _ in goods]),
            "k_need": int8s([quantity for _, quantity in goods]),
            "a_account": uuids_of([number for number, _ in money]),
            "a_need": int8s([amount for _, amount in money]),
        }


class Demand:
    """What the orders of one cell and day ask for together. Accounts go by their number: a UUID is slow to hash."""

    def __init__(self, orders: Sequence[Prepared]) -> None:
        self.orders = orders
        self._goods: dict[int, int] = {}
        self._epochs: dict[int, int] = {}
        accounts: set[int] = set()
        goods, epochs = self._goods, self._epochs
        for order in orders:
            for line in order.lines:
                key = line.key
                goods[key] = goods.get(key, 0) + line.reserved
            accounts.update(order.deal.account_numbers)
            seller_id = order.deal.seller_id
            epochs[seller_id] = min(order.epoch, epochs.get(seller_id, order.epoch))
        self._accounts = sorted(accounts)

    def columns(self) -> dict[str, Any]:
        """What is asked: keys, accounts and sellers ascending and each once, as the lock order asks."""
        keys, sellers = sorted(self._goods), sorted(self._epochs)
        return {
            "s_seller": int4s(sellers),
            "s_epoch": int8s([self._epochs[seller_id] for seller_id in sellers]),
            "k_key": int8s(keys),
            "k_need": int8s([self._goods[key] for key in keys]),
            "a_account": uuids_of(self._accounts),
            "o_id": uuids([order.id for order in self.orders]),
        }

    def give(self, reach: Reach) -> Given:
        """Give out what there is: an order that touches a short key, or that its accounts cannot pay, is left over."""
        if reach.present or reach.stale:
            return Given([], [], {}, {})
        short = set(reach.short)
        left = {self._accounts[at - 1]: available for at, available in zip(reach.at, reach.available, strict=True)}
        given = Given([], [], dict(self._goods), {})
        for order in self.orders:
            is_short = bool(short) and any(line.key in short for line in order.lines)
            payments = None if is_short else pay(order, left)
            if payments is None:
                given.left_over.append(order)
                for line in order.lines:
                    given.goods[line.key] -= line.reserved
                continue
            given.served.append(Allotted(order, payments))
            for account, amount in payments:
                number = account.int
                left[number] -= amount
                given.money[number] = given.money.get(number, 0) + amount
        return given
