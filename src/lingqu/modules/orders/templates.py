"""Templates: named lists of what is usually bought at one seller, shared in the buyer's organization."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta, Struct
from psycopg.types.json import Jsonb

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Refusal, Stale, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.orders.basket import Basket, BasketLine, Wish, fill_basket, require_link
from lingqu.modules.orders.repeat import Repeat, asked_lines
from lingqu.modules.orders.template_lines import ListedPack, check_lines, named_packs, show_lines
from lingqu.modules.orders.types import SkuId
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"saved_at": "saved_at", "name": "name"}, default="-saved_at")
_ONE = Words("Send either lines or an order whose lines are taken.", "请提供商品行，或指明要沿用其商品行的订单。")
KEPT = timedelta(days=30)
"""How long a deletion can be undone."""

Name = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"\S")]


class NameTaken(Refusal):
    """Another list of this organization at this seller has the name."""

    code = "orders.name-taken"
    status = 409
    title = Words("Name in use", "名称已被使用")
    detail = Words("There is another list {name} at this seller.", "该供货方已有名为 {name} 的清单。")


class TemplateContent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name and lines in the order they shall stand."""

    name: Name
    lines: Annotated[list[ListedPack], Meta(min_length=1, max_length=2000)]


class NewTemplate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list to be kept: its lines, or those of an order that was bought at this seller."""

    name: Name
    seller_id: SkuId
    lines: Annotated[list[ListedPack], Meta(max_length=2000)] = []
    order_id: UUID | None = None


class Template(Struct, frozen=True, kw_only=True):
    """A kept list as people see it."""

    id: UUID
    seller_id: int
    seller_name: str
    name: str
    lines: list[BasketLine]
    saved_at: datetime
    version: int


class TemplateQuery(ListQuery, frozen=True, kw_only=True):
    """Filters of the list of templates; ``q`` finds by name."""

    seller_id: int | None = None


class TemplateRow(Struct, frozen=True, kw_only=True):
    """A template as it is stored."""

    id: UUID
    buyer_id: int
    seller_id: int
    seller_name: str
    name: str
    lines: list[ListedPack]
    saved_at: datetime
    version: int


async def list_templates(tx: Tx, *, scope: Scope, query: TemplateQuery) -> Listed[Template]:
    """List the templates of the caller's organization, the last saved first."""
    page = await list_page(
        tx,
        SQL["list_templates"],
        TemplateRow,
        query=query,
        sorts=_SORTS,
        organization_id=scope.organization_id,
        seller_id=query.seller_id,
        q=None if query.q is None else f"%{query.q}%",
    )
    return Listed(await _shown(tx, page.items), page.next)


async def read_template(tx: Tx, *, scope: Scope, template_id: UUID) -> Template:
    """Read one template of the caller's organization.

    Raises: NotFound.
    """
    (shown,) = await _shown(tx, [await find_template(tx, scope=scope, template_id=template_id)])
    return shown


async def save_template(tx: Tx, *, scope: Scope, new: NewTemplate) -> Template:
    """Keep a list.

    Raises: NoLink, NotFound for an order it did not buy here, Invalid, NameTaken.
    """
    await require_link(tx, scope=scope, seller_id=new.seller_id)
    if bool(new.lines) == (new.order_id is not None):
        raise Invalid(errors=[FieldError("/lines", "choice", _ONE)])
    lines: Sequence[ListedPack] = new.lines
    if new.order_id is None:
        await check_lines(tx, scope=scope, lines=lines)
    else:
        lines = await _of_order(tx, scope, new.order_id, new.seller_id)
    template_id = uuid7(at=tx.now)
    made = await tx.run(
        SQL["insert_template"],
        cell_id=scope.cell_id,
        id=template_id,
        buyer_id=scope.organization_id,
        seller_id=new.seller_id,
        name=new.name.strip(),
        lines=Jsonb(msgspec.to_builtins(lines)),
        saved_by=scope.actor.user_id,
        now=tx.now,
    )
    if not made:
        raise NameTaken(name=new.name)
    after = await read_template(tx, scope=scope, template_id=template_id)
    tx.record("template", template_id, after=after)
    return after


async def replace_template(
    tx: Tx, *, scope: Scope, template_id: UUID, content: TemplateContent, if_match: int
) -> Template:
    """Keep another name, other lines or another order of them.

    Raises: NotFound, Invalid, NameTaken, Stale if somebody saved it meanwhile.
    """
    before = await find_template(tx, scope=scope, template_id=template_id)
    await check_lines(tx, scope=scope, lines=content.lines, known=before.lines)
    await _require_name(tx, scope, before, content.name.strip())
    changed = await tx.run(
        SQL["update_template"],
        cell_id=scope.cell_id,
        id=template_id,
        name=content.name.strip(),
        lines=Jsonb(msgspec.to_builtins(content.lines)),
        saved_by=scope.actor.user_id,
        now=tx.now,
        version=if_match,
    )
    if not changed:
        raise Stale(kind="template")
    after = await find_template(tx, scope=scope, template_id=template_id)
    tx.record("template", template_id, before=before, after=after)
    (shown,) = await _shown(tx, [after])
    return shown


async def delete_template(tx: Tx, *, scope: Scope, template_id: UUID) -> None:
    """Put a template away; it can be brought back for thirty days.

    Raises: NotFound.
    """
    before = await find_template(tx, scope=scope, template_id=template_id)
    await tx.run(SQL["mark_template"], cell_id=scope.cell_id, id=template_id, deleted_at=tx.now)
    tx.record("template", template_id, before=before)


async def restore_template(tx: Tx, *, scope: Scope, template_id: UUID) -> Template:
    """Bring a deleted template back.

    Raises: NotFound, NameTaken if another one took its name.
    """
    gone = await find_template(tx, scope=scope, template_id=template_id, is_deleted=True)
    await _require_name(tx, scope, gone, gone.name)
    await tx.run(SQL["mark_template"], cell_id=scope.cell_id, id=template_id, deleted_at=None)
    after = await find_template(tx, scope=scope, template_id=template_id)
    tx.record("template", template_id, after=after)
    (shown,) = await _shown(tx, [after])
    return shown


async def use_template(tx: Tx, *, scope: Scope, template_id: UUID) -> Basket:
    """Make a basket of a template with its usual quantities.

    Raises: NotFound, NoLink.
    """
    template = await find_template(tx, scope=scope, template_id=template_id)
    packs = await named_packs(tx, template.lines)
    wishes = [
        Wish(
            row=row,
            text=packs[line.pack_id].sku_code if line.pack_id in packs else str(line.sku_id),
            sku_id=line.sku_id,
            pack_id=line.pack_id,
            packs=line.packs,
        )
        for row, line in enumerate(template.lines, start=1)
    ]
    return await fill_basket(tx, scope=scope, seller_id=template.seller_id, wishes=wishes)


async def find_template(tx: Tx, *, scope: Scope, template_id: UUID, is_deleted: bool = False) -> TemplateRow:
    """Find a template of the caller's organization as it is stored.

    Raises: NotFound.
    """
    row = await tx.first(
        SQL["find_template"],
        TemplateRow,
        cell_id=scope.cell_id,
        id=template_id,
        is_deleted=is_deleted,
        organization_id=scope.organization_id,
    )
    if row is None:
        raise NotFound(kind="template", id=str(template_id))
    return row


async def _require_name(tx: Tx, scope: Scope, row: TemplateRow, name: str) -> None:
    others = await tx.values(
        SQL["other_template_named"],
        UUID,
        cell_id=scope.cell_id,
        buyer_id=row.buyer_id,
        seller_id=row.seller_id,
        name=name,
        id=row.id,
    )
    if others:
        raise NameTaken(name=name)


async def _of_order(tx: Tx, scope: Scope, order_id: UUID, seller_id: int) -> list[ListedPack]:
    """Take what an order asked for, each pack once."""
    order, asked = await asked_lines(tx, scope=scope, wanted=Repeat(order_id=order_id))
    if order.seller_id != seller_id:
        raise NotFound(kind="order", id=str(order_id))
    lines: dict[int, ListedPack] = {}
    for line in asked:
        packs = line.asked_packs + (lines[line.pack_id].packs if line.pack_id in lines else 0)
        lines[line.pack_id] = ListedPack(sku_id=line.sku_id, pack_id=line.pack_id, packs=packs)
    return list(lines.values())


async def _shown(tx: Tx, rows: Sequence[TemplateRow]) -> list[Template]:
    packs = await named_packs(tx, [line for row in rows for line in row.lines])
    return [
        Template(
            id=row.id,
            seller_id=row.seller_id,
            seller_name=row.seller_name,
            name=row.name,
            lines=show_lines(row.lines, packs),
            saved_at=row.saved_at,
            version=row.version,
        )
        for row in rows
    ]


async def purge_templates(tx: Tx) -> None:
    """Forget what was deleted longer ago than it can be undone."""
    await tx.run(SQL["purge_templates"], before=tx.now - KEPT)
