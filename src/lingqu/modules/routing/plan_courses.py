"""How a seller's own nodes look to many of its buyers at once, for orders that stand already."""

from collections.abc import Iterable

from lingqu.modules.routing.plan import Course, Plan, course_of
from lingqu.modules.routing.plans import find_buyers, find_setting, find_sites
from lingqu.runtime.tx import Tx


async def find_courses_of(tx: Tx, *, seller_id: int, buyer_ids: Iterable[int]) -> dict[int, Course]:
    """Work out the courses of some buyers by the rules that are kept, in use or not: `find_course` for many."""
    setting, version = await find_setting(tx, seller_id=seller_id)
    sites = await find_sites(tx, seller_ids=[seller_id])
    plan = Plan(seller_id=seller_id, version=version, setting=setting, sites=tuple(sites))
    return {
        buyer_id: course_of(plan, buyer) for buyer_id, buyer in (await find_buyers(tx, buyer_ids=buyer_ids)).items()
    }
