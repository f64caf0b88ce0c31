"""Set a seller's approval rules and what happens to buyers who pay late. Orders placed from now on follow them."""

import msgspec
from msgspec.structs import asdict
from psycopg.types.json import Jsonb

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import bump_epochs
from lingqu.modules.orders.policies import find_rules
from lingqu.modules.orders.rules import (
    ApprovalRules,
    LatePolicies,
    LatePolicy,
    NewApprovalRules,
    NewLatePolicy,
)
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_TWICE = Words("This name stands in the list already.", "规则名称重复。")
_NO_LINE = Words("There is no such product line.", "产品线不存在。")
_NO_ROLE = Words("Nobody of your organization can have this role.", "本组织没有该角色。")


async def read_rules(tx: Tx, *, scope: Scope) -> ApprovalRules:
    """Read the caller's own rules; version 0 where none are kept."""
    rules, version = await find_rules(tx, seller_id=scope.organization_id)
    return ApprovalRules(**asdict(rules), seller_id=scope.organization_id, version=version)


async def set_rules(tx: Tx, *, scope: Scope, rules: NewApprovalRules, if_match: int) -> ApprovalRules:
    """Set the caller's own rules; ``if_match`` 0 where there are none yet.

    Raises: Invalid for a name used twice, a product line or role that does not exist; Stale.
    """
    await _check(tx, scope, rules)
    before = await read_rules(tx, scope=scope)
    if before.version == 0 and if_match != 0:
        raise Stale(kind="approval rules")
    versions = await tx.values(
        SQL["set_approval_rules"],
        int,
        seller_id=scope.organization_id,
        is_active=rules.is_active,
        content=Jsonb(msgspec.to_builtins(rules)),
        if_match=if_match,
    )
    if not versions:
        raise Stale(kind="approval rules")
    after = ApprovalRules(**asdict(rules), seller_id=scope.organization_id, version=versions[0])
    tx.record("approval rules", scope.organization_id, before=before if before.version else None, after=after)
    await bump_epochs(tx, seller_ids=[scope.organization_id])
    return after


async def _check(tx: Tx, scope: Scope, rules: NewApprovalRules) -> None:
    names = [rule.name for rule in rules.rules]
    errors = [FieldError(f"/rules/{i}/name", "duplicate", _TWICE) for i, name in enumerate(names) if name in names[:i]]
    lines = {line_id for rule in rules.rules for line_id in rule.product_line_ids}
    roles = {level.role_id for rule in rules.rules for level in rule.levels if level.role_id is not None}
    no_lines = set(await tx.values(SQL["check_lines"], int, ids=sorted(lines))) if lines else set()
    no_roles: set[int] = set()
    if roles:
        no_roles = set(
            await tx.values(SQL["check_roles"], int, ids=sorted(roles), kind=scope.kind, party_id=scope.party_id)
        )
    for i, rule in enumerate(rules.rules):
        errors += [
            FieldError(f"/rules/{i}/product_line_ids/{n}", "unknown", _NO_LINE)
            for n, line_id in enumerate(rule.product_line_ids)
            if line_id in no_lines
        ]
        errors += [
            FieldError(f"/rules/{i}/levels/{n}/role_id", "unknown", _NO_ROLE)
            for n, level in enumerate(rule.levels)
            if level.role_id in no_roles
        ]
    if errors:
        raise Invalid(errors=errors)


async def list_late_policies(tx: Tx, *, scope: Scope) -> LatePolicies:
    """List the caller's own policies, the one for every buyer first."""
    return LatePolicies(await tx.all(SQL["list_late_policies"], LatePolicy, seller_id=scope.organization_id))


async def put_late_policy(
    tx: Tx, *, scope: Scope, buyer_id: int | None, policy: NewLatePolicy, if_match: int
) -> LatePolicy:
    """Set what happens to one buyer, or to every buyer without a policy of its own, that pays late.

    Raises: NotFound for who does not buy from the caller; Stale.
    """
    seller_id = scope.organization_id
    if buyer_id is not None and not await tx.value(SQL["is_linked"], bool, seller_id=seller_id, buyer_id=buyer_id):
        raise NotFound(kind="buyer", id=buyer_id)
    before = await _find(tx, scope, buyer_id)
    if before is None and if_match != 0:
        raise Stale(kind="late policy")
    versions = await tx.values(
        SQL["put_late_policy"],
        int,
        seller_id=seller_id,
        buyer_id=buyer_id,
        after_days=policy.after_days,
        action=policy.action,
        if_match=if_match,
    )
    after = await _find(tx, scope, buyer_id)
    if not versions or after is None:
        raise Stale(kind="late policy")
    tx.record("late policy", f"{seller_id}/{buyer_id or 'all'}", before=before, after=after)
    await bump_epochs(tx, seller_ids=[seller_id])
    return after


async def _find(tx: Tx, scope: Scope, buyer_id: int | None) -> LatePolicy | None:
    policies = await list_late_policies(tx, scope=scope)
    return next((one for one in policies.items if one.buyer_id == buyer_id), None)
