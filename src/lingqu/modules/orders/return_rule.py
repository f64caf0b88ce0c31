"""What a seller takes back: on which purchases it books returned goods first, and for how long after they arrived."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct

from lingqu.kernel.errors import Refusal, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import Capability, link_terms
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class ReturnNotAllowed(Refusal):
    """The link does not let the buyer return goods of this kind."""

    code = "orders.return-not-allowed"
    status = 403
    title = Words("Returns are not agreed", "未开通退货")
    detail = Words("The seller has not agreed to take these goods back.", "卖方未向您开通该商品的退货权限。")


class WindowOver(Refusal):
    """The goods arrived longer ago than the seller takes them back."""

    code = "orders.return-window-over"
    status = 409
    title = Words("Too late to return", "已过退货期限")
    detail = Words(
        "Line {line_no} arrived more than {window_days} days ago; the seller takes goods back that long.",
        "第 {line_no} 行到货已超过 {window_days} 天，超出卖方的退货期限。",
    )


class NewReturnRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``first``: the purchases that goods asked back without an order are booked on first.

    ``window_days`` after the last of a line arrived it can no longer be returned; None: for ever.
    """

    first: Literal["newest", "oldest"] = "newest"
    window_days: Annotated[int, Meta(ge=1, le=3650)] | None = None


class ReturnRule(NewReturnRule, frozen=True, kw_only=True):
    """The setting as it stands; version 0 where the seller has kept none."""

    version: int = 0

    def since(self, now: datetime) -> datetime | None:
        """Tell when goods must have arrived at the earliest to be taken back now."""
        return None if self.window_days is None else now - timedelta(days=self.window_days)


class _Goods(Struct, frozen=True):
    sku_id: int
    product_line_id: int


async def find_return_rule(tx: Tx, *, cell_id: int, seller_id: int) -> ReturnRule:
    """Read a seller's setting, or the default where it has kept none."""
    found = await tx.first(SQL["find_return_rule"], ReturnRule, cell_id=cell_id, seller_id=seller_id)
    return ReturnRule() if found is None else found


async def read_return_rule(tx: Tx, *, scope: Scope) -> ReturnRule:
    """Read the caller's own setting."""
    return await find_return_rule(tx, cell_id=scope.cell_id, seller_id=scope.organization_id)


async def set_return_rule(tx: Tx, *, scope: Scope, if_match: int, rule: NewReturnRule) -> ReturnRule:
    """Set what the caller takes back; ``if_match`` 0 where there is nothing yet.

    Raises: Stale.
    """
    before = await read_return_rule(tx, scope=scope)
    changed = before.version == if_match and await tx.run(
        SQL["set_return_rule"],
        cell_id=scope.cell_id,
        seller_id=scope.organization_id,
        first=rule.first,
        window_days=rule.window_days,
        user_id=scope.actor.user_id,
        now=tx.now,
        if_match=if_match,
    )
    if not changed:
        raise Stale(kind="return rule")
    tx.record("return rule", scope.organization_id, before=before if before.version else None, after=rule)
    return await read_return_rule(tx, scope=scope)


async def find_unreturnable(tx: Tx, *, seller_id: int, buyer_id: int, sku_ids: Iterable[int]) -> set[int]:
    """Name the goods that the link grants no right to return.

    A link that has ended still lets go back what was bought over it; only a grant that was taken away does not.
    """
    wanted = sorted(set(sku_ids))
    link = (await link_terms(tx, pairs=[(seller_id, buyer_id)])).get((seller_id, buyer_id))
    if link is None:
        return set(wanted)
    granted = {grant.product_line_id for grant in link.grants if grant.capability is Capability.RETURN}
    if None in granted:
        return set()
    goods = await tx.all(SQL["find_goods"], _Goods, sku_ids=wanted)
    return set(wanted) - {one.sku_id for one in goods if one.product_line_id in granted}
