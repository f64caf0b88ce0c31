"""What all steps share: a batch grouped by cell, its orders locked, one verdict per item, a dated business day."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import NotFound, Refusal
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import StateMachine
from lingqu.modules.orders.dated import dated
from lingqu.modules.orders.pairs import lock_pairs
from lingqu.modules.orders.sheet import Sheet, StepTaken, find_cells, lock_sheets
from lingqu.modules.orders.types import OrderStatus
from lingqu.runtime.tx import Tx

MACHINE = StateMachine[OrderStatus](
    kind="order",
    steps={
        "approve": (frozenset({OrderStatus.PLACED}), OrderStatus.PLACED),
        "consent": (frozenset({OrderStatus.PLACED}), OrderStatus.PLACED),
        "refuse-consent": (frozenset({OrderStatus.PLACED}), OrderStatus.CANCELLED),
        "reject": (frozenset({OrderStatus.PLACED}), OrderStatus.CANCELLED),
        "expire": (frozenset({OrderStatus.PLACED}), OrderStatus.EXPIRED),
        "confirm": (frozenset({OrderStatus.PLACED}), OrderStatus.CONFIRMED),
        "ship": (frozenset({OrderStatus.CONFIRMED}), OrderStatus.CONFIRMED),
        "allocate": (frozenset({OrderStatus.PLACED, OrderStatus.CONFIRMED}), OrderStatus.CONFIRMED),
        "reroute": (frozenset({OrderStatus.PLACED, OrderStatus.CONFIRMED}), OrderStatus.CONFIRMED),
        "accept-work": (frozenset({OrderStatus.PLACED, OrderStatus.CONFIRMED}), OrderStatus.CONFIRMED),
        "reject-work": (frozenset({OrderStatus.PLACED, OrderStatus.CONFIRMED}), OrderStatus.CONFIRMED),
        "retry": (frozenset({OrderStatus.PLACED, OrderStatus.CONFIRMED}), OrderStatus.CONFIRMED),
        "receive": (frozenset({OrderStatus.CONFIRMED, OrderStatus.COMPLETED}), OrderStatus.CONFIRMED),
        "cancel": (frozenset({OrderStatus.PLACED, OrderStatus.CONFIRMED}), OrderStatus.CANCELLED),
        "change": (frozenset({OrderStatus.PLACED, OrderStatus.CONFIRMED}), OrderStatus.CONFIRMED),
        "close": (frozenset({OrderStatus.PLACED, OrderStatus.CONFIRMED}), OrderStatus.CONFIRMED),
        "return": (frozenset({OrderStatus.CONFIRMED, OrderStatus.COMPLETED}), OrderStatus.COMPLETED),
    },
)
"""Which step is possible when. What a step does to the other axes stands in its own file."""


class StepDone(Struct, frozen=True, kw_only=True):
    """The order's axes after a step."""

    order_id: UUID
    number: str | None
    status: str
    approval_status: str
    payment_status: str
    fulfilment_status: str
    return_status: str
    version: int
    document_id: UUID | None = None
    document_number: str | None = None


StepVerdict = StepDone | Refusal


class Item(Protocol):
    """A request for a step of one order."""

    @property
    def order_id(self) -> UUID:
        """The order it is about."""


Done = TypeVar("Done")
SomeItem = TypeVar("SomeItem", bound=Item)
Act = Callable[[int, list[tuple[SomeItem, Sheet]]], Awaitable[list[StepVerdict]]]


async def per_cell(
    tx: Tx, items: Sequence[SomeItem], act: Act[SomeItem], *, is_whole: bool = True
) -> list[StepVerdict]:
    """Lock the orders of a batch cell by cell and let ``act`` take the step on each cell's share.

    A step that asks for no lines and payments is not ``is_whole``, and none are read for it.

    Shapes: one verdict per item, in the order given; an order that does not exist is refused.
    """
    cells = await find_cells(tx, order_ids={item.order_id for item in items})
    verdicts: dict[int, StepVerdict] = {}
    shares: dict[int, list[int]] = defaultdict(list)
    for i, item in enumerate(items):
        if item.order_id in cells:
            shares[cells[item.order_id].cell_id].append(i)
        else:
            verdicts[i] = NotFound(kind="order", id=str(item.order_id))
    # Orders that stand back to back are locked together, and then all of the batch before anything else is.
    tied = await lock_pairs(tx, cells.values()) if any(one.is_direct for one in cells.values()) else None
    for cell_id, share in sorted(shares.items()):
        order_ids = [items[i].order_id for i in share]
        sheets = (
            await lock_sheets(tx, cell_id=cell_id, order_ids=order_ids, is_whole=is_whole)
            if tied is None
            else tied[cell_id]
        )
        answers = await act(cell_id, [(items[i], sheets[items[i].order_id]) for i in share])
        verdicts |= dict(zip(share, answers, strict=True))
    return [verdicts[i] for i in range(len(items))]


def only(verdicts: Sequence[Done | Refusal]) -> Done:
    """Give what a batch of one got.

    Raises: the refusal it got.
    """
    (verdict,) = verdicts
    if isinstance(verdict, Refusal):
        try:
            raise verdict
        finally:
            # Its trace holds this frame: a ring that only the collector would break.
            del verdict, verdicts
    return verdict


def done(sheet: Sheet, *, document_id: UUID | None = None, document_number: str | None = None) -> StepDone:
    """Answer with the order's axes as they stand now."""
    order = sheet.order
    return StepDone(
        order_id=order.id,
        number=order.number,
        status=order.status,
        approval_status=order.approval_status,
        payment_status=order.payment_status,
        fulfilment_status=order.fulfilment_status,
        return_status=order.return_status,
        version=order.version,
        document_id=document_id,
        document_number=document_number,
    )


def advance(sheet: Sheet, name: str) -> str:
    """Find the status that a step leads to.

    Raises: WrongState.
    """
    return MACHINE.target(name, OrderStatus(sheet.order.status), id=sheet.order.number or sheet.order.id).value


def taken(sheet: Sheet, name: str, *, reason: str = "", **facts: object) -> StepTaken:
    """Describe a step for the history, from the statuses before and after it."""
    return StepTaken(
        order_id=sheet.order.id,
        name=name,
        from_status=sheet.order_before.status,
        to_status=sheet.order.status,
        reason=reason,
        facts=facts,
    )


def business_date(tx: Tx, sheet: Sheet, scope: Scope, given: date | None) -> date:
    """Choose a step's business date.

    Raises: Backdated.
    """
    return dated(given, scope=scope, now=tx.now, zone=sheet.order.time_zone)


def distinct(pairs: Sequence[tuple[object, Sheet]]) -> list[Sheet]:
    """Name each order of a batch once, in the order of its first appearance."""
    return list({sheet.order.id: sheet for _, sheet in pairs}.values())
