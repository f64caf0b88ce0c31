"""Read sellers' plans and buyers' places: what a process remembers until the seller's epoch moves on."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from lingqu.modules.routing.plan import Buyer, Course, Plan, Site, course_of
from lingqu.modules.routing.types import NewSetting
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_ENOUGH = 2


class _Row(Struct, frozen=True):
    seller_id: int
    is_active: bool
    content: Any
    version: int

    def setting(self) -> NewSetting:
        kept = msgspec.convert(self.content, NewSetting, strict=False)
        return msgspec.structs.replace(kept, is_active=self.is_active)


async def find_setting(tx: Tx, *, seller_id: int) -> tuple[NewSetting, int]:
    """Read a seller's setting and its version; the defaults and 0 where none is kept."""
    rows = await tx.all(SQL["find_settings"], _Row, seller_ids=[seller_id])
    return (rows[0].setting(), rows[0].version) if rows else (NewSetting(), 0)


async def find_sites(tx: Tx, *, seller_ids: Iterable[int]) -> list[Site]:
    """Read the nodes that sellers may serve from."""
    return await tx.all(SQL["find_sites"], Site, seller_ids=sorted(set(seller_ids)))


async def find_direct_sites(tx: Tx, *, seller_ids: Iterable[int]) -> list[Site]:
    """Read the nodes from which suppliers would send for some sellers, whether the sellers want that or not."""
    return await tx.all(SQL["find_direct_sites"], Site, seller_ids=sorted(set(seller_ids)))


async def direct_sites_of(tx: Tx, *, seller_id: int, setting: NewSetting) -> list[Site]:
    """Read the suppliers' nodes that a setting counts on; no read where it names no supplier."""
    if not setting.direct:
        return []
    return [site for site in await find_direct_sites(tx, seller_ids=[seller_id]) if site.supplier_id in setting.direct]


async def find_buyers(tx: Tx, *, buyer_ids: Iterable[int]) -> dict[int, Buyer]:
    """Read where some buyers are."""
    return {b.id: b for b in await tx.all(SQL["find_buyers"], Buyer, buyer_ids=sorted(set(buyer_ids)))}


async def find_course(tx: Tx, *, seller_id: int, buyer_id: int) -> Course:
    """Work out one course by the rules that are kept, in use or not, for an order that stands already.

    Suppliers send what they took on when the order was placed; later choices are among the seller's own nodes.
    """
    setting, version = await find_setting(tx, seller_id=seller_id)
    sites = await find_sites(tx, seller_ids=[seller_id])
    buyer = (await find_buyers(tx, buyer_ids=[buyer_id]))[buyer_id]
    return course_of(Plan(seller_id=seller_id, version=version, setting=setting, sites=tuple(sites)), buyer)


async def find_courses(tx: Tx, *, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Course]:
    """Work out the courses of some (seller, buyer) pairs.

    A seller that has not asked for routing, or has no two nodes to choose from, is left out: it costs one read here
    and nothing when orders are placed.
    """
    wanted = sorted(set(pairs))
    rows = await tx.all(SQL["find_settings"], _Row, seller_ids=sorted({seller_id for seller_id, _ in wanted}))
    settings = {row.seller_id: row for row in rows if row.is_active}
    if not settings:
        return {}
    sites: dict[int, list[Site]] = defaultdict(list)
    for site in await find_sites(tx, seller_ids=settings):
        sites[site.seller_id].append(site)
    wishes = {seller_id: row.setting() for seller_id, row in settings.items()}
    counting = [seller_id for seller_id, wish in wishes.items() if wish.direct]
    for site in await find_direct_sites(tx, seller_ids=counting) if counting else ():
        if site.supplier_id in wishes[site.seller_id].direct:
            sites[site.seller_id].append(site)
    plans = {
        seller_id: Plan(
            seller_id=seller_id,
            version=row.version,
            setting=wishes[seller_id],
            sites=tuple(sorted(sites[seller_id], key=lambda site: site.id)),
        )
        for seller_id, row in settings.items()
        if len(sites[seller_id]) >= _ENOUGH
    }
    buyers = await find_buyers(tx, buyer_ids={buyer_id for seller_id, buyer_id in wanted if seller_id in plans})
    return {
        (seller_id, buyer_id): course_of(plans[seller_id], buyers[buyer_id])
        for seller_id, buyer_id in wanted
        if seller_id in plans and buyer_id in buyers
    }
