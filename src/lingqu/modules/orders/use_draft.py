"""What a kept basket is good for: other words on it, the same again, back into the cart."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct
from msgspec.structs import replace

from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.api import NamedPack, describe_skus
from lingqu.modules.orders.basket import Basket, Wish, fill_basket
from lingqu.modules.orders.drafts import Draft, DraftName, read_draft, replace_draft, save_draft
from lingqu.modules.orders.types import LongText, NewLine
from lingqu.runtime.tx import Tx


class DraftWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The buyer's own name for a basket, and the note that goes to the seller with the order."""

    name: DraftName
    note: LongText = ""


class DraftCopy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The name of the copy."""

    name: Annotated[str, Meta(min_length=1, max_length=60, pattern=r"\S")]


async def describe_draft(tx: Tx, *, scope: Scope, draft_id: UUID, words: DraftWords, if_match: int) -> Draft:
    """Give a basket another name or note; its goods stay.

    Raises: NotFound, DraftSubmitted, Stale.
    """
    before = await read_draft(tx, scope=scope, draft_id=draft_id)
    content = replace(before.content, note=words.note)
    return await replace_draft(tx, scope=scope, draft_id=draft_id, content=content, if_match=if_match, name=words.name)


async def copy_draft(tx: Tx, *, scope: Scope, draft_id: UUID, copy: DraftCopy) -> Draft:
    """Keep the same once more, for another time; a copy waits for nobody's yes.

    Raises: NotFound.
    """
    draft = await read_draft(tx, scope=scope, draft_id=draft_id)
    return await save_draft(tx, scope=scope, content=draft.content, name=copy.name)


async def use_draft(tx: Tx, *, scope: Scope, draft_id: UUID) -> Basket:
    """Look which lines of a kept basket can be ordered today, for a cart.

    Raises: NotFound, NoLink.
    """
    draft = await read_draft(tx, scope=scope, draft_id=draft_id)
    packs = await describe_skus(tx, sku_ids={line.sku_id for line in draft.content.lines})
    wishes = [_wish(row, line, packs.get(line.sku_id, ())) for row, line in enumerate(draft.content.lines, start=1)]
    return await fill_basket(tx, scope=scope, seller_id=draft.seller_id, wishes=wishes)


def _wish(row: int, line: NewLine, packs: Sequence[NamedPack]) -> Wish:
    """Name the pack of a line; without one it counts base units."""
    base = next((pack.pack_id for pack in packs if pack.units == 1), 0)
    return Wish(
        row=row,
        text=packs[0].sku_code if packs else str(line.sku_id),
        sku_id=line.sku_id,
        pack_id=base if line.pack_id is None else line.pack_id,
        packs=line.packs,
    )
