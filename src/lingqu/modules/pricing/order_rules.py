"""How much of a SKU a seller sells at least, and in which steps."""

from msgspec import Struct

from lingqu.kernel.errors import Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.api import read_sku
from lingqu.modules.network.api import bump_epochs
from lingqu.modules.pricing.events import OrderRuleChanged
from lingqu.modules.pricing.lists import Count, Id
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_SORTS = Sorts({"sku": "sku_code"}, default="sku")


class NewOrderRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base units, counted over all packs of the SKU in one order."""

    min_quantity: Count = 1
    multiple_of: Count = 1


class OrderRuleView(Struct, frozen=True, kw_only=True):
    """A rule as it is kept."""

    seller_id: int
    sku_id: int
    min_quantity: int
    multiple_of: int
    version: int


class OrderRuleLine(OrderRuleView, frozen=True, kw_only=True):
    """A rule in a list, with names; ``id`` is seller and SKU."""

    id: str
    sku_code: str
    name_zh: str
    name_en: str


class OrderRuleQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds SKUs."""

    seller_id: Id | None = None


async def list_order_rules(tx: Tx, *, scope: Scope, query: OrderRuleQuery) -> Listed[OrderRuleLine]:
    """Read one page of the rules of the caller and of all below it.

    Raises: Invalid for an unknown sort or a cursor of another list.
    """
    return await list_page(
        tx,
        SQL["list_order_rules"],
        OrderRuleLine,
        query=query,
        sorts=_SORTS,
        seller_id=query.seller_id,
        keys=query_keys(query.q),
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )


async def set_order_rule(tx: Tx, *, scope: Scope, sku_id: int, if_match: int, rule: NewOrderRule) -> OrderRuleView:
    """Set the caller's own rule for a SKU that it may see; ``if_match`` 0 where there is none yet.

    Raises: NotFound, Stale.
    """
    await read_sku(tx, scope=scope, sku_id=sku_id)
    return await put_order_rule(tx, seller_id=scope.organization_id, sku_id=sku_id, if_match=if_match, rule=rule)


async def put_order_rule(tx: Tx, *, seller_id: int, sku_id: int, if_match: int, rule: NewOrderRule) -> OrderRuleView:
    """Set a seller's rule for a SKU; ``if_match`` 0 where there is none yet.

    Raises: Stale.
    """
    key = {"seller_id": seller_id, "sku_id": sku_id}
    before = await tx.first(SQL["find_order_rule"], OrderRuleView, **key)
    if before is None and if_match != 0:
        raise Stale(kind="order rule")
    given = {"min_quantity": rule.min_quantity, "multiple_of": rule.multiple_of}
    after = await tx.first(SQL["set_order_rule"], OrderRuleView, **key, **given, if_match=if_match)
    if after is None:
        raise Stale(kind="order rule")
    tx.record("order-rule", f"{seller_id}:{sku_id}", before=before, after=after)
    tx.emit(OrderRuleChanged(seller_id=seller_id, sku_id=sku_id))
    await bump_epochs(tx, seller_ids=[seller_id])
    return after
