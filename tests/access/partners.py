"""Cases of partners: each distributor and a dealer of its branch tell a system of their own."""

from collections.abc import Callable
from typing import Any

from lingqu.kernel.scope import Actor
from lingqu.modules.network.api import scope_of_party
from lingqu.modules.partners.address import AddressRule
from lingqu.modules.partners.deliveries import ping
from lingqu.modules.partners.steps import pause
from lingqu.modules.partners.subscribe import NewWebhook, subscribe
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

_SUBJECT = "orders.placed.v1"
_NEW = {"url": "https://erp.example.com/lingqu", "subjects": [_SUBJECT]}
_OWNERS = ("east", "west1")


async def build(tx: Tx, world: World) -> None:
    """Give each its webhook with a delivery, and a paused one."""
    for owner in _OWNERS:
        place = world[owner]
        actor = Actor(place.added.party_id, place.users["manager"], "manager")
        scope = await scope_of_party(tx, actor=actor, permissions=frozenset({"orders.read"}))
        new = NewWebhook(url=_NEW["url"], subjects=[_SUBJECT])
        for state in ("active", "paused"):
            made = await subscribe(tx, scope=scope, new=new, rule=AddressRule())
            world.made[f"webhook-{state}", owner] = made.webhook.id
        await pause(tx, scope=scope, webhook_id=made.webhook.id, if_match=1)
        sent = await ping(tx, scope=scope, webhook_id=world.made["webhook-active", owner])
        world.made["delivery", owner] = sent.id


def _own(*, state: str = "active", has_delivery: bool = False, **given: Any) -> Callable[[World], list[Target]]:
    def targets(world: World) -> list[Target]:
        return [
            Target(
                owners=frozenset({owner}),
                by=f"{owner}/manager",
                path={"webhook_id": world.made[f"webhook-{state}", owner]}
                | ({"delivery_id": world.made["delivery", owner]} if has_delivery else {}),
                id=world.made[f"webhook-{state}", owner],
                **given,
            )
            for owner in _OWNERS
        ]

    return targets


def _anybody(world: World) -> list[Target]:
    return [Target(owners=None, by=f"{owner}/manager", body=_NEW, id=_SUBJECT) for owner in _OWNERS if world[owner]]


CASES = {
    "list_webhooks": Case(targets=_own(), is_list=True),
    "list_webhook_subjects": Case(targets=_anybody),
    "read_webhook": Case(targets=_own()),
    "add_webhook": Case(targets=_anybody),
    "change_webhook": Case(targets=_own(body={"description": "ERP"}, if_match=1)),
    "pause_webhook": Case(targets=_own(if_match=1)),
    "resume_webhook": Case(targets=_own(state="paused", if_match=2)),
    "close_webhook": Case(targets=_own(if_match=1)),
    "rotate_webhook_secret": Case(targets=_own(if_match=1)),
    "ping_webhook": Case(targets=_own()),
    "list_webhook_deliveries": Case(targets=_own()),
    "read_webhook_delivery": Case(targets=_own(has_delivery=True)),
    "redeliver": Case(targets=_own(has_delivery=True)),
    "redeliver_all": Case(targets=_own(body={"since": "2026-01-01T00:00:00Z"})),
}
