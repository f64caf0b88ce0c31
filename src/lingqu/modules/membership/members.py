"""Members for people: the list, and one of them."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta
from msgspec.structs import replace

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.membership.phone import normalise_phone
from lingqu.modules.membership.types import Member, Phone
from lingqu.modules.network.api import organization_terms
from lingqu.runtime.audit import masked
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"name": "sort_key", "registered_at": "registered_at", "points": "points"}, default="name")


class MemberQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds names, pinyin initials and codes; ``phone`` the one member of a number, however it is written."""

    phone: Phone | None = None
    organization_id: Annotated[int, Meta(ge=1)] | None = None


async def list_members(tx: Tx, *, scope: Scope, query: MemberQuery) -> Listed[Member]:
    """List the members who enrolled in the caller's tree.

    Raises: Invalid for a phone that is none.
    """
    phone = None
    if query.phone is not None:
        terms = await organization_terms(tx, organization_ids=[scope.organization_id])
        phone = normalise_phone(query.phone, currency=terms[scope.organization_id].currency)
    page = await list_page(
        tx,
        SQL["list_members"],
        Member,
        query=query,
        sorts=_SORTS,
        id=None,
        phone=phone,
        organization_id=query.organization_id,
        keys=query_keys(query.q),
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    return replace(page, items=[_shown(scope, member) for member in page.items])


async def read_member(tx: Tx, *, scope: Scope, member_id: UUID) -> Member:
    """Read one member.

    Raises: NotFound.
    """
    found = await tx.first(
        SQL["list_members"],
        Member,
        id=member_id,
        phone=None,
        organization_id=None,
        keys=None,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    if found is None:
        raise NotFound(kind="member", id=member_id)
    return _shown(scope, found)


def _shown(scope: Scope, member: Member) -> Member:
    if scope.allows("membership.edit"):
        return member
    return replace(member, phone=masked(member.phone, name="phone"))
