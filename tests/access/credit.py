"""Cases of credit: each distributor lends to a dealer of its branch."""

from collections.abc import Callable
from typing import Any

from lingqu.modules.credit.api import NewAgreement, add_agreements
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

LENDERS = {"east": ("east1", "east2"), "west": ("west1", "west2")}
"""Who lends, to whom, and who has no line yet."""


async def build(tx: Tx, world: World) -> None:
    """Grant one line each, and suspend a second one's twin."""
    for lender, (borrower, _) in LENDERS.items():
        new = NewAgreement(seller_id=world[lender].id, buyer_id=world[borrower].id, limit_minor=1000, payment_days=30)
        (world.made["agreement", lender],) = await add_agreements(tx, agreements=[new])
        off = NewAgreement(seller_id=world["brand"].id, buyer_id=world[lender].id, limit_minor=1000, payment_days=30)
        (world.made["agreement-off", lender],) = await add_agreements(tx, agreements=[off])
        await tx.connection.execute(
            "update credit.agreement set status = 'suspended', suspended_reason = 'late' where id = %s",
            (world.made["agreement-off", lender],),
        )


def _both(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({lender, borrower}),
            by=f"{borrower}/viewer",
            path={"agreement_id": world.made["agreement", lender]},
            id=world.made["agreement", lender],
        )
        for lender, (borrower, _) in LENDERS.items()
    ]


def _own(**given: Any) -> Callable[[World], list[Target]]:
    def targets(world: World) -> list[Target]:
        return [
            Target(
                owners=frozenset({lender}),
                by=f"{lender}/manager",
                path={"agreement_id": world.made["agreement", lender]},
                if_match=1,
                **given,
            )
            for lender in LENDERS
        ]

    return targets


def _off(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({"brand"}),
            by="brand/manager",
            path={"agreement_id": world.made["agreement-off", lender]},
            if_match=1,
        )
        for lender in LENDERS
    ]


def _new(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({lender}),
            by=f"{lender}/manager",
            body={"buyer_id": world[borrower].id, "limit_minor": 1, "payment_days": 1},
        )
        for lender, (_, borrower) in LENDERS.items()
    ]


CASES = {
    "list_credit_agreements": Case(targets=_both, is_list=True),
    "read_credit_agreement": Case(targets=_both),
    "grant_credit": Case(targets=_new),
    "change_credit": Case(targets=_own(body={"limit_minor": 2000})),
    "suspend_credit": Case(targets=_own(body={"reason": "late"})),
    "resume_credit": Case(targets=_off),
}
