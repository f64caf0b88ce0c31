"""How a seller shares what arrives: its setting."""

from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Invalid, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import organization_terms
from lingqu.modules.orders.share import Policy
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_TWICE = Words("This level is named twice.", "该级别重复。")


class NewSharing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is served first, and whether goods are given out as they come or only when somebody says so.

    ``levels`` names dealer levels, the first served first; a level that is not named comes last.
    """

    policy: Policy = Policy.OLDEST
    levels: Annotated[list[Annotated[str, Meta(min_length=1, max_length=20)]], Meta(max_length=20)] = []
    is_automatic: bool = True


class Sharing(NewSharing, frozen=True, kw_only=True):
    """The setting as it stands; version 0 where the seller has kept none. ``buyer_levels``: those of its buyers."""

    version: int = 0
    buyer_levels: list[str] = []


class _Row(NewSharing, frozen=True, kw_only=True):
    version: int


async def find_sharing(tx: Tx, *, cell_id: int, seller_id: int) -> Sharing:
    """Read a seller's setting, or the default where it has kept none."""
    row = await tx.first(SQL["find_sharing"], _Row, cell_id=cell_id, seller_id=seller_id)
    if row is None:
        return Sharing()
    return Sharing(policy=row.policy, levels=row.levels, is_automatic=row.is_automatic, version=row.version)


async def read_sharing(tx: Tx, *, scope: Scope) -> Sharing:
    """Read the caller's own setting."""
    found = await find_sharing(tx, cell_id=scope.cell_id, seller_id=scope.organization_id)
    levels = await tx.values(SQL["find_levels_of_buyers"], str, seller_id=scope.organization_id)
    return Sharing(
        policy=found.policy,
        levels=found.levels,
        is_automatic=found.is_automatic,
        version=found.version,
        buyer_levels=levels,
    )


async def set_sharing(tx: Tx, *, scope: Scope, if_match: int, sharing: NewSharing) -> Sharing:
    """Set the caller's own way of sharing; ``if_match`` 0 where there is none yet.

    Raises: Invalid for a level named twice; Stale.
    """
    twice = [i for i, level in enumerate(sharing.levels) if level in sharing.levels[:i]]
    if twice:
        raise Invalid(errors=[FieldError(f"/levels/{i}", "duplicate", _TWICE) for i in twice])
    before = await find_sharing(tx, cell_id=scope.cell_id, seller_id=scope.organization_id)
    changed = before.version == if_match and await tx.run(
        SQL["set_sharing"],
        cell_id=scope.cell_id,
        seller_id=scope.organization_id,
        policy=sharing.policy.value,
        levels=sharing.levels,
        is_automatic=sharing.is_automatic,
        user_id=scope.actor.user_id,
        now=tx.now,
        if_match=if_match,
    )
    if not changed:
        raise Stale(kind="sharing setting")
    tx.record("sharing setting", scope.organization_id, before=before if before.version else None, after=sharing)
    return await read_sharing(tx, scope=scope)


async def ranks_of(tx: Tx, *, buyer_ids: set[int], levels: list[str]) -> dict[int, int]:
    """Tell each buyer's place in the queue of levels; the first is 0."""
    places = {level: place for place, level in enumerate(levels)}
    buyers = await organization_terms(tx, organization_ids=buyer_ids)
    return {buyer_id: places.get(buyer.level, len(levels)) for buyer_id, buyer in buyers.items()}
