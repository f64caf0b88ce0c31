"""What all orders of one buyer with one seller on one business day have in common: found once, and packed once."""

from datetime import date
from functools import lru_cache
from uuid import UUID

from msgspec import Struct

from lingqu.modules.ledger.api import account_id
from lingqu.runtime.rows import day, int4, row_of, text

PAYING = ("prepaid", "rebate", "credit")
"""The accounts that pay an order, in their order of use."""

_ROW = row_of("int4 uuid uuid int4 int8", columns=32)


class Deal(Struct, frozen=True, gc=False):
    """Two sides on a day.

    ``accounts`` may pay, in their order of use, with the numbers of their ids; ``row`` begins the row of each order,
    as ``load_orders`` takes it.
    """

    cell_id: int
    seller: UUID
    seller_id: int
    buyer: UUID
    buyer_id: int | None
    business_on: date
    title_passes: str
    currency: str
    accounts: tuple[UUID, ...]
    account_numbers: tuple[int, ...]
    is_retail: bool
    row: bytes


def deal(
    *,
    cell_id: int,
    seller: UUID,
    seller_id: int,
    buyer: UUID,
    buyer_id: int | None,
    business_on: date,
    title_passes: str,
    currency: str,
    accounts: tuple[UUID, ...],
    is_retail: bool = False,
) -> Deal:
    """Make a deal. ``is_retail``: sold at the counter, so paid and received at once; otherwise placed over a link."""
    kind, status, payment, fulfilment = (
        ("retail", "completed", "paid", "received") if is_retail else ("channel", "placed", "held", "none")
    )
    no_discount, not_returned = 0, "none"
    texts = [not_returned, kind, status, payment, fulfilment, title_passes, currency]
    row = (
        _ROW(cell_id, buyer.bytes, seller.bytes, seller_id, no_discount)
        + int4(buyer_id)
        + day(business_on)
        + b"".join([text(one) for one in texts])
    )
    return Deal(
        cell_id,
        seller,
        seller_id,
        buyer,
        buyer_id,
        business_on,
        title_passes,
        currency,
        accounts,
        tuple([account.int for account in accounts]),
        is_retail,
        row,
    )


@lru_cache(maxsize=200_000)
def paying(seller: UUID, buyer: UUID, currency: str) -> tuple[UUID, ...]:
    """Name the accounts that may pay; a name is two hashes long to find, and the same pair orders again."""
    return tuple(account_id(kind=kind, owner=seller, counterparty=buyer, currency=currency) for kind in PAYING)
