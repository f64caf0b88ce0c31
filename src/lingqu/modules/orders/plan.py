"""Plan a change: price what is different and say what the order costs afterwards. Pure but for the price book it reads.

What stays keeps its price to the fen. A line that is different is priced for the order's own business day; one that
the seller lowers keeps its price, so that nobody pays more a pack because the other side delivers less.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lingqu.kernel.errors import FieldError, Words
from lingqu.modules.orders.money import sums_of
from lingqu.modules.orders.prepared import cost_of
from lingqu.modules.orders.revision import OrderChange
from lingqu.modules.orders.sheet import LineRow, Sheet
from lingqu.modules.orders.wish import CannotChange, PricedRow, Wish, wishes_of
from lingqu.modules.pricing.api import Fault, PriceBook, PricedLine

_EMPTY = Words("Nothing would be left; cancel the order instead.", "修改后订单为空，请改为取消订单。")


class Planned(Struct, frozen=True, kw_only=True):
    """A line written anew, priced. Units: money in minor units for ``packs``; ``more`` base units than before."""

    wish: Wish
    line_no: int
    units_per_pack: int
    price_minor: int
    is_tax_included: bool
    tax_ppm: int
    tax_minor: int
    total_minor: int
    price_item_id: int | None
    more: int

    @property
    def quantity(self) -> int:
        """Base units of the line afterwards."""
        return self.wish.packs * self.units_per_pack


class Plan(Struct, frozen=True, kw_only=True):
    """What a change does to lines and freight."""

    cuts: tuple[Wish, ...]
    planned: tuple[Planned, ...]
    freight_minor: int
    total_minor: int
    payable_minor: int

    @property
    def is_raising(self) -> bool:
        """Tell whether the buyer gets more of something, or pays more for a pack."""
        return any(one.more > 0 or one.wish.price_minor is not None for one in self.planned)


def plan_change(
    change: OrderChange, *, side: str, sheet: Sheet, priced: Mapping[int, PricedRow], book: PriceBook
) -> Plan:
    """Plan a change of an order under lock.

    Raises: CannotChange naming each field.
    """
    wishes = wishes_of(change, side=side, lines=sheet.lines, priced=priced)
    cuts = tuple(wish for wish in wishes if wish.is_cut)
    errors: list[FieldError] = []
    planned: list[Planned] = []
    next_no = max((line.line_no for line in sheet.lines), default=0) + 1
    anew = [wish for wish in wishes if not wish.is_cut]
    quoted = _quoted(sheet, priced, wishes, book)
    for wish in anew:
        line_no = next_no if wish.line is None else wish.line.line_no
        next_no += wish.line is None
        one, faults = _priced(wish, line_no, side=side, sheet=sheet, priced=priced, quoted=quoted, book=book)
        planned.append(one)
        errors += [fault.at(wish.path) for fault in faults]
    lines = after_lines(sheet.lines, cuts, planned)
    if not any(line.quantity - line.cancelled for line in lines):
        errors.append(FieldError("/lines", "empty", _EMPTY))
    goods = sum(line.total_minor for line in lines)
    freight = sheet.order.freight_minor
    if not any(line.shipped or line.cancelled for line in lines):
        freight, faults = book.freight(
            seller_id=sheet.order.seller_id, buyer_id=sheet.order.buyer_id, amount_minor=goods
        )
        # A seller who delivers less cannot hold the buyer to the least amount.
        errors += [fault.at("") for fault in faults if side == "buyer"]
    if errors:
        raise CannotChange(errors=errors)
    return Plan(
        cuts=cuts,
        planned=tuple(planned),
        freight_minor=freight,
        total_minor=goods + freight,
        payable_minor=payable(lines, freight, title_passes=sheet.order.title_passes),
    )


def payable(lines: Sequence[LineRow], freight_minor: int, *, title_passes: str) -> int:
    """Tell what the buyer pays in the end: what was cancelled or never came is left out."""
    return freight_minor + sum(line.total_minor - sums_of(line, title_passes=title_passes).released for line in lines)


def after_lines(lines: Sequence[LineRow], cuts: Sequence[Wish], planned: Sequence[Planned]) -> list[LineRow]:
    """Give the lines as they cost afterwards; what of them is reserved is decided under the stock's locks."""
    cut = {wish.line.line_no: wish.cut for wish in cuts if wish.line is not None}
    anew = {one.line_no: one for one in planned}
    found: list[LineRow] = []
    for line in lines:
        one = anew.pop(line.line_no, None)
        after = replace(line, cancelled=line.cancelled + cut.get(line.line_no, 0))
        if one is not None:
            after = replace(after, quantity=one.quantity, tax_minor=one.tax_minor, total_minor=one.total_minor)
        found.append(after)
    found += [new_line(lines[0].order_id, one, key=0) for one in anew.values()]
    return found


def new_line(order_id: object, one: Planned, *, key: int) -> LineRow:
    """Make the line that a change adds, with nothing reserved yet."""
    return LineRow(
        order_id=order_id,  # type: ignore[arg-type]
        line_no=one.line_no,
        sku_id=one.wish.sku_id,
        key=key,
        units_per_pack=one.units_per_pack,
        quantity=one.quantity,
        reserved=0,
        back_ordered=0,
        cancelled=0,
        shipped=0,
        received=0,
        short=0,
        returned=0,
        tax_minor=one.tax_minor,
        total_minor=one.total_minor,
    )


def _quoted(
    sheet: Sheet, priced: Mapping[int, PricedRow], wishes: Sequence[Wish], book: PriceBook
) -> dict[str, PricedLine]:
    """Quote the whole basket as it will be, so that rules over all lines hold; answer for the lines written anew."""
    changed = {wish.line.line_no for wish in wishes if wish.line is not None}
    asks = [(wish.sku_id, wish.pack_id, wish.packs) for wish in wishes if wish.packs]
    paths = [wish.path for wish in wishes if wish.packs]
    for line in sheet.lines:
        packs = -(-(line.quantity - line.cancelled) // line.units_per_pack)
        if line.line_no not in changed and packs:
            asks.append((line.sku_id, priced[line.line_no].pack_id, packs))
    order = sheet.order
    quote = book.price_lines(
        seller_id=order.seller_id,
        buyer_id=order.buyer_id,
        business_on=order.business_on,
        lines=asks,
        currency=order.currency,
    )
    return dict(zip(paths, quote.lines, strict=False))


def _priced(
    wish: Wish,
    line_no: int,
    *,
    side: str,
    sheet: Sheet,
    priced: Mapping[int, PricedRow],
    quoted: Mapping[str, PricedLine],
    book: PriceBook,
) -> tuple[Planned, tuple[Fault, ...]]:
    line = wish.line
    old = None if line is None else priced[line_no]
    quote = quoted.get(wish.path)
    faults: tuple[Fault, ...] = ()
    is_less = old is not None and wish.packs <= old.packs
    # Less of a thing that is no longer offered is still possible, at the price it had.
    if old is not None and (quote is None or (is_less and (side == "seller" or quote.item_id is None))):
        units = 0 if line is None else line.units_per_pack
        price, included, ppm, item = old.price_minor, old.is_tax_included, old.tax_ppm, old.price_item_id
    elif quote is not None:
        units, faults = quote.units_per_pack, quote.faults
        price, included, ppm, item = quote.price_minor, quote.is_tax_included, quote.tax_ppm, quote.item_id
    else:
        raise AssertionError("a line that is added has packs and is quoted")
    if wish.price_minor is not None:
        price, item = wish.price_minor, None
        faults += book.faults_of_price(
            seller_id=sheet.order.seller_id,
            buyer_id=sheet.order.buyer_id,
            business_on=sheet.order.business_on,
            currency=sheet.order.currency,
            pack_id=wish.pack_id,
            price_minor=price,
            is_tax_included=included,
        )
    tax, total = cost_of(wish.packs * price, tax_ppm=ppm, is_tax_included=included)
    before = 0 if line is None else line.quantity
    return Planned(
        wish=wish,
        line_no=line_no,
        units_per_pack=units,
        price_minor=price,
        is_tax_included=included,
        tax_ppm=ppm,
        tax_minor=tax,
        total_minor=total,
        price_item_id=item,
        more=wish.packs * units - before,
    ), faults
