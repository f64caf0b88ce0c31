"""Offer to send straight to a buyer's own buyers, for a service fee; the offer can be ended at any time."""

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import bump_epochs, node_terms
from lingqu.modules.routing.types import DirectOffer, MadeOffer, MadeOffers, NewDirectOffer
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_TWICE = Words("This stands in the list already.", "此项已在列表中。")
_FOREIGN = Words("This is no node of yours.", "这不是本组织的仓店。")


async def list_offers(tx: Tx, *, scope: Scope) -> MadeOffers:
    """List everybody who buys from the caller's own organization to sell on, each with the offer it has."""
    return MadeOffers(offers=await _made(tx, scope.organization_id))


async def find_offers_to(tx: Tx, *, buyer_id: int) -> list[DirectOffer]:
    """Read what suppliers offer to an organization, also what they ended."""
    return await tx.all(SQL["find_offers_to"], DirectOffer, buyer_id=buyer_id)


async def offer_direct(tx: Tx, *, scope: Scope, buyer_id: int, if_match: int, offer: NewDirectOffer) -> MadeOffer:
    """Make or change an offer to one buyer; ``if_match`` 0 where there is none yet.

    Orders placed from now on follow it; what was placed before is sent as agreed, with the fee of that day.

    Raises: NotFound for who does not buy from the caller to sell on; Invalid for a node named twice or not the
            caller's; Stale.
    """
    seller_id = scope.organization_id
    before = {one.buyer_id: one for one in await _made(tx, seller_id)}
    if buyer_id not in before:
        raise NotFound(kind="buyer", id=buyer_id)
    await _check_nodes(tx, seller_id, offer)
    if before[buyer_id].version == 0 and if_match != 0:
        raise Stale(kind="direct offer")
    versions = await tx.values(
        SQL["put_direct_offer"],
        int,
        seller_id=seller_id,
        buyer_id=buyer_id,
        fee_ppm=offer.fee_ppm,
        node_ids=list(offer.node_ids),
        is_active=offer.is_active,
        if_match=if_match,
    )
    if not versions:
        raise Stale(kind="direct offer")
    known = before[buyer_id] if before[buyer_id].version else None
    tx.record("direct offer", f"{seller_id}:{buyer_id}", before=known, after=offer)
    await bump_epochs(tx, seller_ids=sorted({seller_id, buyer_id}))
    return next(one for one in await _made(tx, seller_id) if one.buyer_id == buyer_id)


async def _made(tx: Tx, seller_id: int) -> list[MadeOffer]:
    return await tx.all(SQL["list_direct_offers"], MadeOffer, seller_id=seller_id)


async def _check_nodes(tx: Tx, seller_id: int, offer: NewDirectOffer) -> None:
    known = await node_terms(tx, node_ids=offer.node_ids)
    errors = []
    for i, node_id in enumerate(offer.node_ids):
        if node_id in offer.node_ids[:i]:
            errors.append(FieldError(f"/node_ids/{i}", "duplicate", _TWICE))
        elif node_id not in known or known[node_id].organization_id != seller_id:
            errors.append(FieldError(f"/node_ids/{i}", "unknown", _FOREIGN))
    if errors:
        raise Invalid(errors=errors)
