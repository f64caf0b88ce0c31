"""Routes of network: organizations and their life, product lines, nodes. Links stand in `http_links`."""

from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.approval.api import DecidedBefore, NothingWaits, NotYourLevel, RequesterCannotDecide
from lingqu.modules.identity.api import Invited, MoreThanYourOwn
from lingqu.modules.network import apply, decide, edit_organization, history, nodes, organizations, product_lines
from lingqu.modules.network import found_brand as found
from lingqu.modules.network import invite_user as invites
from lingqu.modules.network import take_step as steps
from lingqu.modules.network.apply import Application
from lingqu.modules.network.code_taken import CodeTaken
from lingqu.modules.network.edit_organization import OrganizationEdit
from lingqu.modules.network.found_brand import BrandBody
from lingqu.modules.network.history import History
from lingqu.modules.network.invite_user import InvitationBody
from lingqu.modules.network.nodes import Node, NodeBody, NodeEdit, NodeLine, NodeQuery
from lingqu.modules.network.organizations import Organization, OrganizationLine, OrganizationQuery
from lingqu.modules.network.product_lines import ProductLine, ProductLineBody, ProductLineEdit, ProductLineQuery
from lingqu.modules.network.take_step import HasOrganizationsBelow, OnlyFromAbove, Step
from lingqu.runtime.http.route import Connection, get, patch, post
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx

Reason = Annotated[str, Meta(max_length=500)]


class DecisionBody(Struct, forbid_unknown_fields=True):
    is_approved: bool
    reason: Reason = ""


class StepBody(Struct, forbid_unknown_fields=True):
    step: Step
    reason: Reason = ""


@get("/organizations", permission="network.read", summary="The own organization and those below it")
async def list_organizations(tx: Tx, *, scope: Scope, query: OrganizationQuery) -> Listed[OrganizationLine]:
    return await organizations.list_organizations(tx, scope=scope, query=query)


@get("/organizations/{organization_id:int}", permission="network.read", summary="One organization")
async def read_organization(tx: Tx, *, scope: Scope, organization_id: int) -> Organization:
    return await organizations.read_organization(tx, scope=scope, organization_id=organization_id)


@post(
    "/organizations",
    permission="network.apply",
    summary="Apply for a new organization below one's own",
    refusals=[CodeTaken],
)
async def apply_for_organization(tx: Tx, *, scope: Scope, body: Application) -> Organization:
    return await apply.apply(tx, scope=scope, application=body)


@post("/brands", permission="network.found", summary="Found a brand", refusals=[CodeTaken])
async def found_brand(tx: Tx, *, scope: Scope, body: BrandBody) -> Organization:
    return await found.found_brand(tx, scope=scope, body=body)


@patch(
    "/organizations/{organization_id:int}",
    permission="network.edit",
    summary="Edit an organization",
    refusals=[OnlyFromAbove],
)
async def edit_organization_record(
    tx: Tx, *, scope: Scope, organization_id: int, body: OrganizationEdit, if_match: int
) -> Organization:
    return await edit_organization.edit_organization(
        tx, scope=scope, organization_id=organization_id, version=if_match, edit=body
    )


@post(
    "/organizations/{organization_id:int}/decisions",
    # Whose decision it is the request says; a colleague may decide for whoever holds network.approve.
    permission="network.read",
    summary="Decide on an application, on the level that waits",
    refusals=[NothingWaits, NotYourLevel, RequesterCannotDecide, DecidedBefore],
)
async def decide_on_organization(tx: Tx, *, scope: Scope, organization_id: int, body: DecisionBody) -> Organization:
    return await decide.decide(
        tx, scope=scope, organization_id=organization_id, is_approved=body.is_approved, reason=body.reason
    )


@post(
    "/organizations/{organization_id:int}/steps",
    permission="network.edit",
    summary="Activate, suspend, resume or close an organization below one's own",
    refusals=[WrongState, OnlyFromAbove, HasOrganizationsBelow],
)
async def take_organization_step(tx: Tx, *, scope: Scope, organization_id: int, body: StepBody) -> Organization:
    return await steps.take_step(tx, scope=scope, organization_id=organization_id, step=body.step, reason=body.reason)


@get(
    "/organizations/{organization_id:int}/history",
    permission="network.read",
    summary="The application with its decisions, and every step since",
)
async def read_organization_history(tx: Tx, *, scope: Scope, organization_id: int) -> History:
    return await history.read_history(tx, scope=scope, organization_id=organization_id)


@post(
    "/organizations/{organization_id:int}/invitations",
    permission="identity.edit",
    summary="Invite somebody into an organization",
    refusals=[MoreThanYourOwn],
)
async def invite_user(
    tx: Tx, *, scope: Scope, organization_id: int, body: InvitationBody, request: Connection
) -> Invited:
    return await invites.invite_user(
        tx, scope=scope, organization_id=organization_id, body=body, language=request.language
    )


@get("/product-lines", permission="network.read", summary="Product lines of the brands below and above")
async def list_product_lines(tx: Tx, *, scope: Scope, query: ProductLineQuery) -> Listed[ProductLine]:
    return await product_lines.list_product_lines(tx, scope=scope, query=query)


@post("/product-lines", permission="network.edit", summary="Make a product line of a brand", refusals=[CodeTaken])
async def add_product_line(tx: Tx, *, scope: Scope, body: ProductLineBody) -> ProductLine:
    return await product_lines.add_product_line(tx, scope=scope, body=body)


@patch("/product-lines/{product_line_id:int}", permission="network.edit", summary="Rename a product line")
async def edit_product_line(
    tx: Tx, *, scope: Scope, product_line_id: int, body: ProductLineEdit, if_match: int
) -> ProductLine:
    return await product_lines.edit_product_line(
        tx, scope=scope, product_line_id=product_line_id, version=if_match, edit=body
    )


@get("/nodes", permission="network.read", summary="Warehouses, shops and vans")
async def list_nodes(tx: Tx, *, scope: Scope, query: NodeQuery) -> Listed[NodeLine]:
    return await nodes.list_nodes(tx, scope=scope, query=query)


@get("/nodes/{node_id:int}", permission="network.read", summary="One node with its bins")
async def read_node(tx: Tx, *, scope: Scope, node_id: int) -> Node:
    return await nodes.read_node(tx, scope=scope, node_id=node_id)


@post("/nodes", permission="network.edit", summary="Open a node", refusals=[CodeTaken])
async def add_node(tx: Tx, *, scope: Scope, body: NodeBody) -> Node:
    return await nodes.add_node(tx, scope=scope, body=body)


@patch("/nodes/{node_id:int}", permission="network.edit", summary="Edit a node, or close it")
async def edit_node(tx: Tx, *, scope: Scope, node_id: int, body: NodeEdit, if_match: int) -> Node:
    return await nodes.edit_node(tx, scope=scope, node_id=node_id, version=if_match, edit=body)


ROUTES = (
    list_organizations,
    read_organization,
    apply_for_organization,
    found_brand,
    edit_organization_record,
    decide_on_organization,
    take_organization_step,
    read_organization_history,
    invite_user,
    list_product_lines,
    add_product_line,
    edit_product_line,
    list_nodes,
    read_node,
    add_node,
    edit_node,
)
