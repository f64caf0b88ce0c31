"""Go on in another organization: one login works for several."""

from uuid import UUID

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.open_session import open_session
from lingqu.modules.identity.types import Membership, SignedIn
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def switch_organization(
    tx: Tx, *, scope: Scope, party_id: UUID, address: str = "", user_agent: str = ""
) -> SignedIn:
    """Open a session of the signed-in user for another party that it works for; the present one stays.

    Raises: NotFound for a party without a role for the user.
    """
    assert scope.actor.user_id is not None, "a session has a user"  # noqa: S101 - a bug, not a "no"
    known = await tx.all(SQL["find_memberships"], Membership, user_id=scope.actor.user_id)
    if party_id not in {membership.party_id for membership in known}:
        raise NotFound(kind="organization", id=str(party_id))
    return await open_session(
        tx, user_id=scope.actor.user_id, party_id=party_id, address=address, user_agent=user_agent
    )
