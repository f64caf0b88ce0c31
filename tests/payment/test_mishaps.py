"""A provider that is slow, fails, answers twice, calls back out of order or not at all; and one that is stuck."""

import httpx
import msgspec
import pytest

from lingqu.adapters.sandbox_payment import SIGNATURE, SandboxCall, sign_call
from lingqu.kernel.errors import Refusal
from lingqu.modules.payment.api import CHECKS
from lingqu.modules.payment.operate import NotStuck, RefundUnknown, give_up, retry
from lingqu.modules.payment.payments import OnlinePaymentQuery, list_payments
from lingqu.modules.payment.types import PaymentState as S
from lingqu.runtime.check import run_checks
from lingqu.runtime.paying import ChargeStatus
from tests.payment.conftest import SECRET, Desk
from tests.payment.test_course import Life, place


@pytest.mark.parametrize("mishap", ["before", "after", "slow"])
async def test_making_and_asking_go_wrong_and_one_charge_is_made(desk: Desk, mishap: str) -> None:
    for what in ("create", "query", "close"):
        desk.sandbox.mishaps.plan(what, [mishap, mishap])
    paid, forgotten = await desk.start(5_000), await desk.start(700)
    await desk.go(seconds=30)
    assert await desk.state(paid) is S.OPEN
    await desk.pay(paid)
    await desk.go(seconds=17 * 60, every=20)
    assert await desk.state(paid) is S.PAID
    assert await desk.state(forgotten) is S.EXPIRED
    assert await desk.prepaid() == (5_000, 0)
    await desk.assert_exact()


@pytest.mark.parametrize("calls", ["none", "twice", "crossed"])
async def test_whatever_the_calls_say_the_money_is_booked_once(desk: Desk, calls: str) -> None:
    desk.sandbox.mishaps.plan("call", [calls])
    one = await desk.start()
    await desk.go()
    await desk.pay(one)
    await desk.go(seconds=60)
    assert await desk.state(one) is S.PAID
    assert await desk.prepaid() == (5_000, 0)
    assert len(desk.sink.received) == {"none": 0, "twice": 2, "crossed": 3}[calls]
    await desk.assert_exact()


async def test_a_call_that_lies_or_is_forged_books_nothing(desk: Desk) -> None:
    one = await desk.start()
    await desk.go()
    body = msgspec.json.encode(SandboxCall(desk.reference(one), ChargeStatus.PAID.value))
    async with httpx.AsyncClient() as client:
        lie = await client.post(desk.sink.url, content=body, headers={SIGNATURE: sign_call(SECRET, body)})
        forged = await client.post(desk.sink.url, content=body, headers={SIGNATURE: "00"})
        strange = msgspec.json.encode(SandboxCall("no-such", "paid"))
        unknown = await client.post(desk.sink.url, content=strange, headers={SIGNATURE: sign_call(SECRET, strange)})
    assert (lie.status_code, forged.status_code, unknown.status_code) == (204, 401, 401)
    await desk.go()
    assert await desk.state(one) is S.OPEN
    assert await desk.prepaid() == (0, 0)


async def test_another_amount_waits_for_a_person(desk: Desk) -> None:
    one = await desk.start()
    await desk.go()
    desk.till._base.execute("update charge set amount_minor = 4999")  # noqa: SLF001 - a provider gone wrong
    await desk.pay(one)
    await desk.go()
    log = await desk.read(one)
    assert (log.payment.state, log.payment.is_stuck) == (S.OPEN, True)
    assert log.payment.problem == "the provider received 4999"
    assert await desk.prepaid() == (0, 0)
    desk.till._base.execute("update charge set amount_minor = 5000")  # noqa: SLF001 - put right
    scope = desk.trade.scope(desk.trade.seller)
    await desk.trade.run(lambda tx: retry(tx, scope=scope, payment_id=one))
    await desk.go()
    assert await desk.state(one) is S.PAID
    await desk.assert_exact()


async def _stuck_refund(desk: Desk) -> object:
    order_id = await place(desk)
    one = await desk.start(5_000, order_id=order_id)
    await desk.go()
    await Life(desk.trade, order_id).cancel(desk.trade.buyers[0])
    desk.sandbox.mishaps.plan("refund", ["refuse"])
    await desk.pay(one)
    await desk.go()
    return one


async def test_a_refund_that_is_refused_is_tried_again_by_a_person(desk: Desk) -> None:
    one = await _stuck_refund(desk)
    scope = desk.trade.scope(desk.trade.seller)
    listed = await desk.trade.run(lambda tx: list_payments(tx, scope=scope, query=OnlinePaymentQuery(is_stuck=True)))
    assert [(item.id, item.state) for item in listed.items] == [(one, S.REFUNDING)]
    await desk.trade.run(lambda tx: retry(tx, scope=scope, payment_id=one))
    await desk.go()
    assert await desk.state(one) is S.REFUNDED
    with pytest.raises(NotStuck):
        await desk.trade.run(lambda tx: retry(tx, scope=scope, payment_id=one))
    await desk.assert_exact()


async def test_a_refund_that_cannot_be_made_stays_the_buyers(desk: Desk) -> None:
    one = await _stuck_refund(desk)
    scope = desk.trade.scope(desk.trade.seller)
    assert await desk.prepaid() == (5_000, 5_000)
    await desk.trade.run(lambda tx: give_up(tx, scope=scope, payment_id=one, reason="卡已注销"))
    log = await desk.read(one)
    assert (log.payment.state, log.payment.reason, log.payment.is_stuck) == (S.CREDITED, "卡已注销", False)
    assert await desk.prepaid() == (5_000, 0)
    await desk.assert_exact()


async def test_a_refund_that_may_have_been_made_is_not_given_up(desk: Desk) -> None:
    order_id = await place(desk)
    one = await desk.start(5_000, order_id=order_id)
    await desk.go()
    await Life(desk.trade, order_id).cancel(desk.trade.buyers[0])
    desk.sandbox.mishaps.plan("refund", ["after"] * 2_000)
    await desk.pay(one)
    await desk.go(seconds=25 * 3_600, every=900)
    assert (await desk.read(one)).payment.is_stuck
    assert desk.till.received_minor() == 0, "the provider did it, and its answer got lost each time"
    scope = desk.trade.scope(desk.trade.seller)
    with pytest.raises(RefundUnknown):
        await desk.trade.run(lambda tx: give_up(tx, scope=scope, payment_id=one, reason="x"))
    desk.sandbox.mishaps.plan("refund", [])
    await desk.trade.run(lambda tx: retry(tx, scope=scope, payment_id=one))
    await desk.go()
    assert await desk.state(one) is S.REFUNDED
    await desk.assert_exact()


async def test_a_provider_that_is_away_for_days_is_a_persons_matter_and_its_money_counts_later(desk: Desk) -> None:
    one = await desk.start()
    await desk.go()
    for what in ("query", "close"):
        desk.sandbox.mishaps.plan(what, ["before"] * 2_000)
    await desk.go(seconds=26 * 3_600, every=600)
    assert (await desk.read(one)).payment.is_stuck
    scope = desk.trade.scope(desk.trade.seller)
    await desk.trade.run(lambda tx: give_up(tx, scope=scope, payment_id=one, reason="服务商停业"))
    assert await desk.state(one) is S.GIVEN_UP
    for what in ("query", "close"):
        desk.sandbox.mishaps.plan(what, [])
    await desk.pay(one)
    await desk.go()
    assert await desk.state(one) is S.PAID
    await desk.assert_exact()


async def test_checks_find_money_booked_twice_and_steps_forgotten(desk: Desk) -> None:
    one = await desk.start()
    await desk.go()

    async def broken(tx: object) -> set[str]:
        return {finding.check.name for finding in await run_checks(tx, CHECKS) if finding.violation_count}  # type: ignore[arg-type]

    async with desk.trade.database.begin() as tx:
        assert await broken(tx) == set()
        await tx.connection.execute("update payment.step set state = 'done'")
        assert await broken(tx) == {"payment.always-a-step"}
        await tx.connection.execute("update payment.online_payment set state = 'paid', paid_at = made_at")
        assert await broken(tx) == {"payment.received-once"}
        await tx.connection.execute("update payment.online_payment set state = 'refunding'")
        assert {"payment.held-until-refunded"} <= await broken(tx)
    scope = desk.trade.scope(desk.trade.seller)
    with pytest.raises(Refusal):
        await desk.trade.run(lambda tx: give_up(tx, scope=scope, payment_id=one, reason="x"))
