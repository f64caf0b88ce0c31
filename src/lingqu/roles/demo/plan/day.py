"""What happens on one day of the plan. Firms, goods and packs by their place; quantities in base units."""

from datetime import date
from typing import Literal

from msgspec import Struct

Tender = Literal["cash", "card", "wechat", "alipay"]


class Made(Struct, frozen=True, kw_only=True):
    """A supplier finished a lot, or somebody starts with it."""

    firm: int
    goods: int
    lot: str
    produced_on: date
    expires_on: date
    quantity: int


class Line(Struct, frozen=True):
    """Packs ordered or sold."""

    goods: int
    pack: int
    packs: int


class Short(Struct, frozen=True):
    """A position of a shipment that came with less than was sent."""

    position: int
    received: int
    reason: str


class Order(Struct, frozen=True, kw_only=True):
    """An order that is placed, confirmed and shipped on its day and received on another; None: never in the plan."""

    number: int
    seller: int
    buyer: int
    lines: tuple[Line, ...]
    arrives_on: date
    shorts: tuple[Short, ...] = ()


class Sale(Struct, frozen=True, kw_only=True):
    """A basket at a counter. ``member`` is a place in the plan's members."""

    dealer: int
    minute: int
    tender: Tender
    member: int | None
    lines: tuple[Line, ...]


class Spoiled(Struct, frozen=True, kw_only=True):
    """Goods that are thrown away because their last day has come."""

    firm: int
    goods: int
    lot: str
    quantity: int


class Day(Struct, frozen=True, kw_only=True):
    """In the order in which it happens: spoiled goods out, new goods in, shipments in, orders, sales."""

    on: date
    spoiled: tuple[Spoiled, ...]
    made: tuple[Made, ...]
    arrivals: tuple[Order, ...]
    orders: tuple[Order, ...]
    sales: tuple[Sale, ...]
