"""What the demo's distributor finds among its trade links: one that somebody proposes, and a right that will end."""

from datetime import timedelta

from lingqu.modules.network.api import (
    Capability,
    GrantBody,
    GrantDays,
    NewProposal,
    ProposedTerms,
    link_terms,
    propose_link,
    read_link,
    set_grant_days,
)
from lingqu.roles.demo.load.known import Known
from lingqu.runtime.tx import Tx

_DAYS, _TRIAL_DAYS = 15, 90
_MESSAGE = "节前临时缺货时想从贵司调货，先试三个月"
_ALLOWED = (Capability.ORDER, Capability.SEE_PRICE)


async def propose_to_distributor(tx: Tx, known: Known) -> None:
    """Let the second distributor propose to buy from the visited one, for a trial."""
    visited, neighbour = known.plan.channel.distributors[:2]
    scope = known.scope(neighbour)
    tx.actor, tx.cell_id = scope.actor, scope.cell_id
    terms = ProposedTerms(
        valid_from=tx.now.date() + timedelta(days=2),
        valid_until=tx.now.date() + timedelta(days=_TRIAL_DAYS),
        payment_days=_DAYS,
        grants=[GrantBody(capability=one) for one in _ALLOWED],
    )
    new = NewProposal(side="buying", partner_code=known.firm(visited).code, terms=terms, message=_MESSAGE)
    await propose_link(tx, scope=scope, new=new)


async def end_a_right(tx: Tx, known: Known) -> None:
    """Let the visited shop see the distributor's stock for a month more."""
    stories = known.plan.stories
    scope = known.scope(stories.distributor)
    tx.actor, tx.cell_id = scope.actor, scope.cell_id
    pair = (known.organizations[stories.distributor].id, known.organizations[stories.visited].id)
    terms = (await link_terms(tx, pairs=[pair]))[pair]
    link = await read_link(tx, scope=scope, link_id=terms.id)
    (shown,) = (one for one in link.grants if one.capability is Capability.SEE_STOCK)
    days = GrantDays(valid_until=tx.now.date() + timedelta(days=30))
    await set_grant_days(tx, scope=scope, link_id=terms.id, grant_id=shown.id, days=days)
