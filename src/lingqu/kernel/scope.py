"""Scope: which rows a caller may see and what it may do. Computed once per request and passed to every read."""

from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from lingqu.kernel.errors import Refusal, Words


class Forbidden(Refusal):
    """The caller is known but lacks the permission."""

    code = "common.forbidden"
    status = 403
    title = Words("Not allowed", "没有权限")
    detail = Words("Your role lacks the permission {permission}.", "您的角色缺少权限 {permission}。")


class Actor(Struct, frozen=True, gc=False):
    """Who acts: a user of an organization, a partner's key, a member, or the system itself."""

    party_id: UUID
    user_id: int | None = None
    name: str = ""
    channel: str = "console"
    trace_id: str = ""


class Scope(Struct, frozen=True, gc=False):
    """The one door through which rows are read.

    ``organization_ids`` and ``party_ids`` are the caller's own organization and every organization below it;
    ``cell_ids`` are the cells where their rows live. An operator of the platform sees all (``is_whole``).
    """

    actor: Actor
    organization_id: int
    party_id: UUID
    cell_id: int
    organization_ids: tuple[int, ...]
    party_ids: tuple[UUID, ...]
    cell_ids: tuple[int, ...]
    permissions: frozenset[str] = frozenset()
    kind: str = ""
    is_whole: bool = False

    def allows(self, permission: str) -> bool:
        """Tell whether the caller holds ``permission``."""
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Refuse a caller that lacks ``permission``.

        Raises: Forbidden.
        """
        if not self.allows(permission):
            raise Forbidden(permission=permission)

    def traced(self, trace_id: str) -> "Scope":
        """Give the scope as it is in one request."""
        return replace(self, actor=replace(self.actor, trace_id=trace_id))

    def sees(self, organization_id: int) -> bool:
        """Tell whether the caller may see an organization's own rows."""
        return self.is_whole or organization_id in self.organization_ids
