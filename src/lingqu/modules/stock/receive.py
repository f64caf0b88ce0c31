"""Put goods into bins."""

from collections.abc import Sequence
from datetime import date

from lingqu.modules.stock.exchange import exchange
from lingqu.modules.stock.types import MoveKind, Receipt
from lingqu.runtime.tx import Tx


async def receive(
    tx: Tx,
    *,
    cell_id: int,
    document_kind: str,
    receipts: Sequence[Receipt],
    kind: str = MoveKind.RECEIPT,
    business_on: date,
    user_id: int | None,
    reason: str | None = None,
) -> None:
    """Put goods down with their lots and their cost.

    Raises: LotNeeded if a SKU that is kept by lot comes without one; LotDiffers if a lot is known with other dates.
    """
    if not receipts:
        return
    await exchange(
        tx,
        cell_id=cell_id,
        document_kind=document_kind,
        kind=kind,
        receipts=receipts,
        business_on=business_on,
        user_id=user_id,
        reason=reason,
    )
