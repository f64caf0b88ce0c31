"""What other modules may use of the ledger."""

from lingqu.modules.ledger.account_id import INSTALLATION, account_id, clearing_id
from lingqu.modules.ledger.by_hand import Pair, own_pairs
from lingqu.modules.ledger.checks import CHECKS
from lingqu.modules.ledger.crossing import Crossing, post_across
from lingqu.modules.ledger.deciding import Lack
from lingqu.modules.ledger.fold import fold
from lingqu.modules.ledger.hold import ask_available, hold, holds_to_load, lock_available, pack_holds
from lingqu.modules.ledger.open_accounts import open_accounts
from lingqu.modules.ledger.owed import lock_owed, read_left
from lingqu.modules.ledger.post import Insufficient, post, post_each
from lingqu.modules.ledger.set_floor import set_floor
from lingqu.modules.ledger.settle import settle, unhold
from lingqu.modules.ledger.types import AccountKind, EntryState, Floor, Hold, NewAccount, NewEntry, Posting, Settlement
from lingqu.modules.ledger.void import keep, void

__all__ = [
    "CHECKS",
    "INSTALLATION",
    "AccountKind",
    "Crossing",
    "EntryState",
    "Floor",
    "Hold",
    "Insufficient",
    "Lack",
    "NewAccount",
    "NewEntry",
    "Pair",
    "Posting",
    "Settlement",
    "account_id",
    "ask_available",
    "clearing_id",
    "fold",
    "hold",
    "holds_to_load",
    "keep",
    "lock_available",
    "lock_owed",
    "open_accounts",
    "own_pairs",
    "pack_holds",
    "post",
    "post_across",
    "post_each",
    "read_left",
    "set_floor",
    "settle",
    "unhold",
    "void",
]
