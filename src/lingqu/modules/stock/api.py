"""What other modules may use of stock."""

from lingqu.modules.stock.carry import carry
from lingqu.modules.stock.checks import CHECKS
from lingqu.modules.stock.enter_count import Counted, enter_count
from lingqu.modules.stock.exchange import OutOfStock
from lingqu.modules.stock.issue import issue
from lingqu.modules.stock.lots import LotDiffers, LotNeeded, lot_id
from lingqu.modules.stock.open_count import NewCount, open_count
from lingqu.modules.stock.receive import receive
from lingqu.modules.stock.receive_transfer import receive_transfer
from lingqu.modules.stock.release import ask_expired, expired_documents, find_expired, keep, release, unreserve
from lingqu.modules.stock.request_transfer import NewTransfer, NewTransferLine, request_transfer
from lingqu.modules.stock.reserve import ask_free, claims_to_load, find_free, lock_free, pack_claims, reserve
from lingqu.modules.stock.ship_transfer import ship_transfer
from lingqu.modules.stock.transfers import Part
from lingqu.modules.stock.types import (
    Carry,
    Claim,
    Issue,
    IssuedLot,
    MoveKind,
    Receipt,
    Released,
    bin_of,
    key_of,
    sku_of,
)

__all__ = [
    "CHECKS",
    "Carry",
    "Claim",
    "Counted",
    "Issue",
    "IssuedLot",
    "LotDiffers",
    "LotNeeded",
    "MoveKind",
    "NewCount",
    "NewTransfer",
    "NewTransferLine",
    "OutOfStock",
    "Part",
    "Receipt",
    "Released",
    "ask_expired",
    "ask_free",
    "bin_of",
    "carry",
    "claims_to_load",
    "enter_count",
    "expired_documents",
    "find_expired",
    "find_free",
    "issue",
    "keep",
    "key_of",
    "lock_free",
    "lot_id",
    "open_count",
    "pack_claims",
    "receive",
    "receive_transfer",
    "release",
    "request_transfer",
    "reserve",
    "ship_transfer",
    "sku_of",
    "unreserve",
]
