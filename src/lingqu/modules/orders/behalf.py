"""Ordering on behalf: whether a seller's clerk may order for a buyer, and whether the buyer has to agree first."""

from typing import Literal

from msgspec import Struct

from lingqu.kernel.errors import NotFound, Refusal, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import bump_epochs
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
OnBehalf = Literal["allowed", "consent", "never"]
_STRICTNESS: tuple[OnBehalf, ...] = ("allowed", "consent", "never")


class NotOnBehalf(Refusal):
    """The seller does not order for this buyer."""

    code = "orders.not-on-behalf"
    status = 403
    title = Words("The buyer orders itself", "须由客户自行下单")
    detail = Words("Orders on behalf of this buyer are not agreed.", "未约定可为该客户代下单。")


class NewBehalfRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the caller's side says."""

    says: OnBehalf


class BehalfRule(Struct, frozen=True, kw_only=True):
    """What both sides say of one link; the stricter holds. ``version`` 0: nobody has said anything."""

    seller_says: OnBehalf = "allowed"
    buyer_says: OnBehalf = "allowed"
    holds: OnBehalf = "allowed"
    version: int = 0


class _Row(Struct, frozen=True):
    seller_says: OnBehalf
    buyer_says: OnBehalf
    version: int


def stricter(one: OnBehalf, other: OnBehalf) -> OnBehalf:
    """Choose the word that binds more."""
    return max(one, other, key=_STRICTNESS.index)


async def read_behalf_rule(tx: Tx, *, scope: Scope, seller_id: int, buyer_id: int) -> BehalfRule:
    """Read what holds between two sides, as one of them.

    Raises: NotFound for whoever is neither, and where there is no link.
    """
    if scope.organization_id not in {seller_id, buyer_id}:
        raise NotFound(kind="trade link", id=f"{seller_id}/{buyer_id}")
    if not await tx.value(SQL["is_linked"], bool, seller_id=seller_id, buyer_id=buyer_id):
        raise NotFound(kind="trade link", id=f"{seller_id}/{buyer_id}")
    row = await tx.first(SQL["find_behalf_rule"], _Row, seller_id=seller_id, buyer_id=buyer_id)
    if row is None:
        return BehalfRule()
    holds = stricter(row.seller_says, row.buyer_says)
    return BehalfRule(seller_says=row.seller_says, buyer_says=row.buyer_says, holds=holds, version=row.version)


async def set_behalf_rule(
    tx: Tx, *, scope: Scope, seller_id: int, buyer_id: int, rule: NewBehalfRule, if_match: int
) -> BehalfRule:
    """Say it for one's own side; ``if_match`` 0 where nobody has said anything.

    Raises: NotFound, Stale.
    """
    before = await read_behalf_rule(tx, scope=scope, seller_id=seller_id, buyer_id=buyer_id)
    is_seller = scope.organization_id == seller_id
    versions: list[int] = []
    if before.version == if_match:
        versions = await tx.values(
            SQL["put_behalf_rule"],
            int,
            seller_id=seller_id,
            buyer_id=buyer_id,
            seller_says=rule.says if is_seller else before.seller_says,
            buyer_says=before.buyer_says if is_seller else rule.says,
            if_match=if_match,
        )
    if not versions:
        raise Stale(kind="on-behalf rule")
    after = await read_behalf_rule(tx, scope=scope, seller_id=seller_id, buyer_id=buyer_id)
    tx.record("on-behalf rule", f"{seller_id}/{buyer_id}", before=before if before.version else None, after=after)
    await bump_epochs(tx, seller_ids=[seller_id])
    return after
