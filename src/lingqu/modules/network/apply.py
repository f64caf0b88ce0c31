"""Apply for a new organization: it stands as applied until two levels have agreed."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct
from msgspec.structs import replace

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.approval.api import Level, NewRequest, request_approval
from lingqu.modules.identity.api import check_region
from lingqu.modules.network.add_organizations import add_organizations
from lingqu.modules.network.ask import APPROVAL, ask
from lingqu.modules.network.events import OrganizationApplied
from lingqu.modules.network.organizations import Organization, read_organization
from lingqu.modules.network.types import Kind, NewOrganization, Status
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

Text = Annotated[str, Meta(max_length=200)]
Code = Annotated[str, Meta(min_length=1, max_length=40, pattern="^[0-9A-Za-z._-]+$")]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]


class Application(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who wants to join, and under whom."""

    kind: Literal["supplier", "distributor", "dealer"]
    parent_id: int
    code: Code
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    name_en: Text = ""
    level: Annotated[str, Meta(max_length=20)] = ""
    credit_code: Annotated[str, Meta(pattern="^[0-9A-Z]{18}$")] | None = None
    region_id: int | None = None
    address: Text = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    contact_name: Text = ""
    contact_phone: Annotated[str, Meta(max_length=40)] = ""
    reason: Text = ""


class _Above(Struct, frozen=True):
    party_id: UUID
    time_zone: str
    currency: str
    second_party_id: UUID


async def apply(tx: Tx, *, scope: Scope, application: Application) -> Organization:
    """Make the organization as applied and ask its parent first, then who stands above the parent.

    A parent at the top has the platform above it.

    Raises: NotFound for a parent that the caller may not see, CodeTaken.
    """
    above = await tx.first(
        SQL["find_above"],
        _Above,
        id=application.parent_id,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    if above is None:
        raise NotFound(kind="organization", id=application.parent_id)
    new = NewOrganization(
        kind=Kind(application.kind),
        **{name: getattr(application, name) for name in _SHARED},
        time_zone=above.time_zone,
        currency=above.currency,
        status=Status.APPLIED,
    )
    await check_region(tx, region_id=application.region_id)
    (added,) = await add_organizations(tx, organizations=[new])
    parties = (above.party_id, above.second_party_id)
    await request_approval(
        tx,
        request=NewRequest(
            kind=APPROVAL,
            object_id=added.id,
            party_id=scope.actor.party_id,
            requested_by=scope.actor.user_id,
            levels=[Level(party_id=party_id, permission="network.approve") for party_id in parties],
            reason=application.reason,
            subject={"name": application.name, "code": application.code, "organization_kind": application.kind},
        ),
    )
    await ask(tx, party_id=above.party_id, organization_id=added.id, name=application.name)
    tx.emit(OrganizationApplied(organization_id=added.id, kind=application.kind, parent_id=application.parent_id))
    return await read_organization(tx, scope=_widened(scope, added.id), organization_id=added.id)


_SHARED = tuple(name for name in Application.__struct_fields__ if name not in {"kind", "reason"})


def _widened(scope: Scope, organization_id: int) -> Scope:
    """The scope was computed before the organization stood below it."""
    return replace(scope, organization_ids=(*scope.organization_ids, organization_id))
