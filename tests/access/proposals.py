"""Cases of proposed trade links: both sides of a pair that is not linked yet see it, and one of them answers."""

from datetime import date
from typing import Any

from lingqu.kernel.scope import Actor
from lingqu.modules.network.api import scope_of_party
from lingqu.modules.network.proposals import ProposedTerms
from lingqu.modules.network.propose_link import NewProposal, propose_link
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

_PAIRS = (("brand", "east1"), ("brand", "west1"))
"""Who proposes to supply whom. A proposal tells each side of the other, so no stranger proposes here."""


async def build_proposals(tx: Tx, world: World) -> None:
    """Let the brand propose to supply a dealer of each distributor."""
    for seller, buyer in _PAIRS:
        place = world[seller].added
        scope = await scope_of_party(tx, actor=Actor(place.party_id, None, seller), permissions=frozenset())
        assert scope is not None
        new = NewProposal(
            side="selling", partner_code=f"ACCESS-{buyer}", terms=ProposedTerms(valid_from=date(2026, 3, 1))
        )
        world.made["proposal", buyer] = (await propose_link(tx, scope=scope, new=new)).id


def _seen(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset(pair),
            by=f"{pair[1]}/viewer",
            path={"proposal_id": world.made["proposal", pair[1]]},
            id=world.made["proposal", pair[1]],
        )
        for pair in _PAIRS
    ]


def _answered(world: World, *, side: int, body: Any = None) -> list[Target]:
    """Only one side's own people answer, or take back; not those above it."""
    return [
        Target(
            owners=frozenset({f"{pair[side]}/manager"}),
            by=f"{pair[side]}/manager",
            path={"proposal_id": world.made["proposal", pair[1]]},
            body=body,
        )
        for pair in _PAIRS
    ]


def _proposed(_: World) -> list[Target]:
    """Whoever knows a code may propose; it allows nothing."""
    body = {"side": "buying", "partner_code": "ACCESS-mill", "terms": {"valid_from": "2026-03-01"}}
    return [Target(owners=None, by="east2/manager", body=body)]


PROPOSAL_CASES = {
    "list_link_proposals": Case(targets=_seen, is_list=True),
    "read_link_proposal": Case(targets=_seen),
    "propose_trade_link": Case(targets=_proposed),
    "accept_link_proposal": Case(targets=lambda world: _answered(world, side=1)),
    "decline_link_proposal": Case(targets=lambda world: _answered(world, side=1, body={"reason": "不合适"})),
    "withdraw_link_proposal": Case(targets=lambda world: _answered(world, side=0)),
}
