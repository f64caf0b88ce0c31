"""Routes of pricing."""

from lingqu.kernel.errors import Stale
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.pricing import add_price_lists as adding
from lingqu.modules.pricing import ask_quote as quotes
from lingqu.modules.pricing import assign_price_list as assigning
from lingqu.modules.pricing import copy_price_list as copying
from lingqu.modules.pricing import edit_price as price_edits
from lingqu.modules.pricing import edit_price_list as edits
from lingqu.modules.pricing import import_prices as files
from lingqu.modules.pricing import list_breaches as breaches
from lingqu.modules.pricing import list_offers as offers
from lingqu.modules.pricing import order_rules, resale_limits, trade_terms
from lingqu.modules.pricing import read_price_list as reading
from lingqu.modules.pricing import set_prices as setting
from lingqu.modules.pricing.ask_quote import QuoteAsk
from lingqu.modules.pricing.assign_price_list import Assignments
from lingqu.modules.pricing.check_limits import OutsideLimits
from lingqu.modules.pricing.code_taken import CodeTaken
from lingqu.modules.pricing.copy_price_list import PriceListCopy
from lingqu.modules.pricing.edit_price import PriceEdit
from lingqu.modules.pricing.edit_price_list import PriceListEdit
from lingqu.modules.pricing.import_prices import ImportPreview, PriceFileText
from lingqu.modules.pricing.list_breaches import Breach, BreachQuery
from lingqu.modules.pricing.list_offers import Offer, OfferQuery
from lingqu.modules.pricing.lists import NewPriceList, Price, PriceLine, PriceListLine, PriceListView
from lingqu.modules.pricing.order_rules import NewOrderRule, OrderRuleLine, OrderRuleQuery, OrderRuleView
from lingqu.modules.pricing.read_price_list import PriceListQuery, PriceQuery
from lingqu.modules.pricing.resale_limits import LimitQuery, NewLimit, ResaleLimit, ResaleLimitLine
from lingqu.modules.pricing.set_prices import PriceSet, PricesSet
from lingqu.modules.pricing.trade_terms import NewTerms, TermsLine, TermsQuery, TermsView
from lingqu.modules.pricing.types import Quote
from lingqu.runtime.http.route import Answer, delete, get, patch, post, put
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx


@get("/price-lists", permission="pricing.read", summary="List and search price lists")
async def list_price_lists(tx: Tx, *, scope: Scope, query: PriceListQuery) -> Listed[PriceListLine]:
    return await reading.list_price_lists(tx, scope=scope, query=query)


@get("/price-lists/{list_id:int}", permission="pricing.read", summary="One price list and whom it is for")
async def read_price_list(tx: Tx, *, scope: Scope, list_id: int) -> PriceListView:
    return await reading.read_price_list(tx, scope=scope, list_id=list_id)


@get("/price-lists/{list_id:int}/prices", permission="pricing.read", summary="The prices of a list")
async def list_prices(tx: Tx, *, scope: Scope, list_id: int, query: PriceQuery) -> Listed[PriceLine]:
    return await reading.list_prices_of(tx, scope=scope, list_id=list_id, query=query)


@post("/price-lists", permission="pricing.edit", summary="Make a price list, as a draft", refusals=[CodeTaken])
async def add_price_list(tx: Tx, *, scope: Scope, body: NewPriceList) -> PriceListView:
    return await adding.add_price_list(tx, scope=scope, price_list=body)


@patch("/price-lists/{list_id:int}", permission="pricing.edit", summary="Change a price list")
async def edit_price_list(tx: Tx, *, scope: Scope, list_id: int, body: PriceListEdit, if_match: int) -> PriceListView:
    return await edits.edit_price_list(tx, scope=scope, list_id=list_id, if_match=if_match, edit=body)


@post(
    "/price-lists/{list_id:int}/publication",
    permission="pricing.edit",
    summary="Let a price list give prices",
    status=200,
    refusals=[WrongState, Stale, OutsideLimits],
)
async def publish_price_list(tx: Tx, *, scope: Scope, list_id: int, if_match: int) -> PriceListView:
    return await edits.publish_price_list(tx, scope=scope, list_id=list_id, if_match=if_match)


@post(
    "/price-lists/{list_id:int}/archival",
    permission="pricing.edit",
    summary="Put a price list away",
    status=200,
    refusals=[WrongState, Stale],
)
async def archive_price_list(tx: Tx, *, scope: Scope, list_id: int, if_match: int) -> PriceListView:
    return await edits.archive_price_list(tx, scope=scope, list_id=list_id, if_match=if_match)


@post("/price-lists/{list_id:int}/copies", permission="pricing.edit", summary="Copy a list", refusals=[CodeTaken])
async def copy_price_list(tx: Tx, *, scope: Scope, list_id: int, body: PriceListCopy) -> PriceListView:
    return await copying.copy_price_list(tx, scope=scope, list_id=list_id, copy=body)


@put(
    "/price-lists/{list_id:int}/assignments",
    permission="pricing.edit",
    summary="Say for whom a price list is",
    refusals=[OutsideLimits],
)
async def assign_price_list(tx: Tx, *, scope: Scope, list_id: int, body: Assignments, if_match: int) -> PriceListView:
    return await assigning.assign_price_list(
        tx, scope=scope, list_id=list_id, if_match=if_match, assignments=body.assignments
    )


@post(
    "/price-lists/{list_id:int}/prices",
    permission="pricing.edit",
    summary="Set many prices at once",
    status=200,
    refusals=[OutsideLimits],
)
async def set_prices(tx: Tx, *, scope: Scope, list_id: int, body: PriceSet) -> PricesSet:
    return await setting.set_prices_of(tx, scope=scope, list_id=list_id, prices=body.prices)


@patch("/prices/{item_id:int}", permission="pricing.edit", summary="Change one price", refusals=[OutsideLimits])
async def edit_price(tx: Tx, *, scope: Scope, item_id: int, body: PriceEdit, if_match: int) -> Price:
    return await price_edits.edit_price(tx, scope=scope, item_id=item_id, if_match=if_match, edit=body)


@delete("/prices/{item_id:int}", permission="pricing.edit", summary="Remove one price")
async def remove_price(tx: Tx, *, scope: Scope, item_id: int, if_match: int) -> None:
    await price_edits.remove_price(tx, scope=scope, item_id=item_id, if_match=if_match)


@post(
    "/price-lists/{list_id:int}/imports/preview",
    permission="pricing.edit",
    summary="Read a CSV file of prices and name every error by row",
    status=200,
    is_audited=False,
)
async def preview_price_import(tx: Tx, *, scope: Scope, list_id: int, body: PriceFileText) -> ImportPreview:
    return await files.preview_import(tx, scope=scope, list_id=list_id, text=body.text)


@post(
    "/price-lists/{list_id:int}/imports",
    permission="pricing.edit",
    summary="Set all prices of a CSV file",
    refusals=[OutsideLimits],
)
async def import_prices(tx: Tx, *, scope: Scope, list_id: int, body: PriceFileText) -> PricesSet:
    return await files.import_prices(tx, scope=scope, list_id=list_id, text=body.text, file_name=body.file_name)


@get("/price-lists/{list_id:int}/export", permission="pricing.read", summary="The prices of a list as a CSV file")
async def export_prices(tx: Tx, *, scope: Scope, list_id: int) -> Answer[bytes]:
    text = await files.export_prices(tx, scope=scope, list_id=list_id)
    name = {"Content-Disposition": f'attachment; filename="prices-{list_id}.csv"'}
    return Answer(text.encode("utf-8-sig"), name, content_type="text/csv; charset=utf-8")


@get("/resale-limits", permission="pricing.read", summary="Limits on resale, own and binding")
async def list_resale_limits(tx: Tx, *, scope: Scope, query: LimitQuery) -> Listed[ResaleLimitLine]:
    return await resale_limits.list_resale_limits(tx, scope=scope, query=query)


@post("/resale-limits", permission="pricing.edit", summary="Set a limit on resale", status=200)
async def set_resale_limit(tx: Tx, *, scope: Scope, body: NewLimit) -> ResaleLimit:
    return await resale_limits.set_resale_limit(tx, scope=scope, limit=body)


@delete("/resale-limits/{limit_id:int}", permission="pricing.edit", summary="Take a limit on resale away")
async def remove_resale_limit(tx: Tx, *, scope: Scope, limit_id: int, if_match: int) -> None:
    await resale_limits.remove_resale_limit(tx, scope=scope, limit_id=limit_id, if_match=if_match)


@get("/price-breaches", permission="pricing.read", summary="Published prices that break a limit on resale")
async def list_breaches(tx: Tx, *, scope: Scope, query: BreachQuery) -> Listed[Breach]:
    return await breaches.list_breaches(tx, scope=scope, query=query)


@get("/order-rules", permission="pricing.read", summary="Minimums and multiples by SKU")
async def list_order_rules(tx: Tx, *, scope: Scope, query: OrderRuleQuery) -> Listed[OrderRuleLine]:
    return await order_rules.list_order_rules(tx, scope=scope, query=query)


@put("/skus/{sku_id:int}/order-rule", permission="pricing.edit", summary="Set one's own minimum and multiple of a SKU")
async def set_order_rule(tx: Tx, *, scope: Scope, sku_id: int, body: NewOrderRule, if_match: int) -> OrderRuleView:
    return await order_rules.set_order_rule(tx, scope=scope, sku_id=sku_id, if_match=if_match, rule=body)


@get("/trade-terms", permission="pricing.read", summary="Least amounts and freight, as seller and as buyer")
async def list_trade_terms(tx: Tx, *, scope: Scope, query: TermsQuery) -> Listed[TermsLine]:
    return await trade_terms.list_trade_terms(tx, scope=scope, query=query)


@put("/trade-terms", permission="pricing.edit", summary="Set the terms of a buyer, or one's default")
async def set_trade_terms(tx: Tx, *, scope: Scope, body: NewTerms, if_match: int) -> TermsView:
    return await trade_terms.set_trade_terms(tx, scope=scope, if_match=if_match, terms=body)


@post(
    "/quotes",
    permission="pricing.quote",
    summary="What an order would cost, and why",
    status=200,
    is_audited=False,
)
async def ask_quote(tx: Tx, *, scope: Scope, body: QuoteAsk) -> Quote:
    return await quotes.ask_quote(tx, scope=scope, ask=body)


@get("/prices", permission="pricing.quote", summary="What one pays, and what one's buyers pay, by pack and tier")
async def list_offers(tx: Tx, *, scope: Scope, query: OfferQuery) -> Listed[Offer]:
    return await offers.list_offers(tx, scope=scope, query=query)


ROUTES = (
    list_price_lists,
    read_price_list,
    list_prices,
    add_price_list,
    edit_price_list,
    publish_price_list,
    archive_price_list,
    copy_price_list,
    assign_price_list,
    set_prices,
    edit_price,
    remove_price,
    preview_price_import,
    import_prices,
    export_prices,
    list_resale_limits,
    set_resale_limit,
    remove_resale_limit,
    list_breaches,
    list_order_rules,
    set_order_rule,
    list_trade_terms,
    set_trade_terms,
    ask_quote,
    list_offers,
)
