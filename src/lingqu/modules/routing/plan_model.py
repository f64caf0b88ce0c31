"""The program of a share of the backlog: its columns and rows, and how an answer reads as moves."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from lingqu.modules.routing.backlog import Backlog, LineId, Moves, Part, Place, WaitingLine, WaitingOrder, key_at
from lingqu.modules.routing.plan_figures import figures, used_bins
from lingqu.runtime.program import Program

_HALF = 0.5
_STAYS = 0.25


class PlanModel:
    """The program of one share.

    minimise    sum_on way[o,n] z[o,n] + sum_o cheapest way[o] owed[o] + split * sum_l extra[l]
                + late * days[o] * (packs of l that wait on)
    subject to  sum_n y[l,n] <= most parts * (1 - a[l]),  y[l,n] <= k[l,n] <= most packs * y[l,n],  y[l,n] <= z[o,n]
                sum_n served[l,n] >= reserved[l] * (1 - a[l]),  extra[l] >= sum_n y[l,n] - 1
                sum_l served[l,n] <= free[n,sku] + sum of what planned lines give back there
                sum_l y[l,n] <= room[n], counting the lines that come from elsewhere
                (packs of l served) + (all packs of l) * owed[o] >= (all packs of l)

    ``a`` leaves a line as it is, ``y`` says that a part of it leaves from a node, ``k`` counts that part's whole packs,
    ``z`` says that the order is delivered from the node, ``owed`` that it must be delivered once more. Served are ``k``
    packs and, of a line in motion, what completes a pack. Lines that stay as they are cost a trifle less (all together
    less than a minor unit), so nothing moves for nothing.

    Source: ADR 0024; every possible plan of small shares is tried in tests/routing/test_plan_best.py.
    """

    def __init__(self, share: Backlog) -> None:
        self.share = share
        self.program = Program()
        self._trifle = _STAYS / (share.line_count + 1)
        self._stays: dict[LineId, int] = {}
        self._extra: dict[LineId, int] = {}
        self._parts: dict[LineId, list[tuple[int, int, int]]] = defaultdict(list)  # bin, y, k
        self._delivered: dict[tuple[UUID, int], int] = {}
        self._owed: dict[UUID, int] = {}
        self._promised: dict[int, int] = defaultdict(int)
        self._on_key: dict[int, list[tuple[int, float]]] = defaultdict(list)
        self._to_node: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for order in share.orders:
            for line in order.lines:
                self._promised[key_at(line.bin_id, line.sku_id)] += line.reserved
        for order in share.orders:
            self._add_order(order)
        for key, terms in self._on_key.items():
            self.program.row(terms, high=max(share.free.get(key, 0), 0) + self._promised[key])
        for node_id, terms in self._to_node.items():
            self.program.row(terms, high=max(share.room[node_id], 0))

    def _add_order(self, order: WaitingOrder) -> None:
        for place in order.places:
            if place.bin_id in order.used_bins:
                self.program.offset += place.cost_minor
            else:
                self._delivered[order.id, place.bin_id] = self.program.column(cost=place.cost_minor)
        owed = self.program.column(cost=order.later_minor)
        self._owed[order.id] = owed
        for line in order.lines:
            self._add_line(order, line, owed)

    def _add_line(self, order: WaitingOrder, line: WaitingLine, owed: int) -> None:
        program, terms = self.program, self.share.terms
        name, key = (order.id, line.line_no), key_at(line.bin_id, line.sku_id)
        late = terms.late_minor * order.days
        packs = line.packs_short(0)
        program.offset += late * packs
        kept = packs - line.packs_short(line.reserved)
        stays = program.column(cost=-late * kept - self._trifle)
        self._stays[name] = stays
        if line.reserved:
            self._on_key[key].append((stays, line.reserved))
            self._needs(order, line.bin_id, stays)
        for place in order.targets:
            self._add_part(order, line, place, late)
        parts = self._parts[name]
        served = [(k, float(line.units)) for _, _, k in parts] + [(y, float(line.begun)) for _, y, _ in parts]
        done = [(k, 1.0) for _, _, k in parts] + ([(y, 1.0) for _, y, _ in parts] if line.begun else [])
        program.row([*done, (stays, float(kept)), (owed, float(packs))], low=packs)
        most = order.most_parts(line)
        chosen = [(y, 1.0) for _, y, _ in parts]
        program.row([*chosen, (stays, float(most))], high=most)
        program.row([*served, (stays, float(line.reserved))], low=line.reserved)
        program.row(served, high=line.open)
        if most > 1:
            extra = program.column(cost=terms.split_minor, upper=most - 1)
            program.row([*chosen, (extra, -1.0)], high=1)
            self._extra[name] = extra

    def _add_part(self, order: WaitingOrder, line: WaitingLine, place: Place, late: int) -> None:
        key = key_at(place.bin_id, line.sku_id)
        free = self.share.free.get(key, 0)
        quantity = line.whole(free + self._promised[key])
        if free < 0 or quantity <= 0:
            return
        program, name = self.program, (order.id, line.line_no)
        most = (quantity - line.begun) // line.units
        y = program.column(cost=-late if line.begun else 0)
        k = program.column(cost=-late, upper=most)
        self._parts[name].append((place.bin_id, y, k))
        program.row([(k, 1.0), (y, -float(most))], high=0)
        if not line.begun:
            program.row([(y, 1.0), (k, -1.0)], high=0)
        self._needs(order, place.bin_id, y)
        self._on_key[key] += [(k, float(line.units)), *([(y, float(line.begun))] if line.begun else [])]
        if place.bin_id != line.bin_id and place.node_id in self.share.room:
            self._to_node[place.node_id].append((y, 1.0))

    def _needs(self, order: WaitingOrder, bin_id: int, column: int) -> None:
        delivered = self._delivered.get((order.id, bin_id))
        if delivered is not None:
            self.program.row([(column, 1.0), (delivered, -1.0)], high=0)

    def start(self, moves: Moves) -> dict[int, float]:
        """Write moves as values of the columns."""
        values: dict[int, float] = {}
        for order in self.share.orders:
            for line in order.lines:
                self._start_line(order, line, moves, values)
            values[self._owed[order.id]] = 1 if figures(replace(self.share, orders=(order,)), moves).owed_units else 0
            for bin_id in used_bins(order, moves):
                if (order.id, bin_id) in self._delivered:
                    values[self._delivered[order.id, bin_id]] = 1
        return values

    def _start_line(self, order: WaitingOrder, line: WaitingLine, moves: Moves, values: dict[int, float]) -> None:
        name = (order.id, line.line_no)
        if name not in moves:
            values[self._stays[name]] = 1
            return
        given = dict(moves[name])
        for bin_id, y, k in self._parts[name]:
            if bin_id in given:
                values[y], values[k] = 1, (given[bin_id] - line.begun) // line.units
        if name in self._extra:
            values[self._extra[name]] = len(given) - 1

    def read(self, values: Sequence[float]) -> Moves:
        """Read an answer: a line's present place comes first among its parts, then the fullest."""
        moves: dict[LineId, tuple[Part, ...]] = {}
        for order in self.share.orders:
            for line in order.lines:
                name = (order.id, line.line_no)
                if values[self._stays[name]] > _HALF:
                    continue
                parts = [
                    (bin_id, line.begun + line.units * round(values[k]))
                    for bin_id, y, k in self._parts[name]
                    if values[y] > _HALF
                ]
                parts.sort(key=lambda part: (part[0] != line.bin_id, -part[1], part[0]))
                if parts and parts != [(line.bin_id, line.reserved)]:
                    moves[name] = tuple(parts)
        return moves
