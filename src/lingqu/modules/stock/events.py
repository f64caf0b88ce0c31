"""Published facts of stock."""

from typing import ClassVar
from uuid import UUID

from lingqu.kernel.event import Event


class StockAdjusted(Event, frozen=True, kw_only=True):
    """Somebody put stock right by hand, by a count, or loaded the opening stock; ``kind`` says which."""

    subject: ClassVar[str] = "stock.adjusted.v1"
    document_id: UUID
    kind: str
    organization_id: int
    node_id: int
    sku_ids: tuple[int, ...]


class LotBlocked(Event, frozen=True, kw_only=True):
    """Goods may no longer be sold; ``cause`` is ``person`` or ``expiry``."""

    subject: ClassVar[str] = "stock.lot-blocked.v1"
    document_id: UUID
    organization_id: int
    node_id: int
    sku_id: int
    lot_code: str | None
    quantity: int
    cause: str


class LotUnblocked(Event, frozen=True, kw_only=True):
    """Goods that were kept back may be sold again."""

    subject: ClassVar[str] = "stock.lot-unblocked.v1"
    document_id: UUID
    organization_id: int
    node_id: int
    sku_id: int
    lot_code: str | None
    quantity: int


class TransferChanged(Event, frozen=True, kw_only=True):
    """A transfer was requested, shipped, received, closed or cancelled: ``step`` says which."""

    subject: ClassVar[str] = "stock.transfer-changed.v1"
    transfer_id: UUID
    organization_id: int
    from_node_id: int
    to_node_id: int
    step: str
    status: str
