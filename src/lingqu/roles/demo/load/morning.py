"""A day's morning: what has expired goes out, what was made comes in, shipments are received, bills are paid."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.ledger.api import NewEntry, Posting, account_id, lock_available, post
from lingqu.modules.orders.api import LOAD, NewReceipt, ReceiptLine, StepVerdict, receive
from lingqu.modules.stock.api import Issue, MoveKind, OutOfStock, Receipt, issue, lot_id
from lingqu.modules.stock.api import receive as receive_goods
from lingqu.roles.demo.load.known import CURRENCY, Known
from lingqu.roles.demo.load.tally import Pair
from lingqu.roles.demo.plan.day import Day, Made, Order, Spoiled
from lingqu.roles.demo.plan.goods import price_of
from lingqu.roles.demo.plan.tariff import (
    COST_PERCENT,
    DISTRIBUTOR_LIMIT_MINOR,
    LIMITS_MINOR,
    PLANT_PERCENT,
    TRADE_PERCENT,
)
from lingqu.runtime.tx import Tx

_SPOILED = "过期报损"
_DRIVER = "送货员签收"


async def throw_away(tx: Tx, known: Known, *, cell_id: int, spoiled: Sequence[Spoiled], day: Day) -> OutOfStock | None:
    """Write off what has expired in one cell; the refusal where it is not there, because an order was refused."""
    documents: dict[int, UUID] = defaultdict(lambda: uuid7(at=tx.now))
    issues = [
        Issue(
            documents[one.firm],
            number,
            known.key(one.firm, one.goods),
            one.quantity,
            lot_id(sku_id=known.skus[one.goods].id, code=one.lot),
            is_reserved=False,
        )
        for number, one in enumerate(spoiled, start=1)
    ]
    try:
        await issue(
            tx,
            cell_id=cell_id,
            document_kind="adjustment",
            issues=issues,
            kind=MoveKind.ADJUSTMENT,
            business_on=day.on,
            user_id=None,
            reason=_SPOILED,
        )
    except OutOfStock as refusal:
        return refusal
    _record(tx, documents, "adjustment", cell_id)
    return None


async def put_down(tx: Tx, known: Known, *, cell_id: int, made: Sequence[Made], day: Day) -> None:
    """Put what the plants of one cell made, and on the first day what everybody starts with, into stock."""
    documents: dict[int, UUID] = defaultdict(lambda: uuid7(at=tx.now))
    is_first = day.on == known.plan.first
    kind = MoveKind.OPENING if is_first else MoveKind.RECEIPT
    receipts = [
        Receipt(
            documents[one.firm],
            number,
            known.key(one.firm, one.goods),
            one.quantity,
            one.lot,
            one.produced_on,
            one.expires_on,
            _cost(known, one),
        )
        for number, one in enumerate(made, start=1)
    ]
    document_kind = "opening" if is_first else "production"
    await receive_goods(
        tx,
        cell_id=cell_id,
        document_kind=document_kind,
        receipts=receipts,
        kind=kind,
        business_on=day.on,
        user_id=None,
    )
    _record(tx, documents, document_kind, cell_id)


async def take_in(tx: Tx, known: Known, *, seller: int, arrivals: Sequence[tuple[Order, UUID]]) -> list[StepVerdict]:
    """Receive a seller's shipments at their buyers, short where the plan says so."""
    sender = known.organizations[seller]
    scope = Scope(
        actor=Actor(sender.party_id, None, _DRIVER, "phone"),
        organization_id=sender.id,
        party_id=sender.party_id,
        cell_id=sender.home_cell,
        organization_ids=(),
        party_ids=(),
        cell_ids=(),
        permissions=frozenset({LOAD}),
    )
    tx.actor, tx.cell_id = scope.actor, scope.cell_id
    receipts = [
        NewReceipt(
            shipment_id=shipment_id,
            lines=[
                ReceiptLine(position=short.position, received=short.received, reason=short.reason)
                for short in order.shorts
            ],
        )
        for order, shipment_id in arrivals
    ]
    return await receive(tx, scope=scope, receipts=receipts)


async def pay(tx: Tx, known: Known, *, cell_id: int, bills: Sequence[tuple[Pair, int]], day: Day) -> None:
    """Let buyers of one cell's sellers pay what has fallen due, but no more than they owe on their credit lines."""
    lines = {pair: credit_line(known, pair) for pair, _ in bills}
    available = await lock_available(tx, cell_id=cell_id, account_ids=lines.values())
    entries = []
    for pair, amount in bills:
        owed = _limit(known, pair) - available[lines[pair]]
        if owed > 0:
            entries.append(_payment(tx, known, pair, min(amount, owed), day))
    await post(tx, cell_id=cell_id, entries=entries)


def _payment(tx: Tx, known: Known, pair: Pair, amount: int, day: Day) -> NewEntry:
    id_ = uuid7(at=tx.now)
    cash = account_id(kind="cash", owner=known.organizations[pair[0]].party_id, currency=CURRENCY)
    return NewEntry(
        id=id_,
        kind="payment",
        document_kind="payment",
        document_id=id_,
        postings=(Posting(cash, credit_line(known, pair), amount),),
        business_on=day.on,
        memo="银行转账",
    )


def credit_line(known: Known, pair: Pair) -> UUID:
    """Name the account of what a buyer owes a seller."""
    seller, buyer = (known.organizations[place].party_id for place in pair)
    return account_id(kind="credit", owner=seller, counterparty=buyer, currency=CURRENCY)


def _limit(known: Known, pair: Pair) -> int:
    seller, buyer = pair
    return DISTRIBUTOR_LIMIT_MINOR if seller in known.plan.channel.suppliers else LIMITS_MINOR[known.firm(buyer).level]


def _cost(known: Known, one: Made) -> int:
    """Value what somebody starts with at what it would have paid, and new goods at what they cost the plant."""
    channel, retail = known.plan.channel, known.plan.goods[one.goods].retail_minor
    if one.firm in channel.suppliers:
        percent = COST_PERCENT
    else:
        percent = (PLANT_PERCENT if one.firm in channel.distributors else TRADE_PERCENT[""])[0][1]
    return price_of(retail, percent) * one.quantity


def _record(tx: Tx, documents: dict[int, UUID], kind: str, cell_id: int) -> None:
    for firm, document_id in documents.items():
        tx.record(f"stock-{kind}", document_id, after={"firm": firm}, cell_id=cell_id)
