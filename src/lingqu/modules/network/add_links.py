"""Make trade links: who may buy from whom, and what the link allows."""

from collections.abc import Sequence

from lingqu.kernel.errors import Refusal, Words
from lingqu.modules.network.bump_epochs import bump_epochs
from lingqu.modules.network.revision import renew_revision
from lingqu.modules.network.types import NewLink
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_PLAIN = tuple(name for name in NewLink.__struct_fields__ if name != "grants")


class LinkExists(Refusal):
    """The two are linked already; edit that link."""

    code = "network.link-exists"
    title = Words("Linked already", "交易关系已存在")
    detail = Words(
        "Organization {buyer_id} buys from organization {seller_id} already; change that link instead.",
        "组织 {buyer_id} 与组织 {seller_id} 已有交易关系，请修改该关系。",
    )


async def add_links(tx: Tx, *, links: Sequence[NewLink]) -> list[int]:
    """Make many links with their grants in two statements; each seller's epoch rises.

    Shapes: the ids, in the order given.
    Raises: LinkExists naming the first pair that is linked already.
    """
    columns = {name: [getattr(link, name) for link in links] for name in _PLAIN}
    rows = await tx.tuples(SQL["add_links"], **columns)
    id_of: dict[tuple[int, int], int] = {(seller_id, buyer_id): id_ for seller_id, buyer_id, id_ in rows}
    for link in links:
        if (link.seller_id, link.buyer_id) not in id_of:
            raise LinkExists(seller_id=link.seller_id, buyer_id=link.buyer_id)
    ids = [id_of[link.seller_id, link.buyer_id] for link in links]
    grants = [(id_, grant) for id_, link in zip(ids, links, strict=True) for grant in link.grants]
    await tx.run(
        SQL["add_grants"],
        link_id=[id_ for id_, _ in grants],
        capability=[grant.capability for _, grant in grants],
        product_line_id=[grant.product_line_id for _, grant in grants],
        valid_from=[grant.valid_from for _, grant in grants],
        valid_until=[grant.valid_until for _, grant in grants],
        now=tx.now,
    )
    # A buyer's rows lie in its sellers' cells too, so its scope has one more.
    await renew_revision(tx)
    await bump_epochs(tx, seller_ids=[link.seller_id for link in links])
    for link, id_ in zip(links, ids, strict=True):
        tx.record("trade-link", id_, after=link)
    return ids
