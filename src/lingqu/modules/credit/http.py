"""Routes of credit."""

from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.errors import NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.credit import agreements
from lingqu.modules.credit import change as changing
from lingqu.modules.credit import grant as granting
from lingqu.modules.credit.agreements import AgreementQuery
from lingqu.modules.credit.change import AgreementEdit
from lingqu.modules.credit.grant import AlreadyGranted, Grant
from lingqu.modules.credit.types import Agreement
from lingqu.runtime.http.route import get, patch, post
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx


class Suspension(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why nothing more is lent."""

    reason: Annotated[str, Meta(min_length=1, max_length=500)]


@get("/credit-agreements", permission="credit.read", summary="Credit lines with usage and what is overdue by age")
async def list_credit_agreements(tx: Tx, *, scope: Scope, query: AgreementQuery) -> Listed[Agreement]:
    return await agreements.list_agreements(tx, scope=scope, query=query)


@get(
    "/credit-agreements/{agreement_id:int}",
    permission="credit.read",
    summary="One credit line with its usage",
    refusals=[NotFound],
)
async def read_credit_agreement(tx: Tx, *, scope: Scope, agreement_id: int) -> Agreement:
    return await agreements.read_agreement(tx, scope=scope, agreement_id=agreement_id)


@post(
    "/credit-agreements",
    permission="credit.grant",
    summary="Grant a credit line",
    refusals=[NotFound, AlreadyGranted],
)
async def grant_credit(tx: Tx, *, scope: Scope, body: Grant) -> Agreement:
    return await granting.grant(tx, scope=scope, grant=body)


@patch(
    "/credit-agreements/{agreement_id:int}",
    permission="credit.grant",
    summary="Change a credit line",
    refusals=[NotFound, Stale],
)
async def change_credit(tx: Tx, *, scope: Scope, agreement_id: int, body: AgreementEdit, if_match: int) -> Agreement:
    return await changing.change(tx, scope=scope, agreement_id=agreement_id, edit=body, if_match=if_match)


@post(
    "/credit-agreements/{agreement_id:int}/suspension",
    permission="credit.grant",
    summary="Lend nothing more",
    refusals=[NotFound, WrongState, Stale],
)
async def suspend_credit(tx: Tx, *, scope: Scope, agreement_id: int, body: Suspension, if_match: int) -> Agreement:
    return await changing.suspend(tx, scope=scope, agreement_id=agreement_id, reason=body.reason, if_match=if_match)


@post(
    "/credit-agreements/{agreement_id:int}/resumption",
    permission="credit.grant",
    summary="Lend again",
    refusals=[NotFound, WrongState, Stale],
)
async def resume_credit(tx: Tx, *, scope: Scope, agreement_id: int, if_match: int) -> Agreement:
    return await changing.resume(tx, scope=scope, agreement_id=agreement_id, if_match=if_match)


ROUTES = (
    list_credit_agreements,
    read_credit_agreement,
    grant_credit,
    change_credit,
    suspend_credit,
    resume_credit,
)
