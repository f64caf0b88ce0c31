"""What the demo's distributor and a shop of it have set about approval, and who decides for whom this week."""

from datetime import timedelta

from lingqu.modules.approval.api import NewDelegation, delegate
from lingqu.modules.orders.api import (
    ApprovalRule,
    DecidingLevel,
    NewApprovalRules,
    NewLatePolicy,
    NewReleaseRule,
    put_late_policy,
    save_draft,
    set_release_rule,
    set_rules,
    submit_draft,
)
from lingqu.roles.demo.load.daytime import body_of
from lingqu.roles.demo.load.known import Known
from lingqu.roles.demo.plan.open_orders import OpenOrder
from lingqu.roles.demo.plan.tariff import APPROVAL_ABOVE_MINOR
from lingqu.runtime.tx import Tx

_RELEASE_ABOVE_MINOR = 20_000_00
_DEEP_PPM, _CREDIT_PPM = 150_000, 950_000
_LATE_DAYS, _DELEGATED_DAYS = 30, 7
_ASKED = "周末促销备货"
_ONE = (DecidingLevel(),)


async def set_approval(tx: Tx, known: Known) -> None:
    """Let the distributor hold large, cheap and risky orders, warn who pays late, and decide through its sales."""
    distributor = known.plan.stories.distributor
    scope = known.scope(distributor)
    tx.actor, tx.cell_id = scope.actor, scope.cell_id
    rules = NewApprovalRules(
        is_active=True,
        rules=(
            ApprovalRule(name="大额订单", amount_above_minor=APPROVAL_ABOVE_MINOR, levels=_ONE),
            ApprovalRule(name="特价订单", discount_from_ppm=_DEEP_PPM, levels=_ONE, hours=24),
            ApprovalRule(
                name="授信将满",
                credit_above_ppm=_CREDIT_PPM,
                levels=(DecidingLevel(permission="credit.grant"), DecidingLevel(permission="orders.approve-final")),
            ),
        ),
    )
    await set_rules(tx, scope=scope, rules=rules, if_match=0)
    policy = NewLatePolicy(after_days=_LATE_DAYS, action="warn")
    await put_late_policy(tx, scope=scope, buyer_id=None, policy=policy, if_match=0)
    colleague, _ = known.staff["distributor-sales"]
    leave = NewDelegation(
        to_user_id=colleague,
        valid_from=tx.now,
        valid_until=tx.now + timedelta(days=_DELEGATED_DAYS),
        reason="参加展会，外出一周",
    )
    await delegate(tx, scope=scope, new=leave)


async def submit_basket(tx: Tx, known: Known, *, order: OpenOrder) -> None:
    """Let the visited shop's sales submit a basket to its manager, and ask for a release of large ones."""
    manager, sales = known.scope(order.buyer), known.scope(order.buyer, login="dealer-sales")
    tx.actor, tx.cell_id = manager.actor, manager.cell_id
    rule = NewReleaseRule(above_minor=_RELEASE_ABOVE_MINOR)
    await set_release_rule(tx, scope=manager, rule=rule, if_match=0)
    tx.actor = sales.actor
    draft = await save_draft(tx, scope=sales, content=body_of(known, order), name=_ASKED)
    await submit_draft(tx, scope=sales, draft_id=draft.id)
