"""Grant credit lines."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.credit.agreements import read_agreement
from lingqu.modules.credit.events import CreditChanged
from lingqu.modules.credit.types import Agreement, AgreementStatus, Days, Limit, NewAgreement, Terms
from lingqu.modules.ledger.api import Floor, NewAccount, open_accounts, own_pairs, set_floor
from lingqu.modules.network.api import organization_terms
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class AlreadyGranted(Refusal):
    """The buyer has a credit line here; change that one."""

    code = "credit.already-granted"
    status = 409
    title = Words("Credit granted before", "已有授信")
    detail = Words("Buyer {buyer_id} has a credit line; change it.", "客户 {buyer_id} 已有授信，请调整现有授信。")


class Grant(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much a buyer may owe, and for how long a purchase may stay unpaid."""

    buyer_id: Annotated[int, Meta(ge=1)]
    limit_minor: Limit
    payment_days: Days
    terms: Terms = ""


async def grant(tx: Tx, *, scope: Scope, grant: Grant) -> Agreement:
    """Let a buyer of the caller's organization owe money.

    Raises: NotFound for somebody who is no buyer; AlreadyGranted.
    """
    await own_pairs(tx, scope=scope, buyer_ids=[grant.buyer_id])
    new = NewAgreement(
        seller_id=scope.organization_id,
        buyer_id=grant.buyer_id,
        limit_minor=grant.limit_minor,
        payment_days=grant.payment_days,
        terms=grant.terms,
    )
    (agreement_id,) = await add_agreements(tx, agreements=[new])
    return await read_agreement(tx, scope=scope, agreement_id=agreement_id)


async def add_agreements(tx: Tx, *, agreements: Sequence[NewAgreement]) -> list[int]:
    """Grant many credit lines, set-based: imports and the demo.

    Shapes: one id per agreement, in the order given.
    Raises: AlreadyGranted naming the first buyer that has one.
    """
    ids = {n for new in agreements for n in (new.seller_id, new.buyer_id)}
    terms = await organization_terms(tx, organization_ids=ids)
    rows = await tx.tuples(
        SQL["insert_agreements"],
        seller_id=[new.seller_id for new in agreements],
        buyer_id=[new.buyer_id for new in agreements],
        currency=[terms[new.seller_id].currency for new in agreements],
        limit_minor=[new.limit_minor for new in agreements],
        payment_days=[new.payment_days for new in agreements],
        terms=[new.terms for new in agreements],
        now=tx.now,
        user_id=None if tx.actor is None else tx.actor.user_id,
    )
    made: dict[tuple[int, int], int] = {(seller_id, buyer_id): id_ for seller_id, buyer_id, id_ in rows}
    by_cell: dict[int, list[NewAgreement]] = defaultdict(list)
    for new in agreements:
        if (new.seller_id, new.buyer_id) not in made:
            raise AlreadyGranted(buyer_id=new.buyer_id)
        by_cell[terms[new.seller_id].home_cell].append(new)
    for cell_id in sorted(by_cell):
        accounts = [
            NewAccount(
                kind="credit",
                owner=terms[new.seller_id].party_id,
                counterparty=terms[new.buyer_id].party_id,
                currency=terms[new.seller_id].currency,
                floor=0,
            )
            for new in by_cell[cell_id]
        ]
        opened = await open_accounts(tx, cell_id=cell_id, accounts=accounts)
        floors = [Floor(account, -new.limit_minor) for account, new in zip(opened, by_cell[cell_id], strict=True)]
        await set_floor(tx, cell_id=cell_id, floors=floors)
        for new in by_cell[cell_id]:
            agreement_id = made[new.seller_id, new.buyer_id]
            tx.record("credit-agreement", agreement_id, after=new, cell_id=cell_id)
            tx.emit(
                CreditChanged(
                    agreement_id=agreement_id,
                    seller_id=new.seller_id,
                    buyer_id=new.buyer_id,
                    limit_minor=new.limit_minor,
                    payment_days=new.payment_days,
                    status=AgreementStatus.ACTIVE,
                ),
                cell_id=cell_id,
            )
    return [made[new.seller_id, new.buyer_id] for new in agreements]
