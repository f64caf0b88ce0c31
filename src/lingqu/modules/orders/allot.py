"""Allot scarce goods and money to orders: pure, in the order in which they came."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.prepared import Prepared, PreparedLine
from lingqu.modules.orders.refusals import MoneyShort, out_of_stock
from lingqu.modules.orders.types import ShortLine


class Allotted(Struct, frozen=True, gc=False):
    """An order as it can be placed now, who pays what, and where it got less than it asked for."""

    order: Prepared
    payments: tuple[tuple[UUID, int], ...]
    short_lines: tuple[ShortLine, ...] = ()


def allot(
    orders: Sequence[Prepared],
    *,
    free: Mapping[int, int],
    available: Mapping[UUID, int],
    route: Callable[[Prepared, Mapping[int, int]], Prepared] | None = None,
) -> list[Allotted | Refusal]:
    """Serve orders first come, first served, and refuse those that goods or money do not reach.

    Shapes: one verdict per order, in the order given.
    Units:  ``free`` in base units by stock key, ``available`` in minor units by account; a missing key has nothing.
    ``route`` chooses the nodes of an order from what is left when its turn comes.
    """
    goods, money = dict(free), {account.int: amount for account, amount in available.items()}
    return [_serve(order if route is None else route(order, goods), goods, money) for order in orders]


def _serve(order: Prepared, goods: dict[int, int], money: dict[int, int]) -> Allotted | Refusal:
    left = dict(goods)
    lines: list[PreparedLine] = []
    short: list[ShortLine] = []
    for line in order.lines:
        had = max(left.get(line.key, 0), 0)
        taken = _taken(line, had, order.shortage_policy)
        if taken.reserved < line.quantity:
            short.append(ShortLine(line.line_no, line.sku_id, line.quantity, had))
        left[line.key] = had - taken.reserved
        lines.append(taken)
    nothing = all(line.packs == 0 for line in lines)
    if short and (order.shortage_policy == "all-or-nothing" or nothing):
        return out_of_stock(short)
    served = order.with_lines(tuple(lines)) if short else order
    payments = pay(served, money)
    if payments is None:
        return MoneyShort(
            needed_minor=served.total_minor, available_minor=sum(max(money.get(a.int, 0), 0) for a in order.accounts)
        )
    goods.update(left)
    for account, amount in payments:
        money[account.int] -= amount
    return Allotted(served, payments, tuple(short))


def _taken(line: PreparedLine, had: int, policy: str) -> PreparedLine:
    """Reserve what is there: whole packs only where the rest is dropped, single units where it is owed."""
    if had >= line.quantity:
        return line
    if policy == "take-free":
        packs = had // line.units_per_pack
        return line.of(packs, reserved=packs * line.units_per_pack)
    return line.of(line.packs, reserved=had, back_ordered=line.quantity - had)


def pay(order: Prepared, money: Mapping[int, int]) -> tuple[tuple[UUID, int], ...] | None:
    """Take what an order costs from its accounts, the first first; None where they do not reach.

    Shapes: ``money`` by the number of the account's id: a UUID is slow to hash. What is missing there has nothing.
    """
    rest = order.total_minor
    payments: list[tuple[UUID, int]] = []
    for account, number in zip(order.deal.accounts, order.deal.account_numbers, strict=True):
        there = money.get(number, 0)
        if there > 0:
            amount = min(rest, there)
            payments.append((account, amount))
            rest -= amount
            if not rest:
                break
    return None if rest > 0 else tuple(payments)
