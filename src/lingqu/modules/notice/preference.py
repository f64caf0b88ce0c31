"""Whether a user wants its notices by mail too."""

from msgspec import Struct

from lingqu.kernel.scope import Scope
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class Preference(Struct, frozen=True):
    """A user's wish in the organization it acts for; without an address nothing is mailed."""

    is_by_mail: bool
    email: str | None


async def read_preference(tx: Tx, *, scope: Scope) -> Preference:
    """Read the caller's own wish."""
    return await tx.one(SQL["read_preference"], Preference, **_own(scope))


async def set_preference(tx: Tx, *, scope: Scope, is_by_mail: bool) -> Preference:
    """Get notices by mail from now on, or no longer."""
    before = await read_preference(tx, scope=scope)
    await tx.run(SQL["set_preference"], is_by_mail=is_by_mail, **_own(scope))
    after = await read_preference(tx, scope=scope)
    tx.record("notice-preference", scope.actor.user_id, before=before, after=after)
    return after


def _own(scope: Scope) -> dict[str, object]:
    return {"cell_id": scope.cell_id, "user_id": scope.actor.user_id, "party_id": scope.party_id}
