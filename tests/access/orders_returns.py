"""Cases of returns over many orders; orders.py receives the goods and lets this ask for them back."""

from collections.abc import Callable
from typing import Any

from msgspec import to_builtins

from lingqu.kernel.scope import Scope
from lingqu.modules.orders.joint_types import NewJointReturn, asked_for
from lingqu.modules.orders.plan_return import BackGoods, ReturnWish, plan_return
from lingqu.modules.orders.request_joint import request_joint
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

_TRADES = {"east": ("factory", "east1"), "west": ("mill", "west1")}


async def build_joint(tx: Tx, world: World, *, seller: str, scope: Scope) -> None:
    """Ask for what was just received to go back."""
    wanted = await _wanted(tx, world, seller, scope)
    world.made["joint", seller] = (await request_joint(tx, scope=scope, wanted=wanted)).id


async def plan_joint(tx: Tx, world: World, *, seller: str, scope: Scope) -> None:
    """Keep what could be asked for next."""
    world.made["joint-wish", seller] = to_builtins(await _wanted(tx, world, seller, scope), str_keys=True)


async def _wanted(tx: Tx, world: World, seller: str, scope: Scope) -> NewJointReturn:
    goods = [BackGoods(sku_id=world.made["sku", _TRADES[seller][0]], quantity=1)]
    wish = ReturnWish(seller_id=world[seller].id, lines=goods)
    return asked_for(await plan_return(tx, scope=scope, wish=wish), reason="test")


def _requests(*, by: str, body: Any = None) -> Callable[[World], list[Target]]:
    def targets(world: World) -> list[Target]:
        return [
            Target(
                owners=frozenset({seller, buyer}),
                by=by.format(seller=seller, buyer=buyer),
                path={"joint_id": world.made["joint", seller]},
                id=world.made["joint", seller],
                body=body,
            )
            for seller, (_, buyer) in _TRADES.items()
        ]

    return targets


def _asking(body: Callable[[World, str, str], Any]) -> Callable[[World], list[Target]]:
    """Whoever buys from the seller may ask it; nobody else may."""

    def targets(world: World) -> list[Target]:
        return [
            Target(
                owners=frozenset({seller, buyer, f"{seller}2"}),
                by=f"{buyer}/sales",
                body={"seller_id": world[seller].id} | body(world, seller, maker),
            )
            for seller, (maker, buyer) in _TRADES.items()
        ]

    return targets


def _for_buyer(world: World) -> list[Target]:
    """The seller asks for a buyer of its own."""
    return [
        Target(
            owners=frozenset({seller, buyer}),
            by=f"{seller}/sales",
            body={"seller_id": world[seller].id, "buyer_id": world[buyer].id, "text": "FIRST 1"},
        )
        for seller, (_, buyer) in _TRADES.items()
    ]


def _own(**given: Any) -> Callable[[World], list[Target]]:
    """A setting is always the caller's own."""
    return lambda _: [Target(owners=None, **given | {"by": given["by"].format(seller=seller)}) for seller in _TRADES]


_RULE = {"first": "oldest", "window_days": 30}

RETURN_CASES = {
    "list_joint_returns": Case(targets=_requests(by="{buyer}/viewer"), is_list=True),
    "read_joint_return": Case(targets=_requests(by="{buyer}/viewer")),
    "plan_joint_return": Case(
        targets=_asking(lambda world, _, maker: {"lines": [{"sku_id": world.made["sku", maker], "quantity": 1}]})
    ),
    "paste_joint_return": Case(targets=_for_buyer),
    "request_joint_return": Case(targets=_asking(lambda world, seller, _: world.made["joint-wish", seller])),
    "decide_joint_return": Case(targets=_requests(by="{seller}/warehouse", body={"is_accepted": True})),
    "read_return_rule": Case(targets=_own(by="{seller}/viewer")),
    "set_return_rule": Case(targets=_own(by="{seller}/manager", body=_RULE, if_match=0)),
}
