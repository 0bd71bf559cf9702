"""Money is counted once and always has somewhere to go: to its order, or back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import PaymentRefused
from domain.ids import AttemptId, UserId
from domain.money import Money
from domain.order import OrderState, Way
from domain.services.settlement import Charge, Fate
from tests.databases import Store
from tests.domain.trade import TOM, Trade, eur


@pytest.fixture
def trade(store: Store) -> Trade:
    return Trade.over(store)


async def test_a_charge_pays_its_order_and_counts_once_however_often_it_is_reported(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(3)
    order, attempt = await trade.to_pay(ann, (book, 2))
    assert await trade.told() == {}
    fates = [(await trade.charged(attempt)).fate for _ in range(3)]
    assert fates == [Fate.PAID, Fate.COUNTED_BEFORE, Fate.COUNTED_BEFORE]
    assert (await trade.order(order.id)).state is OrderState.PAID
    assert (await trade.balance(order)).paid == eur(2000)
    assert await trade.told() == {"staff-card": 1, "order-paid": 1}
    await trade.stock_adds_up(book)


async def test_a_second_charge_of_a_paid_order_is_due_back(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(3)
    order, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt, "c1")
    assert (await trade.charged(attempt, "c2")).fate is Fate.DUE_TWICE
    balance = await trade.balance(order)
    assert (balance.paid, balance.owed) == (eur(2000), eur(1000))
    assert (await trade.told())["staff-refund-due"] == 1


async def test_late_money_takes_the_stock_again_if_it_is_there(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    trade.clock.pass_time(timedelta(minutes=16))
    assert await trade.expiry.run(trade.uow) == 1
    await trade.stock_adds_up(book)
    assert (await trade.charged(attempt)).fate is Fate.PAID_LATE
    assert (await trade.order(order.id)).state is OrderState.PAID
    await trade.stock_adds_up(book)
    assert await trade.told() == {"order-expired": 1, "order-paid": 1, "staff-card": 1}


async def test_late_money_goes_back_if_the_stock_is_gone_and_everybody_is_told(trade: Trade) -> None:
    ann, bob, book = await trade.customer("Ann"), await trade.customer("Bob"), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    trade.clock.pass_time(timedelta(minutes=16))
    await trade.expiry.run(trade.uow)
    await trade.reserved(bob, (book, 1))
    await trade.told()
    assert (await trade.charged(attempt)).fate is Fate.DUE_LATE
    assert (await trade.order(order.id)).state is OrderState.EXPIRED
    assert (await trade.balance(order)).owed == eur(1000)
    told = await trade.told()
    assert (told["refund-due"], told["staff-refund-due"]) == (1, 1)
    await trade.stock_adds_up(book)


async def test_money_for_a_cancelled_order_is_due_back(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    assert ann.customer_id is not None
    async with trade.turn() as work:
        await trade.cancel(work, ann.customer_id, order.id)
    assert (await trade.charged(attempt)).fate is Fate.DUE_CANCELLED
    assert (await trade.balance(order)).owed == eur(1000)


async def test_money_for_a_reserved_or_ready_order_pays_it(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(5)
    assert ann.customer_id is not None
    for make_ready in (False, True):
        order, attempt = await trade.to_pay(ann, (book, 1))
        async with trade.turn() as work:
            await trade.orders.reserve_instead(work, ann.customer_id, order.id)
            if make_ready:
                await trade.desk.ready(work, order.id, TOM, trade.clock.now())
        assert (await trade.charged(attempt, f"c{order.id}")).fate is Fate.PAID
        found = await trade.order(order.id)
        assert found.state is (OrderState.READY if make_ready else OrderState.PAID)
        assert (found.way, found.hold_until) == (Way.ONLINE, None)
    await trade.stock_adds_up(book)


@pytest.mark.parametrize(("amount", "fate"), [(eur(1), Fate.DUE_AMOUNT), (Money(1000, "USD"), Fate.IN_DOUBT)])
async def test_another_amount_or_currency_does_not_pay_the_order(
    trade: Trade, amount: Money, fate: Fate
) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    assert (await trade.charged(attempt, amount=amount)).fate is fate
    assert (await trade.order(order.id)).state is OrderState.AWAITING_PAYMENT
    assert await trade.told()


async def test_money_from_somebody_else_is_due_back(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    assert (await trade.charged(attempt, rightful=False)).fate is Fate.DUE_PAYER
    assert (await trade.balance(order)).owed == eur(1000)


async def test_money_for_no_order_is_reported_to_the_staff_once(trade: Trade) -> None:
    for _ in range(2):
        async with trade.turn() as work:
            settled = await trade.settlement.charged(
                work, AttemptId("none of ours"), Charge("telegram", "c9", eur(1000)), tell=True
            )
        assert settled.fate is Fate.UNPLACED
    assert await trade.told() == {"staff-payment-unplaced": 1}


# --- approving ----------------------------------------------------------------------------------------------------------


async def test_an_approval_extends_the_hold_and_the_same_query_is_answered_alike(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    _, attempt = await trade.to_pay(ann, (book, 1))
    trade.clock.pass_time(timedelta(minutes=14, seconds=59))
    order = await trade.approve(attempt, "q1")
    assert order.hold_until == trade.clock.now() + timedelta(minutes=5)
    assert (await trade.approve(attempt, "q1")).id == order.id
    trade.clock.pass_time(timedelta(seconds=20))
    assert await trade.expiry.run(trade.uow) == 0


async def test_one_approval_at_a_time_and_the_same_invoice_again_after_a_while(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    _, attempt = await trade.to_pay(ann, (book, 1))
    await trade.approve(attempt, "q1")
    with pytest.raises(PaymentRefused) as busy:
        await trade.approve(attempt, "q2")
    assert busy.value.why == "busy"
    trade.clock.pass_time(timedelta(seconds=11))
    await trade.approve(attempt, "q2")


async def test_an_approval_checks_payer_amount_and_what_became_of_the_order(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(9)
    assert ann.customer_id is not None
    _, attempt = await trade.to_pay(ann, (book, 1))
    async with trade.uow.writing() as work:
        with pytest.raises(PaymentRefused) as refused:
            await trade.payments.approve(
                work, attempt.id, query_id="q", payer=UserId(2), shown_to=UserId(1), amount=attempt.amount
            )
    assert refused.value.why == "payer"
    whys = {}
    with pytest.raises(PaymentRefused) as refused:
        await trade.approve(attempt, amount=eur(999))
    whys["amount"] = refused.value.why
    for state in ("cancelled", "counter", "paid", "expired"):
        order, attempt = await trade.to_pay(ann, (book, 1))
        async with trade.turn() as work:
            if state == "cancelled":
                await trade.cancel(work, ann.customer_id, order.id)
            elif state == "counter":
                await trade.orders.reserve_instead(work, ann.customer_id, order.id)
        if state == "paid":
            await trade.charged(attempt, f"c{order.id}")
        if state == "expired":
            trade.clock.pass_time(timedelta(hours=1))
            await trade.expiry.run(trade.uow)
        with pytest.raises(PaymentRefused) as refused:
            await trade.approve(attempt)
        whys[state] = refused.value.why
    assert whys == {name: name for name in ("amount", "cancelled", "counter", "paid", "expired")}


async def test_a_customer_cannot_cancel_while_the_bank_is_asked(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    assert ann.customer_id is not None
    await trade.approve(attempt)
    async with trade.uow.writing() as work:
        with pytest.raises(PaymentRefused):
            await trade.cancel(work, ann.customer_id, order.id)
    trade.clock.pass_time(timedelta(seconds=31))
    async with trade.turn() as work:
        _, changed = await trade.cancel(work, ann.customer_id, order.id)
    assert changed
