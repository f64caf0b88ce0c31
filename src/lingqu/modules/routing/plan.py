"""A seller's nodes as they look from one buyer: everything about a route that does not change from order to order."""

from collections.abc import Collection, Sequence
from math import asin, cos, radians, sin, sqrt

from msgspec import Struct
from msgspec.structs import replace

from lingqu.modules.routing.types import Dropped, DropReason, NewSetting, NodeName, NodeSetting, RuleName

_EARTH_KM = 6371.0088


class Site(Struct, frozen=True, kw_only=True):
    """An open node of the seller in its own cell, with the bin of its own goods; or of a supplier that sends for it."""

    id: int
    seller_id: int
    name: str
    bin_id: int
    latitude: float | None
    longitude: float | None
    supplier_id: int = 0
    cell_id: int = 0
    fee_ppm: int = 0


class Buyer(Struct, frozen=True, kw_only=True):
    """Where a buyer is, and which dealer it is. ``region_path``: its region and everything around it."""

    id: int
    level: str
    latitude: float | None
    longitude: float | None
    region_path: tuple[int, ...]


class Plan(Struct, frozen=True, kw_only=True):
    """A seller's setting and its nodes, by ascending id."""

    seller_id: int
    version: int
    setting: NewSetting
    sites: tuple[Site, ...]


class Course(Struct, frozen=True, kw_only=True):
    """A plan seen by one buyer. All tuples run over the nodes that may serve it, by ascending id.

    ``suppliers``, ``cells`` and ``fees_ppm`` are empty where every node is the seller's own; else one's own
    nodes have supplier 0.
    """

    seller_id: int
    version: int
    rules: tuple[RuleName, ...]
    min_days_left: int
    accept_hours: int | None
    max_parts: int
    node_ids: tuple[int, ...]
    bin_ids: tuple[int, ...]
    preferences: tuple[int, ...]
    distances_km: tuple[int | None, ...]
    distance_ranks: tuple[int | None, ...]
    costs_minor: tuple[int, ...]
    cost_ranks: tuple[int, ...]
    lead_days: tuple[int, ...]
    cut_offs: tuple[int, ...]
    capacities: tuple[int, ...]
    dropped: tuple[Dropped, ...]
    names: tuple[NodeName, ...]
    suppliers: tuple[int, ...] = ()
    cells: tuple[int, ...] = ()
    fees_ppm: tuple[int, ...] = ()

    @property
    def counts_load(self) -> bool:
        """Tell whether a rule asks how much each node was given today."""
        return "load" in self.rules and any(self.capacities)


def course_of(plan: Plan, buyer: Buyer) -> Course:
    """Look at a plan from one buyer."""
    by_node = {node.node_id: node for node in plan.setting.nodes}
    dropped: list[Dropped] = []
    kept: list[tuple[Site, NodeSetting, float | None]] = []
    for site in plan.sites:
        node = by_node.get(site.id) or NodeSetting(node_id=site.id)
        if node.region_ids and not set(node.region_ids).intersection(buyer.region_path):
            dropped.append(Dropped(site.id, "area"))
        elif node.levels and buyer.level not in node.levels:
            dropped.append(Dropped(site.id, "level"))
        else:
            kept.append((site, node, _distance(site, buyer)))
    step, cost_step = plan.setting.distance_step_km, plan.setting.cost_step_minor
    costs = tuple(node.base_minor + round((km or 0.0) * node.per_km_minor) for _, node, km in kept)
    return Course(
        seller_id=plan.seller_id,
        version=plan.version,
        rules=plan.setting.rules,
        min_days_left=plan.setting.min_days_left,
        accept_hours=plan.setting.accept_hours,
        max_parts=plan.setting.max_parts,
        node_ids=tuple(site.id for site, _, _ in kept),
        bin_ids=tuple(site.bin_id for site, _, _ in kept),
        preferences=tuple(node.preference for _, node, _ in kept),
        distances_km=tuple(None if km is None else round(km) for _, _, km in kept),
        distance_ranks=tuple(None if km is None else int(km // step) for _, _, km in kept),
        costs_minor=costs,
        cost_ranks=tuple(cost // cost_step for cost in costs),
        lead_days=tuple(node.lead_time_days for _, node, _ in kept),
        cut_offs=tuple(1440 if node.cut_off_minute is None else node.cut_off_minute for _, node, _ in kept),
        capacities=tuple(node.lines_per_day or 0 for _, node, _ in kept),
        dropped=tuple(dropped),
        names=tuple(NodeName(site.id, site.name) for site in plan.sites),
        **_direct([site for site, _, _ in kept]),
    )


def _direct(sites: Sequence[Site]) -> dict[str, tuple[int, ...]]:
    """Say whose the nodes are, where not all are the seller's."""
    if not any(site.supplier_id for site in sites):
        return {}
    return {
        "suppliers": tuple(site.supplier_id for site in sites),
        "cells": tuple(site.cell_id for site in sites),
        "fees_ppm": tuple(site.fee_ppm for site in sites),
    }


def without(course: Course, node_ids: Collection[int], why: DropReason = "let-go") -> Course:
    """Leave out nodes that will not do an order, as if they had no right to it."""
    gone = set(node_ids).intersection(course.node_ids)
    kept = [site for site, node_id in enumerate(course.node_ids) if node_id not in gone]
    some = {name: tuple(values[site] for site in kept) for name in _BY_NODE if (values := getattr(course, name))}
    if not any(some.get("suppliers", ())):
        some |= {"suppliers": (), "cells": (), "fees_ppm": ()}
    dropped = (*course.dropped, *(Dropped(node_id, why) for node_id in sorted(gone)))
    return replace(course, dropped=dropped, **some)


def nodes_of(course: Course, supplier_id: int | None = None) -> set[int]:
    """Name the nodes of one supplier in a course, or of all of them."""
    return {
        node_id
        for node_id, whose in zip(course.node_ids, course.suppliers, strict=False)
        if whose and supplier_id in {None, whose}
    }


_BY_NODE = (
    "node_ids",
    "bin_ids",
    "preferences",
    "distances_km",
    "distance_ranks",
    "costs_minor",
    "cost_ranks",
    "lead_days",
    "cut_offs",
    "capacities",
    "suppliers",
    "cells",
    "fees_ppm",
)


def _distance(site: Site, buyer: Buyer) -> float | None:
    if site.latitude is None or site.longitude is None or buyer.latitude is None or buyer.longitude is None:
        return None
    return great_circle_km((site.latitude, site.longitude), (buyer.latitude, buyer.longitude))


def great_circle_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Measure the way between two places as the crow flies.

    Units:  latitude and longitude in degrees; the result in kilometres.
    Source: the haversine formula on the sphere of the earth's mean radius. Beijing (39.9042, 116.4074) to Shanghai
            (31.2304, 121.4737) is 1,067 km.
    """
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(chord)))
