"""Change, suspend and resume a credit line."""

from msgspec import UNSET, Struct, UnsetType

from lingqu.kernel.errors import Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.credit.agreements import FLOW, own_agreement
from lingqu.modules.credit.events import CreditChanged
from lingqu.modules.credit.types import Agreement, AgreementStatus, Days, Limit, Terms
from lingqu.modules.ledger.api import Floor, set_floor
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class AgreementEdit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    limit_minor: Limit | UnsetType = UNSET
    payment_days: Days | UnsetType = UNSET
    terms: Terms | UnsetType = UNSET


async def change(tx: Tx, *, scope: Scope, agreement_id: int, edit: AgreementEdit, if_match: int) -> Agreement:
    """Change limit, payment days or terms. A limit below what is owed stops further purchases until it is repaid.

    Raises: NotFound for another's agreement; Stale.
    """
    before = await own_agreement(tx, scope=scope, agreement_id=agreement_id)
    return await _write(
        tx,
        scope,
        before,
        if_match,
        limit_minor=before.limit_minor if edit.limit_minor is UNSET else edit.limit_minor,
        payment_days=before.payment_days if edit.payment_days is UNSET else edit.payment_days,
        terms=before.terms if edit.terms is UNSET else edit.terms,
        status=before.status,
        reason=before.suspended_reason,
    )


async def suspend(tx: Tx, *, scope: Scope, agreement_id: int, reason: str, if_match: int) -> Agreement:
    """Lend nothing more; what is owed stays owed.

    Raises: NotFound for another's agreement; WrongState if it is suspended; Stale.
    """
    return await _step(tx, scope, agreement_id, step="suspend", reason=reason, if_match=if_match)


async def resume(tx: Tx, *, scope: Scope, agreement_id: int, if_match: int) -> Agreement:
    """Lend again up to the limit.

    Raises: NotFound for another's agreement; WrongState if it is not suspended; Stale.
    """
    return await _step(tx, scope, agreement_id, step="resume", reason=None, if_match=if_match)


async def _step(tx: Tx, scope: Scope, agreement_id: int, *, step: str, reason: str | None, if_match: int) -> Agreement:
    before = await own_agreement(tx, scope=scope, agreement_id=agreement_id)
    status: AgreementStatus = FLOW.target(step, before.status, id=agreement_id)
    return await _write(
        tx,
        scope,
        before,
        if_match,
        limit_minor=before.limit_minor,
        payment_days=before.payment_days,
        terms=before.terms,
        status=status,
        reason=reason,
    )


async def _write(
    tx: Tx,
    scope: Scope,
    before: Agreement,
    if_match: int,
    *,
    limit_minor: int,
    payment_days: int,
    terms: str,
    status: AgreementStatus,
    reason: str | None,
) -> Agreement:
    changed = await tx.run(
        SQL["change_agreement"],
        id=before.id,
        version=if_match,
        limit_minor=limit_minor,
        payment_days=payment_days,
        terms=terms,
        status=status,
        reason=reason,
    )
    if not changed:
        raise Stale(kind="agreement")
    floor = -limit_minor if status is AgreementStatus.ACTIVE else 0
    await set_floor(tx, cell_id=scope.cell_id, floors=[Floor(before.account_id, floor)])
    after = await own_agreement(tx, scope=scope, agreement_id=before.id)
    tx.record("credit-agreement", before.id, before=before, after=after)
    tx.emit(
        CreditChanged(
            agreement_id=after.id,
            seller_id=after.seller_id,
            buyer_id=after.buyer_id,
            limit_minor=after.limit_minor,
            payment_days=after.payment_days,
            status=after.status,
        )
    )
    return after
