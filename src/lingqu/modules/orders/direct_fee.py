"""The service fee of goods that a supplier sent for its buyer: a share of what it charged, given back with refunds."""

from collections.abc import Sequence
from datetime import date

from lingqu.kernel.money import rate_of
from lingqu.kernel.scope import Actor
from lingqu.modules.ledger.api import Crossing, NewAccount, account_id, open_accounts, post_across
from lingqu.modules.orders.money import sums_of
from lingqu.modules.orders.sheet import LineRow, Pair
from lingqu.runtime.tx import Tx


def fee_of(lines: Sequence[LineRow], *, title_passes: str, fee_ppm: int) -> int:
    """Say what fee the quantities of an order mean so far: the rate of what was charged and not refunded, without tax.

    It is reckoned of the whole sum each time, so however goods come and go back, steps add up to it exactly, and what
    is returned to the last unit leaves no fee.

    Units:  minor units of the order's currency.
    Source: tests/orders/test_direct_fee.py cuts random orders in random steps.
    """
    sums = [sums_of(line, title_passes=title_passes) for line in lines]
    charged = sum(one.charged - one.charged_tax for one in sums)
    refunded = sum(one.refunded - one.refunded_tax for one in sums)
    return rate_of(charged - refunded, fee_ppm)


async def settle_fee(tx: Tx, *, pair: Pair, business_on: date, actor: Actor | None = None) -> None:
    """Post what a step of the buying order changed of the fee: from the supplier's books into its buyer's, or back.

    ``actor`` is who took the step, where the transaction serves several. To be called once a step, before the
    order is saved or after.
    """
    sheet, order = pair.buying, pair.buying.order
    before = fee_of(sheet.lines_before, title_passes=order.title_passes, fee_ppm=pair.fee_ppm)
    change = fee_of(sheet.lines, title_passes=order.title_passes, fee_ppm=pair.fee_ppm) - before
    if not change:
        return
    payer = NewAccount(kind="fee", owner=order.seller, currency=order.currency)
    payee = NewAccount(kind="revenue", owner=order.buyer, currency=order.currency)
    for cell_id, account in sorted([(pair.buying_cell, payer), (pair.selling_cell, payee)], key=lambda one: one[0]):
        await open_accounts(tx, cell_id=cell_id, accounts=[account])
    ends = [
        (pair.buying_cell, account_id(kind="fee", owner=order.seller, currency=order.currency)),
        (pair.selling_cell, account_id(kind="revenue", owner=order.buyer, currency=order.currency)),
    ]
    (from_cell, debit), (to_cell, credit) = ends if change > 0 else ends[::-1]
    crossing = Crossing(
        kind="service-fee",
        document_kind="order",
        document_id=order.id,
        from_cell=from_cell,
        debit=debit,
        to_cell=to_cell,
        credit=credit,
        amount=abs(change),
        currency=order.currency,
        memo=order.number or "",
    )
    who = actor or tx.actor
    user_id = None if who is None else who.user_id
    await post_across(tx, crossings=[crossing], business_on=business_on, user_id=user_id)
