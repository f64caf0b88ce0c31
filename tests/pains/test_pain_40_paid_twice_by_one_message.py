"""Pain 40: a payment or callback that comes twice counts twice (VivaPayments#2553, payway#50).

Messages that are delivered twice are handled once: tests/runtime/test_relay.py.
"""

import asyncio
from typing import Any

from msgspec.structs import replace

from lingqu.kernel.errors import Refusal
from lingqu.modules.ledger.end_entry import confirm_entry
from lingqu.modules.ledger.pay import Payment, pay_in


async def test_of_ten_confirmations_of_one_payment_one_counts(trade: Any) -> None:
    account = await trade.money(0)
    scope = replace(trade.scope(trade.seller), permissions=frozenset({"ledger.pay", "ledger.read"}))
    payment = Payment(buyer_id=trade.buyers[0].id, amount_minor=5_000, is_pending=True)
    entry = await trade.run(lambda tx: pay_in(tx, scope=scope, payment=payment), who=trade.seller)
    assert await trade.balance(account) == (0, 0), "announced is not paid"
    answers = await asyncio.gather(
        *(trade.run(lambda tx: confirm_entry(tx, scope=scope, entry_id=entry.id), who=trade.seller) for _ in range(10)),
        return_exceptions=True,
    )
    assert sum(not isinstance(answer, BaseException) for answer in answers) == 1
    assert {one.code for one in answers if isinstance(one, Refusal)} == {"common.wrong-state"}
    assert await trade.balance(account) == (5_000, 0)
    assert await trade.violations() == {}
