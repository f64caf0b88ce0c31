"""How a buyer stands with a seller, told to the buyer before it orders: what is overdue and what follows from it."""

from msgspec import Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.credit.api import find_standings
from lingqu.modules.network.api import organization_terms
from lingqu.modules.orders.policies import find_watches
from lingqu.modules.orders.rules import LateAction
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class BuyerStanding(Struct, frozen=True, kw_only=True):
    """What happens to new orders now (``action``), since more than ``after_days`` are overdue; ``none``: nothing.

    ``release_above_minor``: above this total the buyer's own organization must agree first; null: never.
    """

    seller_id: int
    currency: str
    owed_minor: int
    overdue_minor: int
    overdue_days: int
    action: LateAction
    after_days: int | None
    release_above_minor: int | None


async def read_standing(tx: Tx, *, scope: Scope, seller_id: int) -> BuyerStanding:
    """Read how the caller's organization stands with one of its sellers today.

    Raises: NotFound for who does not sell to the caller.
    """
    pair = (seller_id, scope.organization_id)
    if not await tx.value(SQL["is_linked"], bool, seller_id=seller_id, buyer_id=scope.organization_id):
        raise NotFound(kind="seller", id=seller_id)
    seller = (await organization_terms(tx, organization_ids=[seller_id]))[seller_id]
    watch = (await find_watches(tx, pairs=[pair])).get(pair)
    standings = await find_standings(tx, pairs=[pair], today=business_date(tx.now, seller.time_zone))
    standing = standings.get((*pair, seller.currency))
    late = None if watch is None else watch.late
    days = 0 if standing is None else standing.overdue_days
    return BuyerStanding(
        seller_id=seller_id,
        currency=seller.currency,
        owed_minor=0 if standing is None else standing.owed_minor,
        overdue_minor=0 if standing is None else standing.overdue_minor,
        overdue_days=days,
        action=late.action if late is not None and days > late.after_days else "none",
        after_days=None if late is None else late.after_days,
        release_above_minor=None if watch is None else watch.release_above_minor,
    )
