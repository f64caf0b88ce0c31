"""Find the best plan for a share of the backlog: never dearer than greedy or than doing nothing, with a bound."""

import math

from msgspec import Struct
from msgspec.structs import replace

from lingqu.modules.routing.backlog import Backlog, Moves, key_at
from lingqu.modules.routing.plan_faults import faults
from lingqu.modules.routing.plan_figures import figures
from lingqu.modules.routing.plan_greedy import greedy
from lingqu.modules.routing.plan_improve import improve
from lingqu.modules.routing.plan_model import PlanModel
from lingqu.runtime.program import Limits

_WHOLE = 0.4
"""Of the time, for the share as a whole: it gives the bound."""


class Solved(Struct, frozen=True, kw_only=True):
    """The cheapest plan that was found beside greedy's; below ``bound_minor`` no plan costs."""

    moves: Moves
    greedy: Moves
    bound_minor: int
    seconds: float = 0.0


def solve(share: Backlog, limits: Limits) -> Solved:
    """Find the cheapest plan of a share within some time and to a gap.

    First the whole share at once, which proves the answer where it is small enough; where it is not, the rest of the
    time goes into making the answer cheaper, some orders at a time. Costs are whole minor units, so the bound is
    rounded up to one.
    """
    nothing: Moves = {}
    if not _anything_to_gain(share):
        return Solved(moves=nothing, greedy=nothing, bound_minor=figures(share, nothing).cost_minor)
    simple = greedy(share)
    best = min((nothing, simple), key=lambda moves: figures(share, moves).cost_minor)
    cost = figures(share, best).cost_minor
    model = PlanModel(share)
    found = model.program.minimise(replace(limits, seconds=limits.seconds * _WHOLE), start=model.start(best))
    moves = nothing if found.values is None else model.read(found.values)
    if not faults(share, moves) and figures(share, moves).cost_minor <= cost:
        best, cost = moves, figures(share, moves).cost_minor
    spent = 0.0
    if not found.is_best:
        best, spent = improve(share, best, seconds=limits.seconds - found.seconds)
        cost = figures(share, best).cost_minor
    bound = 0 if found.bound < 0 else math.ceil(found.bound - 1e-6 - 1e-9 * found.bound)
    return Solved(moves=best, greedy=simple, bound_minor=min(bound, cost), seconds=found.seconds + spent)


def _anything_to_gain(share: Backlog) -> bool:
    """Tell whether another plan than doing nothing is possible: something lies free, or promises may change places."""
    if any(line.reserved for order in share.orders for line in order.lines):
        return True
    return any(
        share.free.get(key_at(place.bin_id, line.sku_id), 0) > 0
        for order in share.orders
        for line in order.lines
        for place in order.targets
    )
