"""Cases of payment: a dealer of each branch pays its distributor online; operators look after what is stuck."""

from collections.abc import Callable, Mapping
from typing import Any

from lingqu.kernel.scope import Actor
from lingqu.modules.network.api import scope_of_party
from lingqu.modules.payment.start import NewOnlinePayment, start
from lingqu.modules.payment.types import reference_of
from lingqu.runtime.paying import Charge, ChargeStatus, NewCharge, RefundStatus
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

_PAIRS = {"east1": "east", "west1": "west"}


class Telling:
    """A provider that nobody asks here; its calls are signed by saying so."""

    name = "telling"

    async def create(self, new: NewCharge) -> Charge:
        raise AssertionError(new)

    async def query(self, reference: str) -> Charge:
        return Charge(status=ChargeStatus.PENDING, pay_url=reference)

    async def close(self, reference: str) -> Charge:
        return Charge(status=ChargeStatus.CLOSED, pay_url=reference)

    async def refund(self, reference: str, *, refund_reference: str, amount_minor: int) -> RefundStatus:
        raise AssertionError((reference, refund_reference, amount_minor))

    def heard(self, headers: Mapping[str, str], body: bytes) -> str:
        if not headers or b"-" not in body:
            raise ValueError(body)
        return body.decode()


async def build(tx: Tx, world: World) -> None:
    """Let each dealer start two payments, and let one of them be stuck."""
    for buyer, seller in _PAIRS.items():
        place = world[buyer]
        actor = Actor(place.added.party_id, place.users["manager"], "manager")
        scope = await scope_of_party(tx, actor=actor, permissions=frozenset({"orders.read"}))
        assert scope is not None
        new = NewOnlinePayment(seller_id=world[seller].id, amount_minor=100)
        for which in ("payment", "payment-stuck"):
            log = await start(tx, scope=scope, new=new, provider="telling")
            world.made[which, buyer] = log.payment.id
            world.made[f"{which}-reference", buyer] = reference_of(log.payment.cell_id, log.payment.id)
        await tx.connection.execute(
            "update payment.step set state = 'failed' where payment_id = %s", [world.made["payment-stuck", buyer]]
        )


def _both(*, by: str = "viewer") -> Callable[[World], list[Target]]:
    def targets(world: World) -> list[Target]:
        return [
            Target(
                owners=frozenset({buyer, seller}),
                by=f"{buyer}/{by}",
                path={"payment_id": world.made["payment", buyer]},
                id=world.made["payment", buyer],
            )
            for buyer, seller in _PAIRS.items()
        ]

    return targets


def _buyers(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({buyer}),
            by=f"{buyer}/accountant",
            path={"payment_id": world.made["payment", buyer]},
        )
        for buyer in _PAIRS
    ]


def _new(world: World) -> list[Target]:
    """Whoever buys from a seller may pay it."""
    return [
        Target(
            owners=frozenset({buyer for by_seller, buyer in world.links if by_seller == seller}),
            by=f"{buyer}/accountant",
            body={"seller_id": world[seller].id, "amount_minor": 100},
        )
        for buyer, seller in _PAIRS.items()
    ]


def _stuck(**given: Any) -> Callable[[World], list[Target]]:
    def targets(world: World) -> list[Target]:
        return [
            Target(
                owners=frozenset({"platform"}),
                by="platform/manager",
                path={"payment_id": world.made["payment-stuck", buyer]},
                **given,
            )
            for buyer in _PAIRS
        ]

    return targets


CASES = {
    "list_online_payments": Case(targets=_both(), is_list=True),
    "read_online_payment": Case(targets=_both()),
    "start_online_payment": Case(targets=_new),
    "cancel_online_payment": Case(targets=_buyers),
    "retry_online_payment": Case(targets=_stuck()),
    "give_up_online_payment": Case(targets=_stuck(body={"reason": "closed"})),
    "hear_provider": Case(
        targets=lambda world: [Target(owners=None, body=world.made["payment-reference", "east1"].encode())]
    ),
}
