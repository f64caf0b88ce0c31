"""Read a change line by line: which lines are written anew, which are cut short, which are added. Pure."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from lingqu.kernel.errors import FieldError, Refusal, Words
from lingqu.modules.orders.revision import LineAdded, LineChange, OrderChange
from lingqu.modules.orders.sheet import LineRow

_UNKNOWN = Words("The order has no such line.", "订单没有该行。")
_TWICE = Words("This line is named twice.", "该行重复。")
_FOREIGN_PRICE = Words("Only the seller may set a price.", "只有卖方可以改价。")
_MOVING = Words(
    "This line has begun to move or is split: it can only be lowered, to {shipped} at the least and {live} at the most "
    "(base units), and keeps its price. Add a line for more.",
    "该行已开始发货、关闭或拆分：只能减少（基本单位 {shipped} 至 {live}），价格不变；如需更多请新增一行。",
)


class CannotChange(Refusal):
    """Some of what is asked cannot be; each field is named and nothing is changed."""

    code = "orders.cannot-change"
    status = 422
    title = Words("The order cannot be changed like this", "订单无法这样修改")


class PricedRow(Struct, frozen=True, kw_only=True):
    """What a change must know of a line beside what steps know."""

    line_no: int
    pack_id: int
    asked_packs: int
    packs: int
    price_minor: int
    is_tax_included: bool
    tax_ppm: int
    discount_minor: int
    is_split: bool
    price_item_id: int | None
    sku_code: str
    name_zh: str
    name_en: str
    base_unit: str


class Wish(Struct, frozen=True, kw_only=True):
    """One line as it shall be. ``line`` None: it is new. ``cut`` base units of a line in motion are given up."""

    path: str
    line: LineRow | None = None
    sku_id: int
    pack_id: int
    packs: int
    price_minor: int | None = None
    cut: int = 0

    @property
    def is_cut(self) -> bool:
        """Tell whether the line keeps its price and only gets less."""
        return self.cut > 0


def wishes_of(
    change: OrderChange, *, side: str, lines: Sequence[LineRow], priced: Mapping[int, PricedRow]
) -> list[Wish]:
    """Read what is asked of each line; a line that stays as it is is left out.

    Raises: CannotChange.
    """
    rows = {line.line_no: line for line in lines}
    errors: list[FieldError] = []
    wishes: list[Wish] = []
    seen: set[int] = set()
    for i, one in enumerate(change.lines):
        path = f"/lines/{i}"
        row = rows.get(one.line_no)
        if row is None or one.line_no in seen:
            words = _UNKNOWN if row is None else _TWICE
            errors.append(FieldError(f"{path}/line_no", "unknown" if row is None else "duplicate", words))
            continue
        seen.add(one.line_no)
        errors += _price_fault(path, one, side)
        wish, fault = _wish(path, one, row, priced[one.line_no])
        errors += fault
        if wish is not None:
            wishes.append(wish)
    for i, new in enumerate(change.added):
        errors += _price_fault(f"/added/{i}", new, side)
        wishes.append(
            Wish(
                path=f"/added/{i}",
                sku_id=new.sku_id,
                pack_id=new.pack_id,
                packs=new.packs,
                price_minor=new.price_minor,
            )
        )
    if errors:
        raise CannotChange(errors=errors)
    return wishes


def _price_fault(path: str, asked: LineChange | LineAdded, side: str) -> list[FieldError]:
    if asked.price_minor is None or side == "seller":
        return []
    return [FieldError(f"{path}/price_minor", "foreign-price", _FOREIGN_PRICE)]


def _wish(path: str, asked: LineChange, row: LineRow, priced: PricedRow) -> tuple[Wish | None, list[FieldError]]:
    """Write a line anew that is whole; one in motion, split, or with a discount of its own is only cut."""
    price = None if asked.price_minor == priced.price_minor else asked.price_minor
    units = asked.packs * row.units_per_pack
    live = row.quantity - row.cancelled
    wish = Wish(path=path, line=row, sku_id=row.sku_id, pack_id=priced.pack_id, packs=asked.packs, price_minor=price)
    if not (row.shipped or row.cancelled or priced.discount_minor or priced.is_split):
        return (None if asked.packs == priced.packs and price is None else wish), []
    if units == live and price is None:
        return None, []
    if price is not None or units > live or units < row.shipped:
        facts = {"line_no": row.line_no, "shipped": row.shipped, "live": live}
        return None, [FieldError(f"{path}/packs", "in-motion", _MOVING, facts)]
    return Wish(path=path, line=row, sku_id=row.sku_id, pack_id=priced.pack_id, packs=asked.packs, cut=live - units), []
