"""Route a basket without ordering it: what the rules would do now, and what other rules would do."""

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import NotFound, Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import organization_terms
from lingqu.modules.routing.choose import Line, choose
from lingqu.modules.routing.gather import gather, minute_of
from lingqu.modules.routing.plan import Course, Plan, course_of
from lingqu.modules.routing.plans import direct_sites_of, find_buyers, find_setting, find_sites
from lingqu.modules.routing.setting import check_setting
from lingqu.modules.routing.types import DirectSite, DryRun, DryRunAsk, LineRoute
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class NobodyServes(Refusal):
    """No node of the seller may serve this buyer."""

    code = "routing.nobody-serves"
    status = 422
    title = Words("No warehouse serves this buyer", "没有可服务该买方的仓库")
    detail = Words(
        "None of the seller's open nodes may serve the buyer's region and level.",
        "卖方没有任何营业中的仓店可服务该买方所在地区和级别。",
    )


async def dry_run(tx: Tx, *, scope: Scope, ask: DryRunAsk) -> DryRun:
    """Route a basket of one of the caller's buyers, by the rules it keeps or by those given.

    Whether a supplier sells it like this, and whether the caller's money there reaches, is seen when it is placed.

    Raises: NotFound for who does not buy from the caller, Invalid for a wrong setting, NobodyServes.
    """
    seller_id = scope.organization_id
    if not await tx.value(SQL["is_buyer_of"], bool, seller_id=seller_id, buyer_id=ask.buyer_id):
        raise NotFound(kind="buyer", id=ask.buyer_id)
    setting, version = await find_setting(tx, seller_id=seller_id)
    if ask.setting is not None:
        await check_setting(tx, seller_id=seller_id, setting=ask.setting)
        setting, version = ask.setting, 0
    sites = await find_sites(tx, seller_ids=[seller_id])
    sites = sorted([*sites, *await direct_sites_of(tx, seller_id=seller_id, setting=setting)], key=lambda site: site.id)
    buyer = (await find_buyers(tx, buyer_ids=[ask.buyer_id]))[ask.buyer_id]
    course = course_of(Plan(seller_id=seller_id, version=version, setting=setting, sites=tuple(sites)), buyer)
    if not course.node_ids:
        raise NobodyServes
    seller = (await organization_terms(tx, organization_ids=[seller_id]))[seller_id]
    facts = await gather(
        tx,
        cell_id=seller.home_cell,
        business_on=business_date(tx.now, seller.time_zone),
        baskets=[(course, [line.sku_id for line in ask.lines])],
        minute=minute_of(tx.now, seller.time_zone),
    )
    lines = [Line(number, line.sku_id, line.quantity) for number, line in enumerate(ask.lines, start=1)]
    return _summed(course, choose(course, lines, facts))


def _summed(course: Course, routes: list[LineRoute]) -> DryRun:
    used = sorted({course.node_ids.index(route.node_id) for route in routes})
    ways = [course.distances_km[site] for site in used]
    return DryRun(
        lines=routes,
        node_count=len(used),
        distance_km=None if None in ways else sum(km for km in ways if km is not None),
        cost_minor=sum(course.costs_minor[site] for site in used),
        nodes=list(course.names),
        direct=[
            DirectSite(node_id=node_id, supplier_id=supplier_id, fee_ppm=fee_ppm)
            for node_id, supplier_id, fee_ppm in zip(course.node_ids, course.suppliers, course.fees_ppm, strict=False)
            if supplier_id
        ],
    )
