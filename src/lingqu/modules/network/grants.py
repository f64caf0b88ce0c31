"""Grants on a trade link: given, and revoked with effect from the next read."""

from typing import ClassVar

from lingqu.kernel.errors import NotFound, Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.links import GrantBody, Link, announce, read_sold_link
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class Granted(Refusal):
    """The link allows this already."""

    code = "network.granted-already"
    status: ClassVar[int] = 409
    title = Words("Granted already", "该权限已授予")


async def grant(tx: Tx, *, scope: Scope, link_id: int, body: GrantBody) -> Link:
    """Allow one more thing on a link.

    Raises: NotFound for the link or the product line, Granted.
    """
    link = await read_sold_link(tx, scope=scope, link_id=link_id)
    line_id = body.product_line_id
    if line_id is not None and not await tx.values(SQL["find_product_line"], int, id=line_id):
        raise NotFound(kind="product line", id=line_id)
    ids = await tx.values(
        SQL["grant"], int, link_id=link_id, capability=body.capability, product_line_id=line_id, now=tx.now
    )
    if not ids:
        raise Granted
    tx.record("link-grant", ids[0], after={"link_id": link_id, "capability": body.capability, "line_id": line_id})
    return await announce(tx, scope=scope, link=link)


async def revoke(tx: Tx, *, scope: Scope, link_id: int, grant_id: int, reason: str) -> Link:
    """Take a grant back; the next read goes without it.

    Raises: NotFound for a link that is not the caller's to change, or a grant that is not live.
    """
    link = await read_sold_link(tx, scope=scope, link_id=link_id)
    if not await tx.run(SQL["revoke"], link_id=link_id, id=grant_id, reason=reason, now=tx.now):
        raise NotFound(kind="grant", id=grant_id)
    tx.record("link-grant", grant_id, before={"is_live": True}, after={"is_live": False, "reason": reason})
    return await announce(tx, scope=scope, link=link)
