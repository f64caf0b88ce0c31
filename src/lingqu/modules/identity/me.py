"""The signed-in user's own record."""

from msgspec import Struct
from msgspec.structs import asdict

from lingqu.kernel.errors import Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.types import Me, Membership
from lingqu.runtime.search import sort_key
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class _User(Struct, frozen=True):
    user_id: int
    login: str
    name: str
    phone: str | None
    email: str | None
    language: str
    version: int
    organization_name: str


async def read_me(tx: Tx, *, scope: Scope) -> Me:
    """Read who is signed in, for which organization, and what it may do."""
    user_id = scope.actor.user_id
    user = await tx.one(SQL["find_me"], _User, user_id=user_id, party_id=scope.party_id)
    return Me(
        **asdict(user),
        organization_id=scope.organization_id,
        party_id=scope.party_id,
        kind=scope.kind,
        is_operator=scope.is_whole,
        permissions=sorted(scope.permissions),
        memberships=await tx.all(SQL["find_memberships"], Membership, user_id=user_id),
    )


async def edit_me(
    tx: Tx,
    *,
    scope: Scope,
    version: int,
    name: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    language: str | None = None,
) -> Me:
    """Change what is given of one's own record.

    Raises: Stale.
    """
    before = await tx.one(SQL["find_me"], _User, user_id=scope.actor.user_id, party_id=scope.party_id)
    touched = await tx.run(
        SQL["edit_me"],
        user_id=scope.actor.user_id,
        version=version,
        name=name,
        phone=phone,
        email=email,
        language=language,
        sort_key=None if name is None else sort_key(name),
    )
    if not touched:
        raise Stale(kind="user")
    after = await read_me(tx, scope=scope)
    tx.record("user", before.user_id, before=_audited(before), after=_audited(after))
    return after


def _audited(user: "_User | Me") -> dict[str, str | None]:
    return {"name": user.name, "phone": user.phone, "email": user.email, "language": user.language}
