"""Read what sellers' rules ask of buyers: what a process remembers until the seller's epoch moves on."""

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from lingqu.modules.orders.behalf import OnBehalf, stricter
from lingqu.modules.orders.judge import Late, OneRule, Watch, compiled
from lingqu.modules.orders.rules import LateAction, NewApprovalRules
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
Pair = tuple[int, int]


class _Rules(Struct, frozen=True):
    seller_id: int
    is_active: bool
    content: Any
    version: int


class _Watched(Struct, frozen=True):
    seller_id: int
    buyer_id: int
    after_days: int | None
    action: LateAction | None
    release_above_minor: int | None
    seller_says: OnBehalf | None
    buyer_says: OnBehalf | None


async def find_rules(tx: Tx, *, seller_id: int) -> tuple[NewApprovalRules, int]:
    """Read a seller's rules and their version; none and 0 where nothing is kept."""
    rows = await tx.all(SQL["find_approval_rules"], _Rules, seller_ids=[seller_id])
    return (_kept(rows[0]), rows[0].version) if rows else (NewApprovalRules(), 0)


async def find_watches(tx: Tx, *, pairs: Iterable[Pair]) -> dict[Pair, Watch]:
    """Find what watches the orders of some (seller, buyer) pairs.

    A pair that nothing watches is left out: it costs two reads here and nothing when orders are placed.
    """
    wanted = sorted(set(pairs))
    rows = await tx.all(SQL["find_approval_rules"], _Rules, seller_ids=sorted({seller_id for seller_id, _ in wanted}))
    rules: dict[int, tuple[tuple[OneRule, ...], int]] = {
        row.seller_id: (tuple([compiled(rule) for rule in _kept(row).rules]), row.version)
        for row in rows
        if row.is_active
    }
    watched = await tx.all(
        SQL["find_watched"],
        _Watched,
        seller_id=[seller_id for seller_id, _ in wanted],
        buyer_id=[buyer_id for _, buyer_id in wanted],
    )
    by_pair = {(row.seller_id, row.buyer_id): row for row in watched}
    return {
        pair: _watch(*rules.get(pair[0], ((), 0)), by_pair.get(pair))
        for pair in wanted
        if pair in by_pair or pair[0] in rules
    }


def _watch(rules: tuple[OneRule, ...], version: int, row: _Watched | None) -> Watch:
    if row is None:
        return Watch(rules=rules, version=version)
    is_late = row.after_days is not None and row.action is not None and row.action != "none"
    late = Late(after_days=row.after_days or 0, action=row.action or "none") if is_late else None
    return Watch(
        rules=rules,
        version=version,
        late=late,
        release_above_minor=row.release_above_minor,
        on_behalf=stricter(row.seller_says or "allowed", row.buyer_says or "allowed"),
    )


def _kept(row: _Rules) -> NewApprovalRules:
    kept = msgspec.convert(row.content, NewApprovalRules, strict=False)
    return msgspec.structs.replace(kept, is_active=row.is_active)
