"""Routes of network: trade links and their grants."""

from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.scope import Scope
from lingqu.modules.network import grants, links
from lingqu.modules.network.add_links import LinkExists
from lingqu.modules.network.grants import GrantDays, Granted
from lingqu.modules.network.links import GrantBody, Link, LinkBody, LinkEdit, LinkLine, LinkQuery
from lingqu.runtime.http.route import get, patch, post, put
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx


class RevocationBody(Struct, forbid_unknown_fields=True):
    reason: Annotated[str, Meta(max_length=500)] = ""


@get("/links", permission="network.read", summary="Trade links in which one's side sells or buys")
async def list_links(tx: Tx, *, scope: Scope, query: LinkQuery) -> Listed[LinkLine]:
    return await links.list_links(tx, scope=scope, query=query)


@get("/links/{link_id:int}", permission="network.read", summary="One trade link with its grants")
async def read_link(tx: Tx, *, scope: Scope, link_id: int) -> Link:
    return await links.read_link(tx, scope=scope, link_id=link_id)


@post("/links", permission="network.grant", summary="Link a buyer to a seller", refusals=[LinkExists])
async def add_link(tx: Tx, *, scope: Scope, body: LinkBody) -> Link:
    return await links.add_link(tx, scope=scope, body=body)


@patch("/links/{link_id:int}", permission="network.grant", summary="Change the terms of a link, as the seller's side")
async def edit_link(tx: Tx, *, scope: Scope, link_id: int, body: LinkEdit, if_match: int) -> Link:
    return await links.edit_link(tx, scope=scope, link_id=link_id, version=if_match, edit=body)


@post(
    "/links/{link_id:int}/grants",
    permission="network.grant",
    summary="Allow one more thing on a link",
    refusals=[Granted],
)
async def grant(tx: Tx, *, scope: Scope, link_id: int, body: GrantBody) -> Link:
    return await grants.grant(tx, scope=scope, link_id=link_id, body=body)


@post(
    "/links/{link_id:int}/grants/{grant_id:int}/revocation",
    permission="network.grant",
    summary="Take a grant back, with effect from the next read",
)
async def revoke_grant(tx: Tx, *, scope: Scope, link_id: int, grant_id: int, body: RevocationBody) -> Link:
    return await grants.revoke(tx, scope=scope, link_id=link_id, grant_id=grant_id, reason=body.reason)


@put(
    "/links/{link_id:int}/grants/{grant_id:int}/days",
    permission="network.grant",
    summary="Move the days of a grant; once it holds, only its end",
)
async def set_grant_days(tx: Tx, *, scope: Scope, link_id: int, grant_id: int, body: GrantDays) -> Link:
    return await grants.set_grant_days(tx, scope=scope, link_id=link_id, grant_id=grant_id, days=body)


ROUTES = (list_links, read_link, add_link, edit_link, grant, set_grant_days, revoke_grant)
