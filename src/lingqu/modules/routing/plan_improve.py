"""Make a plan of a large share cheaper: some orders at a time are planned anew, all others stay as they are."""

from collections import Counter
from uuid import UUID

from msgspec.structs import replace

from lingqu.modules.routing.backlog import Backlog, Moves, WaitingOrder, key_at
from lingqu.modules.routing.plan_faults import faults
from lingqu.modules.routing.plan_figures import figures
from lingqu.modules.routing.plan_model import PlanModel
from lingqu.runtime.program import Limits

_SIZES = (10, 20, 40, 80)
"""Orders that are planned together: more at a time once fewer help no more."""

_EACH_S = 2.0
_TRIFLE_S = 0.01


def improve(share: Backlog, moves: Moves, *, seconds: float) -> tuple[Moves, float]:
    """Give a plan that costs no more than ``moves``, and how long looking for it took.

    Each order, the dearest first, is planned together with those that want most of the same goods, exactly, beside what
    the others keep; who was planned with another has had its turn. It ends when a round of the largest size helped
    nothing, or with the time.

    Source: fix-and-optimise, a large-neighbourhood search (Pisinger and Ropke 2010, Large neighborhood search).
    """
    spent = 0.0
    for size in _SIZES:
        is_better = True
        while is_better:
            before, seen = moves, set[UUID]()
            for order in _dearest_first(share, moves):
                if spent >= seconds:
                    return moves, spent
                if order.id in seen:
                    continue
                some = _rivals(share, order, size)
                seen.update(one.id for one in some)
                moves, took = _planned_anew(share, moves, some, limit_s=min(_EACH_S, seconds - spent))
                spent += max(took, _TRIFLE_S)
            is_better = moves is not before and size < len(share.orders)
        if size >= len(share.orders):
            break
    return moves, spent


def _dearest_first(share: Backlog, moves: Moves) -> list[WaitingOrder]:
    def cost(order: WaitingOrder) -> int:
        return figures(replace(share, orders=(order,)), moves).cost_minor

    return sorted(share.orders, key=lambda order: (-cost(order), order.id))


def _rivals(share: Backlog, order: WaitingOrder, size: int) -> tuple[WaitingOrder, ...]:
    """Choose an order and those that share most goods with it, as they stand in the backlog."""
    goods = {line.sku_id for line in order.lines}
    shared = {one.id: len(goods.intersection(line.sku_id for line in one.lines)) for one in share.orders}
    nearest = sorted(share.orders, key=lambda one: (one.id != order.id, -shared[one.id], one.id))[:size]
    chosen = {one.id for one in nearest}
    return tuple(one for one in share.orders if one.id in chosen)


def _planned_anew(
    share: Backlog, moves: Moves, some: tuple[WaitingOrder, ...], *, limit_s: float
) -> tuple[Moves, float]:
    """Plan some orders exactly beside all others; the same plan where that is no cheaper."""
    part = _beside_others(share, moves, some)
    chosen = {order.id for order in some}
    own: Moves = {name: parts for name, parts in moves.items() if name[0] in chosen}
    model = PlanModel(part)
    found = model.program.minimise(Limits(seconds=limit_s), start=model.start(own))
    if found.values is None:
        return moves, found.seconds
    anew = model.read(found.values)
    if faults(part, anew) or figures(part, anew).cost_minor >= figures(part, own).cost_minor:
        return moves, found.seconds
    others = {name: parts for name, parts in moves.items() if name[0] not in chosen}
    return {**others, **anew}, found.seconds


def _beside_others(share: Backlog, moves: Moves, some: tuple[WaitingOrder, ...]) -> Backlog:
    """Leave to some orders what the moves of all others leave of goods and room."""
    free, room = Counter(share.free), dict(share.room)
    chosen = {order.id for order in some}
    for order in share.orders:
        for line in order.lines if order.id not in chosen else ():
            parts = moves.get((order.id, line.line_no))
            if parts is None:
                continue
            free[key_at(line.bin_id, line.sku_id)] += line.reserved
            for bin_id, quantity in parts:
                free[key_at(bin_id, line.sku_id)] -= quantity
                node_id = order.place(bin_id).node_id
                if bin_id != line.bin_id and node_id in room:
                    room[node_id] -= 1
    # Where less than nothing is free, nothing is: what is given back there fills the hole first.
    holes = {key: lacking for key, lacking in share.free.items() if lacking < 0}
    return replace(share, orders=some, free={**free, **holes}, room=room)
