"""Organizations for people: the list and one of them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct
from msgspec.structs import replace

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.network.status import STATUS_FLOW
from lingqu.modules.network.types import Kind, Status
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts(
    {"name": "sort_key", "code": "code", "created_at": "created_at", "status": "status", "kind": "kind"},
    default="name",
)


class OrganizationQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds names, pinyin initials and codes."""

    kind: Kind | None = None
    status: Status | None = None
    parent_id: Annotated[int, Meta(ge=1)] | None = None
    region_id: Annotated[int, Meta(ge=1)] | None = None


class OrganizationLine(Struct, frozen=True, kw_only=True):
    """An organization in a list."""

    id: int
    kind: Kind
    code: str
    name: str
    name_en: str
    level: str
    status: Status
    parent_id: int | None
    parent_name: str | None
    region_id: int | None
    region_zh: str | None
    region_en: str | None
    contact_name: str
    contact_phone: str


class Organization(Struct, frozen=True, kw_only=True):
    """Everything about one organization; ``steps`` are those that its status allows now."""

    id: int
    party_id: UUID
    kind: Kind
    code: str
    name: str
    name_en: str
    level: str
    status: Status
    parent_id: int | None
    parent_name: str | None
    credit_code: str | None
    region_id: int | None
    region_zh: str | None
    region_en: str | None
    address: str
    latitude: float | None
    longitude: float | None
    contact_name: str
    contact_phone: str
    time_zone: str
    currency: str
    contract_from: date | None
    contract_until: date | None
    created_at: datetime
    version: int
    steps: list[str] = []


async def list_organizations(tx: Tx, *, scope: Scope, query: OrganizationQuery) -> Listed[OrganizationLine]:
    """List the caller's own organization and those below it."""
    return await list_page(
        tx,
        SQL["list_organizations"],
        OrganizationLine,
        query=query,
        sorts=_SORTS,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
        kind=query.kind,
        status=query.status,
        parent_id=query.parent_id,
        region_id=query.region_id,
        keys=query_keys(query.q),
    )


async def read_organization(tx: Tx, *, scope: Scope, organization_id: int) -> Organization:
    """Read one organization.

    Raises: NotFound.
    """
    found = await tx.first(
        SQL["read_organization"],
        Organization,
        id=organization_id,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    if found is None:
        raise NotFound(kind="organization", id=organization_id)
    return replace(found, steps=STATUS_FLOW.steps_from(found.status))
