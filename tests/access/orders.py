"""Cases of orders: each distributor has sold to a dealer of its branch, in every state that a route asks for."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.ledger.api import NewAccount, NewEntry, Posting, open_accounts, post
from lingqu.modules.network.api import BinState, bump_epochs, scope_of_party
from lingqu.modules.orders.arrivals import NewReceipt
from lingqu.modules.orders.change import Asked, change
from lingqu.modules.orders.confirm import Confirmation, confirm
from lingqu.modules.orders.drafts import discard_draft, save_draft
from lingqu.modules.orders.exact import place_exactly
from lingqu.modules.orders.intake import sell_days
from lingqu.modules.orders.market import Market
from lingqu.modules.orders.permissions import PERMISSIONS
from lingqu.modules.orders.prepare import Incoming, prepare
from lingqu.modules.orders.prepare_sale import IncomingSale, prepare_sale
from lingqu.modules.orders.receive import receive
from lingqu.modules.orders.release_draft import submit_draft
from lingqu.modules.orders.return_goods import BackLine, NewReturn, request_return
from lingqu.modules.orders.revision import LineChange, OrderChange
from lingqu.modules.orders.sell import NewSale
from lingqu.modules.orders.ship import NewShipment, ship
from lingqu.modules.orders.step import only
from lingqu.modules.orders.types import NewLine, NewOrder
from lingqu.modules.pricing.api import (
    Audience,
    NewAssignment,
    NewPrice,
    NewPriceList,
    WholePriceList,
    open_price_lists,
)
from lingqu.modules.stock.api import Receipt, key_of
from lingqu.modules.stock.api import receive as put_stock
from lingqu.runtime.tx import Tx
from tests.access import orders_nodes
from tests.access.again import AGAIN_CASES, build_again
from tests.access.case import Case, Target
from tests.access.orders_backlog import build_waiting
from tests.access.orders_drafts import draft_cases
from tests.access.orders_returns import RETURN_CASES, build_joint, plan_joint
from tests.access.orders_rules import RULE_CASES
from tests.access.orders_waiting import waiting_cases
from tests.access.world import World

_TRADES = {"east": ("factory", "east1"), "west": ("mill", "west1")}
"""Each seller with the maker of its goods and the dealer that buys them."""
_RIGHTS = frozenset(p.code for p in PERMISSIONS)


async def build(tx: Tx, world: World) -> None:
    """Give each trade prices, stock and money, and orders in every state."""
    market = Market()
    for seller, (maker, buyer) in _TRADES.items():
        sku_id, pack_id = world.made["sku", maker], world.made["pack", maker]
        for shop in (seller, buyer):
            await _price(tx, world[shop].id, sku_id, pack_id)
            await _stock(tx, world, shop, sku_id)
        await _money(tx, world, seller, buyer)
        await bump_epochs(tx, seller_ids=[world[seller].id])
        await market.load(tx, [(world[seller].id, world[buyer].id)])
        await market.add_sellers(tx, [world[buyer].id])
        states = [
            "placed",
            "waiting",
            "confirmed",
            "joint",
            "shipped",
            "received",
            "returned",
            "kept",
            "proposed",
            "owed",
        ]
        made = {state: await _place(tx, world, market, seller=seller, buyer=buyer, state=state) for state in states}
        selling, buying = await _scope(tx, world, seller), await _scope(tx, world, buyer)
        world.made["order", seller] = made["kept"]
        for state, order_id in made.items():
            world.made[f"order-{state}", seller] = order_id
        sent = ("confirmed", "joint", "shipped", "received", "returned")
        confirmed = [Confirmation(order_id=made[state]) for state in (*sent, "proposed")]
        await confirm(tx, scope=selling, confirmations=confirmed)
        asked = Asked(order_id=made["proposed"], change=_more(), if_match=2)
        world.made["revision", seller] = (await change(tx, scope=buying, asked=asked)).revision_id
        for state in sent[1:]:
            (verdict,) = await ship(tx, scope=selling, shipments=[NewShipment(order_id=made[state])])
            shipment_id = only([verdict]).document_id
            assert shipment_id is not None
            world.made[f"shipment-{state}", seller] = shipment_id
            if state != "shipped":
                await receive(tx, scope=buying, receipts=[NewReceipt(shipment_id=shipment_id)])
            if state == "joint":
                await build_joint(tx, world, seller=seller, scope=buying)
        wanted = NewReturn(order_id=made["returned"], lines=[BackLine(line_no=1, quantity=1)], reason="test")
        world.made["return", seller] = (await request_return(tx, scope=buying, wanted=wanted)).document_id
        await plan_joint(tx, world, seller=seller, scope=buying)
        world.made["sale", buyer] = await _sell(tx, world, market, buyer, sku_id)
        await build_again(tx, world, seller=seller, scope=buying)
        draft = NewOrder(seller_id=world[seller].id, lines=[NewLine(sku_id=sku_id, packs=1)])
        for name in ("draft", "draft-gone"):
            world.made[name, buyer] = (await save_draft(tx, scope=buying, content=draft)).id
        await discard_draft(tx, scope=buying, draft_id=world.made["draft-gone", buyer])
        for name in ("waiting", "leaving"):
            kept = await save_draft(tx, scope=buying, content=draft)
            world.made[f"draft-{name}", buyer] = (await submit_draft(tx, scope=buying, draft_id=kept.id)).id
        await _stock(tx, world, seller, sku_id)  # for what the order with a back order is owed
        await build_waiting(tx, world, seller, selling)


async def _scope(tx: Tx, world: World, key: str) -> Scope:
    place = world[key].added
    scope = await scope_of_party(tx, actor=Actor(place.party_id, None, key), permissions=_RIGHTS)
    assert scope is not None
    return scope


async def _price(tx: Tx, seller_id: int, sku_id: int, pack_id: int) -> None:
    price_list = NewPriceList(
        seller_id=seller_id,
        code="ORDERS",
        name="Orders",
        currency="CNY",
        is_tax_included=True,
        valid_from=date(2026, 1, 2),
    )
    audiences = (NewAssignment(audience=Audience.EVERYBODY), NewAssignment(audience=Audience.CONSUMER))
    price = NewPrice(sku_id=sku_id, pack_id=pack_id, price_minor=900, valid_from=date(2026, 1, 2))
    await open_price_lists(tx, lists=[WholePriceList(price_list=price_list, assignments=audiences, prices=[price])])


def _today(tx: Tx) -> date:
    return tx.now.astimezone(ZoneInfo("Asia/Shanghai")).date()


async def _stock(tx: Tx, world: World, key: str, sku_id: int) -> None:
    place = world[key].added
    receipt = Receipt(uuid7(), 1, key_of(bin_id=place.bins[BinState.SELLABLE], sku_id=sku_id), 100, cost_minor=5000)
    await put_stock(
        tx,
        cell_id=place.home_cell,
        document_kind="opening",
        receipts=[receipt],
        business_on=_today(tx),
        user_id=None,
    )


async def _money(tx: Tx, world: World, seller: str, buyer: str) -> None:
    owner, cell_id = world[seller].added.party_id, world[seller].added.home_cell
    accounts = [
        NewAccount(kind="opening", owner=owner, currency="CNY"),
        NewAccount(kind="prepaid", owner=owner, counterparty=world[buyer].added.party_id, currency="CNY", floor=0),
    ]
    opening, prepaid = await open_accounts(tx, cell_id=cell_id, accounts=accounts)
    entry = NewEntry(
        id=uuid7(),
        kind="opening",
        document_kind="opening",
        document_id=uuid7(),
        postings=(Posting(opening, prepaid, 1_000_000),),
        business_on=_today(tx),
    )
    await post(tx, cell_id=cell_id, entries=[entry])


async def _place(tx: Tx, world: World, market: Market, *, seller: str, buyer: str, state: str) -> UUID:
    order = NewOrder(
        seller_id=world[seller].id,
        lines=[NewLine(sku_id=world.made["sku", _TRADES[seller][0]], packs=105 if state == "owed" else 1)],
        shortage_policy="back-order" if state == "owed" else None,
    )
    incoming = Incoming(id=uuid7(), scope=await _scope(tx, world, buyer), order=order, body_hash=b"x", now=tx.now)
    prepared = prepare(market, incoming)
    await place_exactly(tx, cell_id=prepared.cell_id, business_on=prepared.business_on, orders=[prepared])
    if state == "waiting":
        await tx.connection.execute(
            "update orders.order set approval_status = 'waiting', expires_at = %s where id = %s",
            (tx.now + timedelta(days=1), prepared.id),
        )
    return prepared.id


async def _sell(tx: Tx, world: World, market: Market, shop: str, sku_id: int) -> UUID:
    scope = await _scope(tx, world, shop)
    sale = NewSale(lines=[NewLine(sku_id=sku_id, packs=1)])
    incoming = IncomingSale(id=uuid7(), scope=scope, sale=sale, buyer=None, body_hash=b"x", now=tx.now)
    prepared = prepare_sale(market, incoming)
    await sell_days(tx, scope, [prepared])
    return prepared.order.id


def _more() -> OrderChange:
    return OrderChange(lines=[LineChange(line_no=1, packs=2)], reason="test")


def _orders(state: str, *, by: str, body: Any = None, if_match: int | None = None) -> Callable[[World], list[Target]]:
    """Make targets of orders in a state, about which the buyer's or the seller's role must be served."""

    def targets(world: World) -> list[Target]:
        found = []
        for seller, (_, buyer) in _TRADES.items():
            side, _, role = by.partition("/")
            order_id = world.made[f"order-{state}", seller]
            found.append(
                Target(
                    owners=frozenset({seller, buyer}),
                    by=f"{seller if side == 'seller' else buyer}/{role}",
                    path={"order_id": order_id},
                    id=order_id,
                    body=body,
                    if_match=if_match,
                )
            )
        return found

    return targets


def _made(kind: str, path: str, *, by: str, body: Any = None) -> Callable[[World], list[Target]]:
    """Make targets of a trade's other documents."""

    def targets(world: World) -> list[Target]:
        found = []
        for seller, (_, buyer) in _TRADES.items():
            side, _, role = by.partition("/")
            found.append(
                Target(
                    owners=frozenset({seller, buyer}),
                    by=f"{seller if side == 'seller' else buyer}/{role}",
                    path={path: world.made[kind, seller]},
                    body=body,
                )
            )
        return found

    return targets


def _own(kind: str, path: str, **given: Any) -> Callable[[World], list[Target]]:
    """Make targets of what belongs to the dealer alone."""

    def targets(world: World) -> list[Target]:
        return [
            Target(
                owners=frozenset(
                    {f"{buyer}/{role}" for role in ("manager", "sales", "warehouse", "accountant", "viewer")}
                )
                if kind.startswith("draft")
                else frozenset({buyer}),
                by=given.get("by", "{buyer}/sales").format(buyer=buyer),
                path={path: world.made[kind, buyer]},
                id=world.made[kind, buyer],
                body=given["body"](world, seller) if callable(given.get("body")) else given.get("body"),
                if_match=given.get("if_match"),
            )
            for seller, (_, buyer) in _TRADES.items()
        ]

    return targets


def _order(world: World, seller: str) -> NewOrder:
    line = NewLine(sku_id=world.made["sku", _TRADES[seller][0]], packs=1)
    return NewOrder(seller_id=world[seller].id, lines=[line])


def _placing(world: World) -> list[Target]:
    """Whoever may buy from the seller may order; nobody else may."""
    return [
        Target(
            owners=frozenset({seller, buyer, f"{seller}2"}),
            by=f"{buyer}/sales",
            body=_order(world, seller),
        )
        for seller, (_, buyer) in _TRADES.items()
    ]


def _in_batch(items: Callable[[World, str], Sequence[Any]], *, by: str) -> Callable[[World], list[Target]]:
    def targets(world: World) -> list[Target]:
        found = []
        for seller, (_, buyer) in _TRADES.items():
            side, _, role = by.partition("/")
            found.append(
                Target(
                    owners=frozenset({seller, buyer, f"{seller}2"}),
                    by=f"{seller if side == 'seller' else buyer}/{role}",
                    body={"items": items(world, seller)},
                )
            )
        return found

    return targets


def _selling(body: Callable[[Any], Any]) -> Callable[[World], list[Target]]:
    """A sale is always the caller's own: it names nothing that belongs to anybody."""

    def targets(world: World) -> list[Target]:
        return [
            Target(owners=None, by=f"{buyer}/sales", body=body(NewSale(lines=_order(world, seller).lines)))
            for seller, (_, buyer) in _TRADES.items()
        ]

    return targets


def _keeping(world: World) -> list[Target]:
    """A draft is always the caller's own."""
    return [
        Target(owners=None, by=f"{buyer}/sales", body=_order(world, seller)) for seller, (_, buyer) in _TRADES.items()
    ]


def _looking(world: World) -> list[Target]:
    """The seller looks for a buyer of its own; the buyer for itself."""
    return [
        Target(
            owners=frozenset({seller, buyer}),
            by=f"{by}/sales",
            query={
                "seller_id": world[seller].id,
                "buyer_id": world[buyer].id,
                "sku_ids": str(world.made["sku", maker]),
            },
        )
        for seller, (maker, buyer) in _TRADES.items()
        for by in (seller, buyer)
    ]


_BACK = {"lines": [{"line_no": 1, "quantity": 1}], "reason": "test"}

CASES = {
    **orders_nodes.CASES,
    **waiting_cases(_TRADES),
    "list_orders": Case(targets=_orders("kept", by="buyer/viewer"), is_list=True),
    "read_order": Case(targets=_orders("kept", by="buyer/viewer")),
    "read_shelf": Case(targets=_looking),
    "place_order": Case(targets=_placing),
    "place_orders": Case(
        targets=_in_batch(lambda w, s: [{"key": str(uuid7()), "order": _order(w, s)}], by="buyer/sales"), is_bulk=True
    ),
    "decide_order": Case(targets=_orders("waiting", by="seller/manager", body={"is_accepted": True})),
    "confirm_order": Case(targets=_orders("placed", by="seller/sales", body={})),
    "confirm_orders": Case(
        targets=_in_batch(lambda w, s: [{"order_id": w.made["order-placed", s]}], by="seller/sales"), is_bulk=True
    ),
    "allocate_order": Case(targets=_orders("owed", by="seller/sales")),
    "ship_order": Case(targets=_orders("confirmed", by="seller/warehouse", body={})),
    "ship_orders": Case(
        targets=_in_batch(lambda w, s: [{"order_id": w.made["order-confirmed", s]}], by="seller/warehouse"),
        is_bulk=True,
    ),
    "receive_shipment": Case(targets=_made("shipment-shipped", "shipment_id", by="buyer/warehouse", body={})),
    "receive_shipments": Case(
        targets=_in_batch(lambda w, s: [{"shipment_id": w.made["shipment-shipped", s]}], by="buyer/warehouse"),
        is_bulk=True,
    ),
    "cancel_order": Case(targets=_orders("placed", by="buyer/sales", body={"reason": "test"})),
    "close_order": Case(targets=_orders("confirmed", by="seller/sales", body={"reason": "test"})),
    "change_order": Case(targets=_orders("placed", by="buyer/sales", body=_more(), if_match=1)),
    "return_order": Case(targets=_orders("received", by="buyer/sales", body=_BACK)),
    "decide_return": Case(
        targets=_made("return", "return_id", by="seller/warehouse", body={"is_accepted": False, "reason": "no"})
    ),
    **RETURN_CASES,
    "sell_goods": Case(targets=_selling(lambda sale: sale)),
    "sell_batch": Case(targets=_selling(lambda sale: {"items": [{"key": str(uuid7()), "sale": sale}]}), is_bulk=True),
    "list_sales": Case(targets=_own("sale", "order_id"), is_list=True),
    "read_sale": Case(targets=_own("sale", "order_id")),
    # The caller's own shelf and what its own counter took: nothing of anybody else is named.
    **dict.fromkeys(
        ("list_counter_goods", "read_counter_totals"),
        Case(targets=lambda _: [Target(owners=None, by=f"{buyer}/sales") for _, buyer in _TRADES.values()]),
    ),
    "refund_goods": Case(targets=_own("sale", "order_id", body=_BACK)),
    **AGAIN_CASES,
    **draft_cases(_own, keeping=_keeping, order=_order),
} | RULE_CASES
