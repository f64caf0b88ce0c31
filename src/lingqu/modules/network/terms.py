"""Terms: what trade needs to know of organizations, nodes and links, in sets. No scope: for modules, not people."""

from collections.abc import Iterable

from lingqu.modules.network.types import LinkTerms, NodeTerms, OrganizationTerms
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def organization_terms(tx: Tx, *, organization_ids: Iterable[int]) -> dict[int, OrganizationTerms]:
    """Read the terms of some organizations; one that does not exist is left out."""
    ids = sorted(set(organization_ids))
    return {terms.id: terms for terms in await tx.all(SQL["organization_terms"], OrganizationTerms, ids=ids)}


async def node_terms(tx: Tx, *, node_ids: Iterable[int]) -> dict[int, NodeTerms]:
    """Read the terms of some nodes; one that does not exist is left out."""
    ids = sorted(set(node_ids))
    return {terms.id: terms for terms in await tx.all(SQL["node_terms"], NodeTerms, ids=ids)}


async def link_terms(tx: Tx, *, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], LinkTerms]:
    """Read how some (seller, buyer) pairs trade; a pair that is not linked is left out."""
    wanted = sorted(set(pairs))
    rows = await tx.all(
        SQL["link_terms"], LinkTerms, seller_id=[pair[0] for pair in wanted], buyer_id=[pair[1] for pair in wanted]
    )
    return {(terms.seller_id, terms.buyer_id): terms for terms in rows}
