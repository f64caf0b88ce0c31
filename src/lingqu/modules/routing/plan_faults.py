"""Look for what a plan of the backlog must not do: the last guard before one is kept."""

from collections import Counter

from lingqu.modules.routing.backlog import Backlog, Moves, Part, WaitingLine, WaitingOrder, given_back, key_at


def faults(backlog: Backlog, moves: Moves) -> list[str]:
    """Name every rule that a plan breaks.

    A line worse off than today, more parts than allowed, a broken pack, a place without the right, more than is free,
    more lines than a node has room for.
    """
    found: list[str] = []
    taken: Counter[int] = Counter()
    lines_to: Counter[int] = Counter()
    for order in backlog.orders:
        for line in order.lines:
            parts = moves.get((order.id, line.line_no))
            if parts is None:
                continue
            found += [f"{order.id}:{line.line_no} {fault}" for fault in _faults_of(order, line, parts)]
            for bin_id, quantity in parts:
                taken[key_at(bin_id, line.sku_id)] += quantity
                if bin_id != line.bin_id:
                    lines_to[order.place(bin_id).node_id] += 1
    back = given_back(backlog, moves)
    for key, quantity in taken.items():
        free = backlog.free.get(key, 0)
        if free < 0 or quantity > free + back[key]:
            found.append(f"more is taken of {key} than is free")
    found += [
        f"node {node_id} has no room for {count}"
        for node_id, count in lines_to.items()
        if count > backlog.room.get(node_id, count)
    ]
    return found


def _faults_of(order: WaitingOrder, line: WaitingLine, parts: tuple[Part, ...]) -> list[str]:
    served = sum(quantity for _, quantity in parts)
    allowed = {place.bin_id for place in order.targets}
    bins = {bin_id for bin_id, _ in parts}
    tests = {
        "is worse off": served < line.reserved,
        f"has {len(parts)} parts": not parts or len(parts) > order.most_parts(line) or len(bins) < len(parts),
        "gets more than it lacks": served > line.open,
        "breaks a pack": any(quantity <= 0 or line.whole(quantity) != quantity for _, quantity in parts),
        "leaves from where it may not": not bins <= allowed,
    }
    return [fault for fault, is_so in tests.items() if is_so]
