"""Routes of network."""

from lingqu.kernel.scope import Scope
from lingqu.modules.network import organizations
from lingqu.modules.network.organizations import Organization, OrganizationLine, OrganizationQuery
from lingqu.runtime.http.route import get
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx


@get("/organizations", permission="network.read", summary="The own organization and those below it")
async def list_organizations(tx: Tx, *, scope: Scope, query: OrganizationQuery) -> Listed[OrganizationLine]:
    return await organizations.list_organizations(tx, scope=scope, query=query)


@get("/organizations/{organization_id:int}", permission="network.read", summary="One organization")
async def read_organization(tx: Tx, *, scope: Scope, organization_id: int) -> Organization:
    return await organizations.read_organization(tx, scope=scope, organization_id=organization_id)


ROUTES = (list_organizations, read_organization)
