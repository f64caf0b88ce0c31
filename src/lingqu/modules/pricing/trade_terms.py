"""What an order must amount to at least, and what its freight costs."""

from msgspec import Struct
from msgspec.structs import asdict

from lingqu.kernel.errors import NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import bump_epochs
from lingqu.modules.pricing.events import TermsChanged
from lingqu.modules.pricing.lists import Id, Minor
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_SORTS = Sorts({"id": "id"}, default="id")


class NewTerms(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Terms of one buyer, or without one the seller's default; amounts with tax in the seller's currency."""

    buyer_id: Id | None = None
    minimum_minor: Minor = 0
    freight_minor: Minor = 0
    free_freight_from_minor: Minor | None = None


class TermsView(Struct, frozen=True, kw_only=True):
    """Terms as they are kept."""

    id: int
    seller_id: int
    buyer_id: int | None
    minimum_minor: int
    freight_minor: int
    free_freight_from_minor: int | None
    version: int


class TermsLine(TermsView, frozen=True, kw_only=True):
    """Terms in a list, with names."""

    seller_name: str
    buyer_name: str | None
    currency: str


class TermsQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Terms of one seller, of one buyer, or all."""

    seller_id: Id | None = None
    buyer_id: Id | None = None


async def list_trade_terms(tx: Tx, *, scope: Scope, query: TermsQuery) -> Listed[TermsLine]:
    """Read one page of the terms by which the caller sells or buys.

    Raises: Invalid for an unknown sort or a cursor of another list.
    """
    return await list_page(
        tx,
        SQL["list_terms"],
        TermsLine,
        query=query,
        sorts=_SORTS,
        seller_id=query.seller_id,
        buyer_id=query.buyer_id,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )


async def set_trade_terms(tx: Tx, *, scope: Scope, if_match: int, terms: NewTerms) -> TermsView:
    """Set the terms of one of the caller's own buyers, or its default; ``if_match`` 0 where there are none yet.

    Raises: NotFound for who does not buy from the caller; Stale.
    """
    seller_id = scope.organization_id
    if terms.buyer_id is not None:
        is_buyer = await tx.value(SQL["is_buyer_of"], bool, seller_id=seller_id, buyer_id=terms.buyer_id)
        if not is_buyer:
            raise NotFound(kind="buyer", id=terms.buyer_id)
    return await put_trade_terms(tx, seller_id=seller_id, if_match=if_match, terms=terms)


async def put_trade_terms(tx: Tx, *, seller_id: int, if_match: int, terms: NewTerms) -> TermsView:
    """Set a seller's terms; ``if_match`` 0 where there are none yet.

    Raises: Stale.
    """
    before = await tx.first(SQL["find_terms"], TermsView, seller_id=seller_id, buyer_id=terms.buyer_id)
    if before is None and if_match != 0:
        raise Stale(kind="terms")
    after = await tx.first(SQL["set_terms"], TermsView, seller_id=seller_id, **asdict(terms), if_match=if_match)
    if after is None:
        raise Stale(kind="terms")
    tx.record("terms", after.id, before=before, after=after)
    tx.emit(TermsChanged(seller_id=seller_id, buyer_id=terms.buyer_id))
    await bump_epochs(tx, seller_ids=[seller_id])
    return after
