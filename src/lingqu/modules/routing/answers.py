"""What nodes say of the work that orders leave to them, and until when they must have said it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

AnswerWord = Literal["accepted", "rejected", "timed-out"]


class Answer(Struct, frozen=True, kw_only=True):
    """A node's last word on an order."""

    order_id: UUID
    node_id: int
    answer: AnswerWord
    reason: str
    user_name: str | None
    answered_at: datetime

    @property
    def lets_go(self) -> bool:
        """Tell whether the node will not do it."""
        return self.answer != "accepted"


async def keep_answers(
    tx: Tx, *, cell_id: int, order_id: UUID, node_ids: Collection[int], answer: AnswerWord, reason: str = ""
) -> None:
    """Write down what some nodes say of an order that the caller has locked."""
    if node_ids:
        await tx.run(
            SQL["keep_answers"],
            cell_id=cell_id,
            order_id=order_id,
            node_ids=sorted(node_ids),
            answer=answer,
            reason=reason,
            user_id=None if tx.actor is None else tx.actor.user_id,
            now=tx.now,
        )


async def find_answers(tx: Tx, *, cell_id: int, order_ids: Iterable[UUID]) -> dict[UUID, list[Answer]]:
    """Read what was said of some orders of a cell."""
    found: dict[UUID, list[Answer]] = defaultdict(list)
    for answer in await tx.all(SQL["find_answers"], Answer, cell_id=cell_id, order_ids=list(order_ids)):
        found[answer.order_id].append(answer)
    return found


async def forget_rejections(tx: Tx, *, cell_id: int, order_id: UUID) -> None:
    """Let every node be chosen for an order again."""
    await tx.run(SQL["forget_rejections"], cell_id=cell_id, order_id=order_id)


async def forget_answers(tx: Tx, *, cell_id: int, order_id: UUID, node_ids: Collection[int]) -> None:
    """Ask some nodes anew, whatever they said before."""
    await tx.run(SQL["forget_answers"], cell_id=cell_id, order_id=order_id, node_ids=sorted(node_ids))


async def find_due(tx: Tx, *, cell_id: int, limit: int) -> list[UUID]:
    """Name orders whose nodes are late: a plain read, to be repeated under locks with `still_due`."""
    return list(dict.fromkeys(await tx.values(SQL["find_due"], UUID, cell_id=cell_id, now=tx.now, limit=limit)))


async def still_due(tx: Tx, *, cell_id: int, order_ids: Collection[UUID]) -> set[UUID]:
    """Tell which of some orders that the caller has locked are late."""
    return set(await tx.values(SQL["still_due"], UUID, cell_id=cell_id, order_ids=list(order_ids), now=tx.now))


async def set_due(tx: Tx, *, cell_id: int, order_ids: Collection[UUID], due_at: datetime | None) -> None:
    """Give the nodes of some orders another time; None: they need not say anything any more."""
    await tx.run(SQL["set_due"], cell_id=cell_id, order_ids=list(order_ids), due_at=due_at)


async def read_due(tx: Tx, *, cell_id: int, order_id: UUID) -> datetime | None:
    """Tell until when an order's nodes must have taken it on."""
    (due_at,) = await tx.tuples(SQL["read_due"], cell_id=cell_id, order_id=order_id)
    answer: datetime | None = due_at[0]
    return answer
