"""Above which amount a buyer's own orders need a yes from its own people before they leave."""

from msgspec import Struct

from lingqu.kernel.errors import Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import bump_epochs
from lingqu.modules.orders.rules import Minor
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class NewReleaseRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Orders above this total need a release; null: none does. Units: minor units of the seller's currency."""

    above_minor: Minor | None


class ReleaseRule(NewReleaseRule, frozen=True, kw_only=True):
    """The rule as it is kept; version 0: none is."""

    version: int


async def read_release_rule(tx: Tx, *, scope: Scope) -> ReleaseRule:
    """Read the caller's own rule."""
    found = await tx.first(SQL["find_release_rule"], ReleaseRule, buyer_id=scope.organization_id)
    return found or ReleaseRule(above_minor=None, version=0)


async def set_release_rule(tx: Tx, *, scope: Scope, rule: NewReleaseRule, if_match: int) -> ReleaseRule:
    """Set the caller's own rule; it holds for what is ordered from now on, at every seller.

    Raises: Stale.
    """
    buyer_id = scope.organization_id
    before = await read_release_rule(tx, scope=scope)
    if before.version == 0 and if_match != 0:
        raise Stale(kind="release rule")
    versions = await tx.values(
        SQL["put_release_rule"], int, buyer_id=buyer_id, above_minor=rule.above_minor, if_match=if_match
    )
    if not versions:
        raise Stale(kind="release rule")
    after = ReleaseRule(above_minor=rule.above_minor, version=versions[0])
    tx.record("release rule", buyer_id, before=before if before.version else None, after=after)
    await bump_epochs(tx, seller_ids=await tx.values(SQL["find_sellers_of"], int, buyer_id=buyer_id))
    return after
