"""Plan what waits within one transaction: for loaders that fill an installation, where nobody waits for an answer."""

from uuid import UUID

from lingqu.kernel.scope import Scope
from lingqu.modules.orders.gather_backlog import gather_backlog
from lingqu.modules.orders.plan_backlog import AskedPlan, PlanRunning, Solving, keep_plan, told
from lingqu.modules.routing.api import NewBacklogPlan, add_plan, begin_plan, split_up
from lingqu.runtime.tx import Tx


async def plan_now(tx: Tx, *, scope: Scope, ask: NewBacklogPlan) -> UUID:
    """Ask for a plan of the caller's own backlog and make it at once, as the job would.

    Raises: PlanRunning.
    """
    cell_id, seller_id = scope.cell_id, scope.organization_id
    plan_id = await add_plan(tx, cell_id=cell_id, seller_id=seller_id, ask=ask)
    if plan_id is None:
        raise PlanRunning
    await begin_plan(tx, cell_id=cell_id, plan_id=plan_id)
    gathered = await gather_backlog(tx, cell_id=cell_id, seller_id=seller_id, ask=ask)
    solving = Solving(split_up(gathered.backlog), ask)
    summary, orders = told(gathered.backlog, solving.shares, solving.run())
    asked, count = AskedPlan(plan_id=plan_id, seller_id=seller_id), len(solving.shares)
    await keep_plan(tx, cell_id, asked, gathered, summary=summary, orders=orders, shares=count)
    return plan_id
