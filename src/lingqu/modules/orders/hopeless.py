"""Refuse by plain reads whom goods or money would not reach even alone: nobody waits for a lock to hear no.

What others take meanwhile leaves less, never more; what they give back comes after the answer.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from lingqu.kernel.errors import Refusal
from lingqu.modules.ledger.api import ask_available
from lingqu.modules.network.api import ask_epochs
from lingqu.modules.orders.allot import allot
from lingqu.modules.orders.judge import Question
from lingqu.modules.orders.prepared import Prepared
from lingqu.modules.orders.replay import ask_present
from lingqu.modules.orders.routed import router_of
from lingqu.modules.stock.api import ask_expired, ask_free
from lingqu.runtime.tx import Tx

Groups = Mapping[tuple[int, date], Sequence[Prepared]]
"""Orders by cell and business day."""


async def refuse_hopeless(tx: Tx, groups: Groups) -> dict[UUID, Refusal]:
    """Read for all cells at once, and refuse those for whom there is not enough, each as if it were the only one.

    Left to the exact path, which looks under locks: what stands already, what was priced before a change, what only the
    ledger can judge, and orders whose goods others hold past their time.
    """
    cells = [(cell_id, orders) for (cell_id, _), orders in groups.items()]
    keys = [(cell_id, {key for one in some for key in one.keys}) for cell_id, some in cells]
    days = [business_on for _, business_on in groups]
    epochs, expired, free, available, present = await tx.ask(
        ask_epochs([(cell_id, {one.seller_id for one in some}) for cell_id, some in cells]),
        ask_expired(keys, now=tx.now),
        ask_free([(cell_id, on, some) for (cell_id, some), on in zip(keys, days, strict=True)]),
        ask_available([(cell_id, {account for one in some for account in one.accounts}) for cell_id, some in cells]),
        ask_present([(cell_id, [one.id for one in some]) for cell_id, some in cells]),  # last: see there
    )
    refused: dict[UUID, Refusal] = {}
    for at, ((cell_id, on), orders) in enumerate(groups.items()):
        if expired[at]:
            continue
        router = await router_of(tx, cell_id=cell_id, business_on=on, orders=orders)
        for order in orders:
            is_current = order.id not in present and order.epoch == epochs[at][order.seller_id]
            if is_current and not isinstance(order.judged, Question):
                verdict = allot([order], free=free[at], available=available[at], route=router)[0]
                if isinstance(verdict, Refusal):
                    refused[order.id] = verdict
    return refused
