"""The lines of a template or a standing order: packs by id, stored as they are, shown by name."""

from collections.abc import Iterable, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Invalid, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.api import NamedPack, describe_skus, visible_packs
from lingqu.modules.orders.basket import BasketLine, line_of
from lingqu.modules.orders.types import Packs, SkuId
from lingqu.runtime.tx import Tx

_NO_PACK = Words("You may not buy this pack.", "您不能购买该包装。")
_TWICE = Words("This pack stands in another line already.", "该包装已在其他行中。")


class ListedPack(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pack and how many of it are usual."""

    sku_id: SkuId
    pack_id: SkuId
    packs: Packs


ListedPacks = Annotated[list[ListedPack], Meta(min_length=1, max_length=2000)]


async def check_lines(tx: Tx, *, scope: Scope, lines: Sequence[ListedPack], known: Iterable[ListedPack] = ()) -> None:
    """Refuse lines that name goods which the caller may not see; those it had before (``known``) may stay.

    Raises: Invalid naming each line.
    """
    had = {(line.sku_id, line.pack_id) for line in known}
    packs = await visible_packs(tx, scope=scope, pack_ids=[line.pack_id for line in lines])
    seen: set[int] = set()
    errors = []
    for i, line in enumerate(lines):
        pack = packs.get(line.pack_id)
        is_own = (line.sku_id, line.pack_id) in had
        if not is_own and (pack is None or pack.sku_id != line.sku_id):
            errors.append(FieldError(f"/lines/{i}", "choice", _NO_PACK))
        if line.pack_id in seen:
            errors.append(FieldError(f"/lines/{i}", "twice", _TWICE))
        seen.add(line.pack_id)
    if errors:
        raise Invalid(errors=errors)


async def named_packs(tx: Tx, lines: Iterable[ListedPack]) -> dict[int, NamedPack]:
    """Find what people call the packs of some lines."""
    found = await describe_skus(tx, sku_ids={line.sku_id for line in lines})
    return {pack.pack_id: pack for some in found.values() for pack in some}


def show_lines(lines: Iterable[ListedPack], packs: dict[int, NamedPack]) -> list[BasketLine]:
    """Show lines by name, in their order."""
    return [line_of(packs[line.pack_id], line.packs) for line in lines if line.pack_id in packs]
