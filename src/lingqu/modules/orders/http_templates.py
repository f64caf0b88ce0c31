"""Routes of templates."""

from uuid import UUID

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.orders import templates
from lingqu.modules.orders.basket import Basket
from lingqu.modules.orders.prepare import NoLink
from lingqu.modules.orders.templates import NameTaken, NewTemplate, Template, TemplateContent, TemplateQuery
from lingqu.runtime.http.route import delete, get, post, put
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx


@get("/templates", permission="orders.place", summary="Lists of what is usually bought")
async def list_templates(tx: Tx, *, scope: Scope, query: TemplateQuery) -> Listed[Template]:
    return await templates.list_templates(tx, scope=scope, query=query)


@post(
    "/templates",
    permission="orders.place",
    summary="Keep a list of packs, or of what an order asked for",
    refusals=(NotFound, NoLink, NameTaken),
)
async def save_template(tx: Tx, *, scope: Scope, body: NewTemplate) -> Template:
    return await templates.save_template(tx, scope=scope, new=body)


@get("/templates/{template_id:uuid}", permission="orders.place", summary="One list of what is usually bought")
async def read_template(tx: Tx, *, scope: Scope, template_id: UUID) -> Template:
    return await templates.read_template(tx, scope=scope, template_id=template_id)


@put(
    "/templates/{template_id:uuid}",
    permission="orders.place",
    summary="Rename a list, change or reorder its lines",
    refusals=(NotFound, NameTaken),
)
async def replace_template(
    tx: Tx, *, scope: Scope, template_id: UUID, if_match: int, body: TemplateContent
) -> Template:
    return await templates.replace_template(tx, scope=scope, template_id=template_id, content=body, if_match=if_match)


@delete("/templates/{template_id:uuid}", permission="orders.place", summary="Delete a list; it can be undone")
async def delete_template(tx: Tx, *, scope: Scope, template_id: UUID) -> None:
    await templates.delete_template(tx, scope=scope, template_id=template_id)


@post(
    "/templates/{template_id:uuid}/restoration",
    permission="orders.place",
    summary="Bring a deleted list back",
    status=200,
    refusals=(NotFound, NameTaken),
)
async def restore_template(tx: Tx, *, scope: Scope, template_id: UUID) -> Template:
    return await templates.restore_template(tx, scope=scope, template_id=template_id)


@post(
    "/templates/{template_id:uuid}/basket",
    permission="orders.place",
    summary="What of a list can be ordered today",
    status=200,
    refusals=(NotFound, NoLink),
    is_audited=False,
)
async def use_template(tx: Tx, *, scope: Scope, template_id: UUID) -> Basket:
    return await templates.use_template(tx, scope=scope, template_id=template_id)


TEMPLATE_ROUTES = (
    list_templates,
    save_template,
    read_template,
    replace_template,
    delete_template,
    restore_template,
    use_template,
)
