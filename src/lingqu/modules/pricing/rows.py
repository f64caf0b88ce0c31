"""Rows that the price book is put together from."""

from datetime import date

from msgspec import Struct


class SellerRow(Struct, frozen=True):
    id: int
    kind: str
    currency: str
    epoch: int


class ListRow(Struct, frozen=True):
    id: int
    seller_id: int
    code: str
    name: str
    currency: str
    is_tax_included: bool
    valid_from: date
    valid_until: date
