"""Refuse by plain reads whom goods or money would not reach even alone: nobody waits for a lock to hear no.

What others take meanwhile leaves less, never more; what they give back comes after the answer.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from lingqu.kernel.errors import Refusal
from lingqu.modules.ledger.api import find_available_each
from lingqu.modules.network.api import find_epochs_each
from lingqu.modules.orders.allot import allot
from lingqu.modules.orders.judge import Question
from lingqu.modules.orders.prepared import Prepared
from lingqu.modules.orders.replay import find_placed
from lingqu.modules.orders.routed import router_of
from lingqu.modules.stock.api import find_expired_each, find_free_each
from lingqu.runtime.tx import Tx

Groups = Mapping[tuple[int, date], Sequence[Prepared]]
"""Orders by cell and business day."""


async def refuse_hopeless(tx: Tx, groups: Groups) -> dict[UUID, Refusal]:
    """Read for all cells at once, and refuse those for whom there is not enough, each as if it were the only one.

    Left to the exact path, which looks under locks: what stands already, what was priced before a change, what only the
    ledger can judge, and orders whose goods others hold past their time.
    """
    cells = [(cell_id, orders) for (cell_id, _), orders in groups.items()]
    epochs = await find_epochs_each(tx, [(cell_id, {one.seller_id for one in some}) for cell_id, some in cells])
    asked = [(cell_id, {key for one in some for key in one.keys}) for cell_id, some in cells]
    expired = await find_expired_each(tx, asked)
    days = [business_on for _, business_on in groups]
    free = await find_free_each(tx, [(cell_id, on, keys) for (cell_id, keys), on in zip(asked, days, strict=True)])
    accounts = [(cell_id, {account for one in some for account in one.accounts}) for cell_id, some in cells]
    available = await find_available_each(tx, accounts)
    refused: dict[UUID, Refusal] = {}
    for at, ((cell_id, on), orders) in enumerate(groups.items()):
        if expired[at]:
            continue
        router = await router_of(tx, cell_id=cell_id, business_on=on, orders=orders)
        for order in orders:
            if order.epoch == epochs[at][order.seller_id] and not isinstance(order.judged, Question):
                verdict = allot([order], free=free[at], available=available[at], route=router)[0]
                if isinstance(verdict, Refusal):
                    refused[order.id] = verdict
    if refused:  # one that stands is answered, not refused
        for orders in groups.values():
            found = await find_placed(tx, [order for order in orders if order.id in refused])
            for order_id in found:
                del refused[order_id]
    return refused
